"""Bodies of price lists, and what is answered about prices."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from karavan.kit.money import Currency, MoneyBody, Price
from karavan.kit.schemas import Body, Moment, Title, View
from karavan.kit.versions import VersionedBody

ROWS_MAX = 1000
MEMBERS_MAX = 1000

FromQuantity = Annotated[Decimal, Field(ge=1, max_digits=15, decimal_places=3)]
Priority = Annotated[int, Field(ge=-1000, le=1000)]
AssignmentKind = Literal["link", "organisation", "group", "everybody"]


class PriceListBody(Body):
    """A new price list."""

    name: Title
    currency: Currency = Field(description="Of all its prices; it stays.")
    priority: Priority = Field(
        0, description="Of several lists of a buyer the one with the highest goes first."
    )
    active: bool = True
    merges: bool = Field(
        True,
        description="Whether lists of lower priority add their quantity steps to a product that this list has.",
    )
    valid_from: Moment | None = None
    valid_to: Moment | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_from >= self.valid_to:
            raise ValueError("The list must end after it begins.")
        return self


class PriceListPatch(VersionedBody):
    """Changes of a price list: what is left out stays."""

    name: Title = ""
    priority: Priority = 0
    active: bool = True
    merges: bool = True
    valid_from: Moment | None = None
    valid_to: Moment | None = None


class AssignmentBody(Body):
    """Whom a list is for."""

    kind: AssignmentKind
    target_id: UUID | None = Field(
        None,
        description="A trading link, an organisation that you are linked with, or a group; nothing for everybody.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind == "everybody") != (self.target_id is None):
            raise ValueError("Name the target, unless the list is for everybody.")
        return self


class AssignmentView(View):
    """Whom a list is for. `terms` are those of a trading link, and are changed there."""

    id: UUID
    kind: Literal["link", "organisation", "group", "everybody", "terms"]
    target_id: UUID | None
    target_name: str


class PriceListView(View):
    """A price list."""

    id: UUID
    name: str
    currency: str
    priority: int
    active: bool
    merges: bool
    valid_from: datetime | None
    valid_to: datetime | None
    holds: bool = Field(description="Switched on, and now is within its time.")
    products_count: int
    assignments: list[AssignmentView]
    version: int
    created_at: datetime
    updated_at: datetime


class PriceInput(Body):
    """One cell of the grid."""

    product_id: UUID
    from_quantity: FromQuantity = Decimal(1)
    price: Price | None = Field(
        description="In the list's currency, more than nought; null takes the step away."
    )


class PricesBody(VersionedBody):
    """Cells that change, all of them or none."""

    prices: Annotated[list[PriceInput], Field(min_length=1, max_length=ROWS_MAX)]


class StepView(View):
    """What one piece costs from a quantity on."""

    from_quantity: Decimal
    price: MoneyBody


class PriceRow(View):
    """A row of the grid: a product with its steps in the list."""

    product_id: UUID
    sku: str
    name: str
    names: dict[str, str]
    options: dict[str, str]
    unit: str
    own_price: MoneyBody
    steps: list[StepView]


class AdjustBody(VersionedBody):
    """One change of many prices of a list."""

    action: Literal["change", "copy", "set", "remove"] = Field(
        description="`change` what is in the list; `copy` from another list, or the products' own prices where they have one, replacing what"
        " the list says of those products; `set` one price; `remove` products from the list."
    )
    from_list_id: UUID | None = Field(
        None, description="Of `copy`; nothing takes the products' own prices."
    )
    percent: Annotated[Decimal, Field(gt=-100, le=1000, decimal_places=2)] = Field(
        Decimal(0), description="Of `change` and `copy`: `-5` is five per cent cheaper."
    )
    amount: Annotated[int, Field(ge=-(10**12), le=10**12)] = Field(
        0, description="Minor units that `change` and `copy` add afterwards; the price of `set`."
    )
    round_to: Annotated[int, Field(ge=1, le=10**9)] = Field(
        1, description="Minor units: `100` rounds to whole tenge."
    )
    from_quantity: FromQuantity = Field(Decimal(1), description="Of `set`.")
    product_ids: Annotated[list[UUID], Field(max_length=ROWS_MAX)] | None = Field(
        None, description="Only these; nothing means all. `set` needs them."
    )
    category_id: UUID | None = Field(None, description="Only this category, with all below it.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.action == "set" and (not self.product_ids or self.amount <= 0):
            raise ValueError("To set a price, name the products and a price above nought.")
        return self


class AdjustResult(View):
    """What became of the list."""

    changed: int = Field(description="Steps that were written or taken away.")
    price_list: PriceListView


class GroupBody(Body):
    """A new group of buyers."""

    name: Title
    member_ids: Annotated[list[UUID], Field(max_length=MEMBERS_MAX)] = Field(
        default_factory=list, description="Organisations with an accepted trading link."
    )


class GroupPatch(VersionedBody):
    """Changes of a group: what is left out stays."""

    name: Title = ""
    member_ids: Annotated[list[UUID], Field(max_length=MEMBERS_MAX)] = Field(default_factory=list)


class GroupMember(View):
    """A buyer in a group."""

    organisation_id: UUID
    name: str


class GroupView(View):
    """A group of buyers."""

    id: UUID
    name: str
    members: list[GroupMember]
    lists_count: int
    version: int


class PriceTier(View):
    """What one piece costs from a quantity on, and by which list."""

    from_quantity: Decimal
    price: MoneyBody
    list_id: UUID | None = Field(description="Nothing: the product's own price.")


class PriceReason(View):
    """What a list says of the price, and why that counts or does not."""

    list_id: UUID | None = Field(description="Nothing: the product's own price.")
    list_name: str | None
    priority: int | None
    from_quantity: Decimal | None = Field(
        description="The step that comes nearest to the quantity."
    )
    price: MoneyBody | None
    outcome: Literal[
        "won",
        "outranked",
        "smaller_quantity",
        "more_pieces",
        "stands_alone",
        "other_currency",
        "dearer",
        "no_price",
        "not_assigned",
        "inactive",
        "not_yet_valid",
        "expired",
    ]


class PriceView(View):
    """What a buyer pays for a product, and why."""

    product_id: UUID
    buyer_organisation_id: UUID | None
    quantity: Decimal
    unit: str
    price: MoneyBody = Field(description="Of one unit at this quantity.")
    own_price: MoneyBody = Field(description="The product's own, without any list.")
    tiers: list[PriceTier]
    explanation: list[PriceReason] = Field(
        description="In the order in which lists go. A buyer reads of their own lists alone."
    )
