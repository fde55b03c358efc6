"""Bodies and answers of orders."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema

from karavan.kit.lifecycle import Action, TransitionBody
from karavan.kit.money import MoneyBody, Price
from karavan.kit.schemas import Body, Line, Text, View
from karavan.kit.versions import VersionedBody
from karavan.modules.media.public import PictureView
from karavan.modules.orders.states import OrderKind, OrderState, OrderStatusWord

LINES_MAX = 500

Amount = Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=3)]
"""A quantity to be ordered, in the product's unit."""

Part = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=3)]
"""A part of a quantity that was ordered; nought is a part too."""


Exact = Annotated[Decimal, WithJsonSchema({"type": "string", "examples": ["12.5"]})]
"""A number in an answer: exact, as text."""


def _believable(value: date) -> date:
    if not 2000 <= value.year <= 2200:
        raise ValueError("must be a year between 2000 and 2200")
    return value


Day = Annotated[date, AfterValidator(_believable)]


class OrderLineBody(Body):
    """A product and how much of it."""

    product_id: UUID
    quantity: Amount


class PlaceOrderBody(Body):
    """What is ordered of a supplier. Prices and totals are the server's."""

    supplier_organisation_id: UUID
    lines: list[OrderLineBody] | None = Field(
        None, min_length=1, max_length=LINES_MAX, description="Without them, what is in the cart."
    )
    buyer_reference: Line = Field("", description="Your own number, quoted on the invoice.")
    note: Text = Field("", max_length=2000)
    delivery_address: Text = Field("", max_length=500)
    wanted_on: Day | None = None
    expected_total: Price | None = Field(
        None, description="With tax, as you have seen it: another one is refused."
    )


class LineQuantity(Body):
    """How much of a line."""

    line_id: UUID
    quantity: Part


class ConfirmBody(TransitionBody):
    """Lines to be confirmed with smaller quantities; the others are confirmed whole."""

    lines: list[LineQuantity] | None = Field(None, max_length=LINES_MAX)


class ShipBody(TransitionBody):
    """What leaves; without lines all that is left."""

    lines: list[LineQuantity] | None = Field(None, max_length=LINES_MAX)
    carrier: Line = ""
    tracking_number: Line = ""
    note: Text = Field("", max_length=2000)
    cancel_rest: bool = Field(False, description="What does not leave now never will.")


class StatusBody(VersionedBody):
    """The state that an order shall reach, in either wording, and what the transition to it takes."""

    status: OrderStatusWord
    reason: Text | None = Field(None, max_length=2000)
    lines: list[LineQuantity] | None = Field(None, max_length=LINES_MAX)
    carrier: Line = ""
    tracking_number: Line = ""
    note: Text = Field("", max_length=2000)


class InvoiceOrderBody(VersionedBody):
    """How an order is invoiced."""

    due_date: Day | None = Field(None, description="By default after the days of the terms.")
    notes: Text = Field("", max_length=2000)


class OrderParty(View):
    """A side of an order."""

    id: UUID
    name: str


class OrderListItem(View):
    """An order in a list."""

    id: UUID
    number: str
    kind: OrderKind
    state: OrderState
    status: OrderStatusWord = Field(description="The state in the words of wholesale.")
    side: Literal["buyer", "seller"]
    seller: OrderParty
    buyer: OrderParty
    total: MoneyBody
    lines_count: int
    excerpt: str = Field(description="Names of the first products.")
    buyer_reference: str
    placed_by_name: str | None
    wanted_on: date | None
    due_at: datetime | None = Field(description="When the clock acts by itself.")
    cancel_asked_at: datetime | None
    invoice_number: str | None
    paid_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class OrderLineView(View):
    """A line of an order. Prices and names are of the moment at which it was ordered."""

    id: UUID
    position: int
    product_id: UUID
    parent_id: UUID | None
    sku: str
    name: str
    names: dict[str, str]
    options: dict[str, str]
    image: PictureView | None = Field(description="As it is now, while the reader may see it.")
    unit: str
    quantity: Exact
    confirmed_quantity: Exact
    shipped_quantity: Exact
    unit_price: MoneyBody
    list_price: MoneyBody
    price_source: dict[str, Any]
    tax_rate: Exact
    net: MoneyBody


class ShipmentLine(View):
    """How much of a line left with a shipment."""

    line_id: UUID
    quantity: Exact


class ShipmentView(View):
    """Goods that left together."""

    id: UUID
    position: int
    carrier: str
    tracking_number: str
    note: str
    lines: list[ShipmentLine]
    created_at: datetime


class OrderMoveView(View):
    """What has happened. The person is told to colleagues alone."""

    name: str
    state: OrderState
    side: str
    actor_name: str | None
    reason: str | None
    facts: dict[str, Any]
    created_at: datetime


class OrderInvoice(View):
    """The order's invoice as it stands."""

    id: UUID
    number: str | None
    state: str
    due: MoneyBody
    due_date: date | None
    overdue: bool


class OrderThread(View):
    """The conversation about an order."""

    id: UUID
    unread: int


class OrderView(OrderListItem):
    """An order with all that belongs to it."""

    net: MoneyBody
    tax: MoneyBody
    discount: MoneyBody
    note: str
    delivery_address: str
    link_id: UUID | None
    terms_number: int | None
    payment_days: int | None
    representative_name: str | None
    standing_order_id: UUID | None = Field(description="For the buyer alone.")
    confirmed_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    ended_at: datetime | None
    lines: list[OrderLineView]
    shipments: list[ShipmentView]
    moves: list[OrderMoveView]
    invoice: OrderInvoice | None
    thread: OrderThread | None
    may_invoice: bool
    may_reorder: bool
    actions: list[Action]


class StateCount(View):
    """How many orders stand in a state."""

    value: OrderState
    count: int


class OrderFacets(View):
    """How the orders that match are spread over the states."""

    total: int
    states: list[StateCount]


class CreditView(View):
    """Credit between a buyer and a supplier, in the limit's currency; without a limit the amounts are by currency alone."""

    link_id: UUID
    limit: MoneyBody | None = Field(description="Null where no limit was agreed.")
    reserved: list[MoneyBody] = Field(description="By orders that are not invoiced yet.")
    used: list[MoneyBody] = Field(description="By invoices that are not paid yet.")
    available: MoneyBody | None
    payment_days: int | None
    blocked: bool = Field(description="New orders are refused while invoices are overdue.")
    invoices: list[OrderInvoice]
