"""Bodies of products, and what is answered about them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from karavan.kit.lifecycle import Action
from karavan.kit.money import MoneyBody, Price
from karavan.kit.schemas import Body, CountryCode, Line, Percent, Text, Title, UnitCode, View
from karavan.kit.versions import VersionedBody
from karavan.modules.catalogue.barcodes import gtin
from karavan.modules.catalogue.schemas.categories import Names
from karavan.modules.catalogue.states import ChangeRequestState, ProductState, ProductVisibility
from karavan.modules.media.public import PictureView

IMAGES_MAX = 20
VARIANTS_MAX = 200
SKU_MAX = 64
AXES_MAX = 3
LANGUAGES = ("en", "ru", "kk")
"""Of names, in the order in which the first is looked for."""


def _gtin(text: str) -> str:
    try:
        return gtin.normalise(text)
    except gtin.CodeError as error:
        raise ValueError(error.detail) from error


def _option(text: str) -> str:
    if "=" in text:
        raise ValueError("must not contain an equals sign")
    return text


# Tables keep one space between words: an SKU with two would not be found again in one.
_OneSpace = AfterValidator(lambda text: " ".join(text.split()))
Sku = Annotated[Title, StringConstraints(max_length=SKU_MAX), _OneSpace]
StockQuantity = Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=3)]
Millimetres = Annotated[int, Field(ge=1, le=100_000)]
Grams = Annotated[int, Field(ge=1, le=1_000_000_000)]
Gtin = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_gtin),
    Field(description="EAN-8, EAN-13, UPC-A or GTIN-14; kept as 14 digits."),
]
BarcodeText = Annotated[Title, StringConstraints(max_length=80, pattern=r"^[ -~]+$")]
OptionName = Annotated[Title, StringConstraints(max_length=40), AfterValidator(_option)]
Reason = Annotated[Line, Field(description="Why; it stays with the change.")]


class NamesInput(Body):
    """A name by language: at least one, as buyers read what they find."""

    en: Title | None = None
    ru: Title | None = None
    kk: Title | None = None

    @model_validator(mode="after")
    def _one_at_least(self) -> Self:
        if not self.by_language():
            raise ValueError("Give the name in at least one language.")
        return self

    def by_language(self) -> dict[str, str]:
        """Those that are given."""
        return {code: text for code in LANGUAGES if (text := getattr(self, code))}


class DescriptionsInput(Body):
    """A description by language; any may be missing."""

    en: Text | None = None
    ru: Text | None = None
    kk: Text | None = None

    def by_language(self) -> dict[str, str]:
        """Those that are given."""
        return {code: text for code in LANGUAGES if (text := getattr(self, code))}


class ImageInput(Body):
    """A picture of the product, from POST /media with the purpose `image`."""

    id: UUID
    alt: Line = Field("", description="What it shows, for those who cannot see it.")


Images = Annotated[list[ImageInput], Field(max_length=IMAGES_MAX)]
Attributes = Annotated[
    dict[Annotated[str, StringConstraints(max_length=60)], Any],
    Field(max_length=200, description="Values by the codes of the category's attributes."),
]


class ProductContent(Body):
    """What a product says of itself."""

    names: NamesInput
    descriptions: DescriptionsInput = Field(default_factory=DescriptionsInput)
    category_id: UUID | None = Field(None, description="Needed before it is proposed.")
    attributes: Attributes = Field(default_factory=dict)
    tax_rate: Percent = Field(Decimal(0), description="VAT in per cent.")
    unit: UnitCode = Field("H87", description="UN/ECE Recommendation 20 code: `H87` is a piece.")
    pack_size: StockQuantity = Field(Decimal(1), description="Orders are for multiples of this.")
    minimum_order: StockQuantity = Decimal(1)
    weight_grams: Grams | None = None
    length_mm: Millimetres | None = None
    width_mm: Millimetres | None = None
    height_mm: Millimetres | None = None
    country: CountryCode | None = Field(None, description="Of origin, ISO 3166-1.")
    visibility: ProductVisibility = ProductVisibility.BOTH


class ProductBody(ProductContent):
    """A new product, or all of one."""

    sku: Sku
    price: Price = Field(description="Per unit, without tax.")
    barcode: Gtin | None = None
    barcode_text: BarcodeText | None = Field(None, description="A code of your own, in Code 128.")
    active: bool = True
    images: Images = Field(default_factory=list)


class ProductPut(ProductBody):
    """All of a product: what is left out falls back to its default."""

    version: int | None = Field(None, ge=1, le=2**53)
    price_reason: Reason = ""


class ProductPatch(VersionedBody):
    """Changes of a product: what is left out stays."""

    sku: Sku = ""
    names: NamesInput | None = None
    descriptions: DescriptionsInput | None = None
    category_id: UUID | None = None
    attributes: Attributes = Field(default_factory=dict)
    price: Price | None = None
    price_reason: Reason = ""
    tax_rate: Percent = Decimal(0)
    unit: UnitCode = "H87"
    pack_size: StockQuantity = Decimal(1)
    minimum_order: StockQuantity = Decimal(1)
    weight_grams: Grams | None = None
    length_mm: Millimetres | None = None
    width_mm: Millimetres | None = None
    height_mm: Millimetres | None = None
    barcode: Gtin | None = None
    barcode_text: BarcodeText | None = None
    country: CountryCode | None = None
    visibility: ProductVisibility = ProductVisibility.BOTH
    active: bool = True
    images: Images = Field(default_factory=list)
    picture_id: UUID | None = Field(
        None, description="Of a variant: which of its family's pictures shows it."
    )


class ImagesBody(VersionedBody):
    """All pictures of a product, in order; the first is its face."""

    images: Images


class Axis(Body):
    """What variants differ in, such as `size` with `S`, `M`, `L`."""

    name: OptionName
    values: Annotated[list[OptionName], Field(min_length=1, max_length=50)]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len({value.casefold() for value in self.values}) != len(self.values):
            raise ValueError("Each value of an option stands once.")
        return self


class VariantMatrix(VersionedBody):
    """Options to make variants of: one for each combination that does not exist yet."""

    axes: Annotated[list[Axis], Field(min_length=1, max_length=AXES_MAX)]
    sku_prefix: Sku | None = Field(None, description="By default the SKU of the product.")
    price: Price | None = Field(None, description="By default the price of the product.")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len({axis.name.casefold() for axis in self.axes}) != len(self.axes):
            raise ValueError("Each option has a name of its own.")
        return self


class VariantBody(Body):
    """One more variant. Its content is that of its family."""

    sku: Sku
    options: Annotated[dict[OptionName, OptionName], Field(min_length=1, max_length=AXES_MAX)]
    price: Price | None = Field(None, description="By default the price of the family.")
    barcode: Gtin | None = None
    barcode_text: BarcodeText | None = None
    weight_grams: Grams | None = None
    active: bool = True
    picture_id: UUID | None = Field(
        None, description="Which of the family's pictures shows it; without one the first does."
    )


class PriceBody(VersionedBody):
    """A new price."""

    price: Price
    reason: Reason = ""


class Party(View):
    """An organisation."""

    id: UUID
    name: str


class CategoryRef(View):
    """The category that a product is filed under."""

    id: UUID
    code: str
    names: Names


class Rating(View):
    """What buyers gave, from 1 to 5: sum and number."""

    sum: int
    count: int


class AxisView(View):
    """What variants differ in."""

    name: str
    values: list[str]


class VariantView(View):
    """A variant in its family."""

    id: UUID
    sku: str
    options: dict[str, str]
    state: ProductState
    active: bool
    price: MoneyBody
    available: Decimal
    barcode: str | None
    barcode_text: str | None
    weight_grams: int | None
    picture_id: UUID | None = Field(description="Which of the family's pictures shows it.")
    version: int


class Finding(View):
    """Why a moderator is asked: a code, the field, and what was found there."""

    code: str
    field: str
    detail: str


class ChangeRequestView(View):
    """A change of published content."""

    id: UUID
    product_id: UUID
    product_name: str
    organisation: Party
    state: ChangeRequestState
    changes: dict[str, Any] = Field(description="By field: `before` and `after`.")
    images: list[PictureView] | None = Field(
        description="All pictures as they shall be, if changed."
    )
    findings: list[Finding]
    reason: str | None = Field(description="Why it was refused.")
    version: int
    created_at: datetime
    decided_at: datetime | None
    actions: list[Action] = Field(default_factory=list)


class OwnFacts(View):
    """What only the supplier sees."""

    findings: list[Finding]
    rejection_reason: str | None
    created_at: datetime
    updated_at: datetime
    proposed_at: datetime | None
    archived_at: datetime | None
    ordered: bool
    change_request_id: UUID | None = Field(description="A change that waits for a moderator.")
    on_hand: Decimal
    allocated: Decimal


class ProductView(View):
    """A product: all of it for its supplier; for buyers and visitors what is published."""

    id: UUID
    organisation: Party
    parent_id: UUID | None
    has_variants: bool
    axes: list[AxisView]
    options: dict[str, str]
    sku: str
    state: ProductState
    active: bool
    visibility: ProductVisibility
    name: str
    names: dict[str, str]
    descriptions: dict[str, str]
    category: CategoryRef | None
    attributes: dict[str, Any]
    price: MoneyBody
    tax_rate: Decimal
    unit: str
    pack_size: Decimal
    minimum_order: Decimal
    available: Decimal
    weight_grams: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    barcode: str | None
    barcode_text: str | None
    country: str | None
    images: list[PictureView]
    rating: Rating
    version: int
    published_at: datetime | None
    variants: list[VariantView]
    own: OwnFacts | None
    actions: list[Action]


class ProductSummary(View):
    """A product in its supplier's table."""

    id: UUID
    parent_id: UUID | None
    has_variants: bool
    variants_count: int
    sku: str
    name: str
    names: dict[str, str]
    options: dict[str, str]
    state: ProductState
    active: bool
    visibility: ProductVisibility
    category: CategoryRef | None
    price: MoneyBody
    tax_rate: Decimal
    unit: str
    pack_size: Decimal
    minimum_order: Decimal
    available: Decimal
    barcode: str | None
    image: PictureView | None
    rating: Rating
    findings_count: int
    version: int
    created_at: datetime
    updated_at: datetime


class PriceChangeView(View):
    """A price that was replaced; the first price has nothing before it."""

    id: UUID
    before: MoneyBody | None
    after: MoneyBody
    reason: str
    actor_name: str
    created_at: datetime
