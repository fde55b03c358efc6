"""Bodies and answers of carts, quick orders and templates."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from karavan.kit.money import MoneyBody
from karavan.kit.schemas import Body, Text, Title, View
from karavan.kit.versions import VersionedBody
from karavan.modules.media.public import PictureView
from karavan.modules.orders.schemas.orders import (
    LINES_MAX,
    Amount,
    Exact,
    OrderLineBody,
    OrderParty,
)

TEXT_MAX = 60_000


class CartItemBody(OrderLineBody):
    """A product to be put into the cart of its supplier; what is there already is added to."""


class CartQuantityBody(Body):
    """How much of a product is wanted."""

    quantity: Amount


class CartBulkBody(Body):
    """Many products at once, of one supplier or of several."""

    items: list[OrderLineBody] = Field(min_length=1, max_length=LINES_MAX)
    mode: Literal["add", "set"] = Field(
        "add", description="Whether quantities are added to what is in the cart, or replace it."
    )


class CartParseBody(Body):
    """Lines as people copy them: a code, then a quantity."""

    supplier_organisation_id: UUID
    text: Text = Field(min_length=1, max_length=TEXT_MAX)


class CartPriceTier(View):
    """What one costs from a quantity on, without tax."""

    from_quantity: Exact
    price: MoneyBody


class CartWarning(View):
    """What stands against ordering a line as it is, or what has changed. `blocking` forbids the order."""

    code: str = Field(
        description="`unavailable`, `choose_variant`, `minimum`, `pack_size`, `short`, `currency` or `price_changed`."
    )
    blocking: bool
    facts: dict[str, Any]


class CartProduct(View):
    """A product as this buyer gets it."""

    id: UUID
    sku: str
    name: str
    names: dict[str, str]
    options: dict[str, str]
    has_variants: bool
    unit: str
    pack_size: Exact
    minimum_order: Exact
    available: Exact
    tax_rate: Exact
    list_price: MoneyBody
    tiers: list[CartPriceTier]
    image: PictureView | None


class CartLine(View):
    """A line of a cart; without a product when the supplier does not sell it any more."""

    product_id: UUID
    sku: str
    name: str
    quantity: Exact
    product: CartProduct | None
    unit_price: MoneyBody | None
    net: MoneyBody | None
    added_by_name: str
    warnings: list[CartWarning]


class LostLine(View):
    """A line that went when the trading link did."""

    product_id: UUID
    sku: str
    name: str
    quantity: Exact
    code: str


class CartTotals(View):
    """What the lines that can be ordered come to."""

    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    discount: MoneyBody


class CartView(View):
    """The cart of one supplier, with prices and stock of this moment."""

    id: UUID
    supplier: OrderParty
    linked: bool = Field(description="Without an accepted link nothing can be ordered.")
    lines: list[CartLine]
    lost: list[LostLine] = Field(description="Shown until they are put away.")
    totals: CartTotals | None
    minimum_order: MoneyBody | None
    missing_to_minimum: MoneyBody | None = Field(description="What the order still lacks.")
    credit_available: MoneyBody | None = Field(description="Null where no limit was agreed.")
    overdue_invoices: int
    orderable: bool = Field(description="Placing an order of it would succeed at this moment.")
    updated_at: datetime


class CartsView(View):
    """The organisation's carts, one per supplier."""

    carts: list[CartView]


class ParsedLine(View):
    """A line of a quick order and what was made of it."""

    position: int = Field(description="From 1; of a table, its row.")
    text: str
    code: str
    quantity: Exact | None
    state: Literal["matched", "ambiguous", "missing"]
    product: CartProduct | None
    candidates: list[CartProduct] = Field(description="Which it may be, or what may be meant.")
    warnings: list[CartWarning]


class ParsedOrder(View):
    """A quick order, to be mended in place and put into the cart."""

    lines: list[ParsedLine]
    matched: int
    ambiguous: int
    missing: int
    cut_off: bool = Field(description="There were more lines than one order takes.")


class SkippedLine(View):
    """A line that could not be put into the cart, and why."""

    product_id: UUID
    sku: str
    name: str
    quantity: Exact
    code: str


class FilledCart(View):
    """A cart after lines were put into it."""

    cart: CartView | None
    skipped: list[SkippedLine]


class OrderTemplateBody(Body):
    """A template from lines, or from an order that was placed."""

    name: Title
    supplier_organisation_id: UUID | None = None
    lines: list[OrderLineBody] | None = Field(None, min_length=1, max_length=LINES_MAX)
    order_id: UUID | None = Field(None, description="In place of lines.")


class OrderTemplatePatch(VersionedBody):
    """What is changed of a template; what is left out stays."""

    name: Title | None = None
    lines: list[OrderLineBody] | None = Field(None, min_length=1, max_length=LINES_MAX)


class OrderTemplateLine(View):
    """A line that is ordered again and again."""

    product_id: UUID
    sku: str
    name: str
    names: dict[str, str] = Field(default_factory=dict, description="By language.")
    quantity: Exact


class OrderTemplateView(View):
    """A template."""

    id: UUID
    name: str
    supplier: OrderParty
    lines: list[OrderTemplateLine]
    created_by_name: str
    version: int
    created_at: datetime
    updated_at: datetime
