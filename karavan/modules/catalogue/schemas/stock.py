"""Bodies of stock, and what is answered about it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karavan.kit.schemas import Body, Line, Title, View
from karavan.kit.versions import VersionedBody
from karavan.modules.catalogue.states import MovementKind

StockAmount = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=3)]


class LocationBody(Body):
    """A place where goods are kept."""

    name: Title
    address: Line = ""
    position: Annotated[int, Field(ge=0, le=10_000)] = Field(
        0, description="Orders are served from the lowest first."
    )


class LocationPatch(VersionedBody):
    """Changes of a place: what is left out stays."""

    name: Title = ""
    address: Line = ""
    position: Annotated[int, Field(ge=0, le=10_000)] = 0


class LocationView(View):
    """A place where goods are kept."""

    id: UUID
    name: str
    address: str
    position: int
    version: int


class StockChange(VersionedBody):
    """Goods that have arrived, or what was counted."""

    kind: Literal["receive", "adjust"]
    quantity: StockAmount = Field(
        description="What arrived; or, to adjust, what is on hand altogether."
    )
    location_id: UUID | None = Field(
        None, description="By default the first place; it is made if there is none."
    )
    reason: Line = Field("", description="Needed to adjust.")


class LevelView(View):
    """How much lies in a place."""

    location: LocationView
    on_hand: Decimal
    allocated: Decimal
    available: Decimal
    version: int
    updated_at: datetime


class StockView(View):
    """The stock of a product over all its places."""

    product_id: UUID
    unit: str
    on_hand: Decimal
    allocated: Decimal
    available: Decimal
    levels: list[LevelView]


class MovementView(View):
    """One change of a level, with what the level said afterwards."""

    sequence: int
    kind: MovementKind
    quantity: Decimal = Field(description="Added to what is on hand, or to what is allocated.")
    on_hand: Decimal
    allocated: Decimal
    location_name: str
    reason: str
    order_id: UUID | None
    actor_name: str
    created_at: datetime
