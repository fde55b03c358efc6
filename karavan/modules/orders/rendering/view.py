"""What the papers of an order say, as frozen data: the only input of their PDF."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.parties import Party


class PaperLine(Struct, frozen=True):
    """A line of an order; `unit_code` is of UN/ECE Rec 20, `unit_price_amount` in minor units without tax."""

    id: UUID
    sku: str
    name: str
    options: str
    unit_code: str
    ordered: Decimal
    quantity: Decimal
    unit_price_amount: int
    tax_rate: Decimal


class PaperShipment(Struct, frozen=True):
    """What left together, by line."""

    position: int
    carrier: str
    tracking_number: str
    shipped_on: date
    quantities: Mapping[UUID, Decimal]


class PaperOrder(Struct, frozen=True):
    """An order as its papers tell it. `created_at` becomes the creation date inside the PDF."""

    number: str
    placed_on: date
    created_at: datetime
    language: Language
    seller: Party
    buyer: Party
    currency: str
    lines: tuple[PaperLine, ...]
    delivery_address: str = ""
    wanted_on: date | None = None
    buyer_reference: str = ""
    payment_days: int | None = None
    note: str = ""
