"""Bodies and answers of searches and synonyms."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from karavan.kit.money import MoneyBody
from karavan.kit.pagination import Page
from karavan.kit.schemas import Body, Title, View
from karavan.kit.versions import VersionedBody
from karavan.modules.catalogue.schemas.prices import StepView
from karavan.modules.catalogue.states import ProductVisibility
from karavan.modules.media.public import PictureView

TERMS_MAX = 30


class SearchSort(StrEnum):
    """In which order products are found. Prices of different currencies stand in the order of their numbers."""

    RELEVANCE = "relevance"
    PRICE = "price"
    PRICE_FALLING = "-price"
    RATING = "rating"
    NEWEST = "newest"


class SellerRef(View):
    """Who sells."""

    id: UUID
    name: str


class FoundProduct(View):
    """A product as a list of results shows it."""

    id: UUID
    sku: str
    name: str
    names: dict[str, str] = Field(description="By language: `en`, `ru`, `kk`; at least one.")
    organisation: SellerRef
    category_id: UUID | None
    price: MoneyBody
    your_tiers: list[StepView] | None = Field(
        description="What you pay from which quantity on, by price lists; nothing for visitors unless a list is for everybody."
    )
    unit: str
    minimum_order: str
    image: PictureView | None
    has_variants: bool
    in_stock: bool
    rating: float | None = Field(description="Mean of one to five; null without reviews.")
    rating_count: int
    visibility: ProductVisibility


class CategoryCount(View):
    """A category among the results, and those above it."""

    id: UUID
    code: str
    names: dict[str, str]
    parent_id: UUID | None
    count: int
    chosen: bool


class CategoryFacet(View):
    """Categories of the results; counted without the chosen one."""

    capped: bool = Field(description="There are more results than were counted.")
    items: list[CategoryCount]


class SupplierCount(View):
    """A supplier among the results."""

    id: UUID
    name: str
    count: int
    chosen: bool


class SupplierFacet(View):
    """Suppliers of the results; counted without the chosen ones."""

    capped: bool
    items: list[SupplierCount]


class ValueCount(View):
    """A value of an attribute among the results."""

    value: str
    names: dict[str, str] | None = Field(description="Of a choice; null where the value is a text.")
    count: int
    chosen: bool


class AttributeFacet(View):
    """An attribute of the results; its values are counted without those of it that are chosen."""

    code: str
    names: dict[str, str] | None = Field(description="Null for an option of variants.")
    kind: str | None
    unit: str | None
    capped: bool
    values: list[ValueCount]


class PriceRange(View):
    """Prices of the results in one currency, in minor units."""

    currency: str
    min: int
    max: int
    count: int


class PriceFacet(View):
    """Prices of the results; counted without the chosen range."""

    capped: bool
    items: list[PriceRange]


class StockFacet(View):
    """How many results can be had now."""

    capped: bool
    count: int


class Facets(View):
    """What the results can be narrowed by."""

    categories: CategoryFacet
    suppliers: SupplierFacet
    attributes: list[AttributeFacet]
    prices: PriceFacet
    in_stock: StockFacet


class QueryView(View):
    """How the words were understood."""

    text: str
    corrected: str | None = Field(
        description="What was searched for instead; ask with `literal=true` for the words as typed."
    )
    relaxed: bool = Field(description="Some of the words are missing in the results.")


class SearchPage(Page[FoundProduct]):
    """A page of results."""

    total_is_capped: bool = Field(
        description="There are more than `total`; the best so many can be paged through."
    )
    query: QueryView
    facets: Facets


class SuggestedCategory(View):
    """A category that has results."""

    id: UUID
    code: str
    names: dict[str, str]
    count: int


class SuggestedProduct(View):
    """A product, to go to at once."""

    id: UUID
    name: str
    names: dict[str, str]
    price: MoneyBody
    image: PictureView | None


class Suggestions(View):
    """What may be meant: ten at most together."""

    queries: list[str]
    categories: list[SuggestedCategory]
    products: list[SuggestedProduct]
    sellers: list[SellerRef]


class SynonymLanguage(StrEnum):
    """Whose grammar the terms follow."""

    EN = "en"
    RU = "ru"
    KK = "kk"


Term = Annotated[Title, StringConstraints(max_length=80)]
Terms = Annotated[list[Term], Field(max_length=TERMS_MAX)]


class SynonymBody(Body):
    """Words that mean the same; or, with `replacements`, words that shall find those as well, but not the other way round."""

    language: SynonymLanguage
    terms: Annotated[Terms, Field(min_length=1)]
    replacements: Terms = Field(default_factory=list)

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        if not self.replacements and len(self.terms) < 2:
            raise ValueError("Give two terms that mean the same, or a replacement.")
        return self


class SynonymPatch(VersionedBody, SynonymBody):
    """All of an entry."""


class SynonymView(View):
    """An entry of the operator's list."""

    id: UUID
    language: SynonymLanguage
    terms: list[str]
    replacements: list[str]
    version: int
    created_at: datetime
    updated_at: datetime
