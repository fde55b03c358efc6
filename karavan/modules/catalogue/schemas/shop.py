"""What is answered to buyers about a supplier's goods."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from karavan.kit.money import MoneyBody
from karavan.kit.schemas import View
from karavan.modules.catalogue.schemas.categories import Names
from karavan.modules.catalogue.schemas.prices import StepView
from karavan.modules.catalogue.schemas.products import Party, Rating
from karavan.modules.media.public import PictureView


class CatalogueItem(View):
    """A product in a list for buyers."""

    id: UUID
    organisation: Party
    sku: str
    name: str
    names: dict[str, str]
    category_id: UUID | None
    has_variants: bool
    price: MoneyBody
    your_tiers: list[StepView] | None = Field(
        description="What you pay from which quantity on, by the supplier's price lists; nothing for visitors."
    )
    unit: str
    pack_size: Decimal
    minimum_order: Decimal
    available: Decimal
    image: PictureView | None
    rating: Rating
    published_at: datetime


class SellerCategory(View):
    """A category in which a seller has products."""

    id: UUID
    code: str
    names: Names
    count: int


class SellerView(View):
    """A seller's public page."""

    id: UUID
    name: str
    description: str
    country: str = Field(description="ISO 3166-1.")
    city: str
    website: str | None
    logo_url: str | None
    products_count: int
    rating: Rating
    categories: list[SellerCategory]
    since: datetime | None = Field(description="When their first product was published.")
    linked: bool = Field(description="You have an accepted trading link.")
    own: bool
