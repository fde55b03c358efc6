"""Bodies of reviews and wishlists, and what is answered about them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karavan.kit.money import MoneyBody
from karavan.kit.pagination import Page
from karavan.kit.schemas import Body, Text, View
from karavan.kit.versions import VersionedBody
from karavan.modules.catalogue.schemas.products import Finding, ImageInput, Party
from karavan.modules.catalogue.schemas.shop import CatalogueItem
from karavan.modules.catalogue.states import ReviewState
from karavan.modules.media.public import PictureView

TEXT_MAX = 5000
IMAGES_MAX = 10

Rating = Annotated[int, Field(ge=1, le=5, description="Stars.")]
ReviewText = Annotated[Text, Field(max_length=TEXT_MAX)]
ReviewImages = Annotated[list[ImageInput], Field(max_length=IMAGES_MAX)]


class ReviewBody(Body):
    """A review of a product that your organisation has had."""

    product_id: UUID = Field(description="A product, or any variant: a family is reviewed as one.")
    rating: Rating
    text: ReviewText = ""
    images: ReviewImages = Field(default_factory=list)


class ReviewPut(VersionedBody):
    """All of a review anew."""

    rating: Rating
    text: ReviewText = ""
    images: ReviewImages = Field(default_factory=list)


class ReplyBody(VersionedBody):
    """The seller's answer, which everybody reads; an empty one takes it away."""

    text: ReviewText


class ReportBody(Body):
    """Why a review should not stand there."""

    reason: Annotated[Text, Field(min_length=1, max_length=1000)]


class ReplyView(View):
    """The seller's answer."""

    text: str
    replied_at: datetime
    author_name: str | None = Field(description="For the seller's own people.")


class ReviewView(View):
    """A review."""

    id: UUID
    product_id: UUID
    product_name: str
    product_names: dict[str, str] = Field(
        description="By language, as the product is called now; empty when the reader does not see it any more."
    )
    seller: Party
    author_name: str = Field(description="The organisation that has bought.")
    mine: bool
    state: ReviewState
    rating: int
    text: str
    images: list[PictureView]
    reply: ReplyView | None
    findings: list[Finding] = Field(description="Why it waits for a moderator; for its author.")
    rejection_reason: str | None
    version: int
    created_at: datetime
    edited: bool
    actions: list[Literal["edit", "delete", "reply", "report"]]


class Distribution(View):
    """How many reviews have how many stars."""

    one: int
    two: int
    three: int
    four: int
    five: int


class RatingSummary(View):
    """All published reviews of a product in numbers."""

    average: float | None = Field(description="Mean of one to five; null without reviews.")
    count: int
    distribution: Distribution


class ReviewPage(Page[ReviewView]):
    """Published reviews of a product; the reader's own stands apart, in whatever state."""

    summary: RatingSummary
    own: ReviewView | None
    may_review: bool = Field(description="You have had it, and have not reviewed it yet.")


class ReviewDeskItem(View):
    """A review that waits for a moderator: because of what the checks found, or of what readers say."""

    review: ReviewView
    reports: list[str] = Field(description="What readers say is wrong with it.")


class WishBody(Body):
    """A product to keep an eye on."""

    product_id: UUID


class WishView(View):
    """A product on the wishlist, as it is offered now."""

    product: CatalogueItem
    added_at: datetime
    price_then: MoneyBody = Field(description="That you have last seen or been told of.")


class WishState(View):
    """Whether a product is on the wishlist."""

    product_id: UUID
    contained: bool
