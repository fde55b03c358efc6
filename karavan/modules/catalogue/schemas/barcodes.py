"""Bodies and answers of barcodes and labels."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karavan.kit.money import MoneyBody
from karavan.kit.schemas import Body, View
from karavan.modules.catalogue.barcodes.sheets import SheetName
from karavan.modules.catalogue.schemas.products import Party
from karavan.modules.catalogue.states import ProductState
from karavan.modules.media.public import PictureView

ITEMS_MAX = 500
LABELS_MAX = 2000


class CodeKind(StrEnum):
    """Which symbol is drawn: `auto` takes that of the EAN or UPC, else a Code 128, else a QR code."""

    AUTO = "auto"
    EAN = "ean"
    CODE_128 = "code128"
    QR = "qr"


class Relation(StrEnum):
    """Why the caller sees a product."""

    OWN = "own"
    LINKED = "linked"
    PUBLIC = "public"


class BarcodeView(View):
    """The codes of a product."""

    product_id: UUID
    barcode: str | None = Field(description="GTIN of 14 digits.")
    barcode_text: str | None
    version: int


class BarcodeMatch(View):
    """A product that a code stands for."""

    id: UUID
    relation: Relation
    organisation: Party
    parent_id: UUID | None
    sku: str
    name: str
    names: dict[str, str]
    options: dict[str, str]
    state: ProductState
    barcode: str | None
    barcode_text: str | None
    price: MoneyBody
    unit: str
    pack_size: Decimal
    minimum_order: Decimal
    available: Decimal
    image: PictureView | None


class BarcodeMatches(View):
    """What a code stands for: own products first, then those of linked suppliers, then everybody's."""

    code: str
    gtin: str | None = Field(description="Its 14 digits, when it is an EAN, UPC or GTIN.")
    items: list[BarcodeMatch]


class LabelItem(Body):
    """Labels of one product."""

    product_id: UUID
    copies: int = Field(1, ge=1, le=LABELS_MAX)


class LabelsBody(Body):
    """Which labels to print, and on what."""

    items: Annotated[list[LabelItem], Field(min_length=1, max_length=ITEMS_MAX)]
    sheet: SheetName = SheetName.A4_3X8
    start_position: int = Field(
        1, ge=1, le=65, description="Place of the first label on a sheet that was begun, from 1."
    )
    kind: CodeKind = CodeKind.AUTO
    price: Literal["none", "net", "gross"] = Field("gross", description="Gross includes the tax.")
    show_name: bool = True
    show_sku: bool = True
