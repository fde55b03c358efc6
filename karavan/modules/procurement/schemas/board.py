"""What the public board of open requests shows."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from karavan.kit.money import MoneyBody
from karavan.kit.schemas import View
from karavan.modules.media.public import AttachmentView
from karavan.modules.procurement.schemas.requests import (
    Party,
    RequestLineView,
    RevisionView,
)
from karavan.modules.procurement.states import RequestState, Visibility


class BoardItem(View):
    """An open request. It never tells how many quotes there are, nor who else was invited."""

    id: UUID
    number: str
    title: str
    excerpt: str
    category: str
    organisation: Party
    visibility: Visibility
    sealed: bool
    currency: str
    budget: MoneyBody | None
    quotes_due_at: datetime
    needed_by: date | None
    delivery_country: str | None
    delivery_place: str
    published_at: datetime
    lines_count: int
    invited: bool = Field(description="Whether the reader's organisation was asked.")
    quoted: bool = Field(description="Whether the reader's organisation has a live quote.")
    own: bool = Field(description="Whether the reader's organisation is the buyer.")


class FacetCount(View):
    """How many open requests have a value."""

    value: str
    count: int


class BoardFacets(View):
    """Counts over the open requests that match the other filters."""

    total: int
    categories: list[FacetCount]
    countries: list[FacetCount]
    currencies: list[FacetCount]


class PublicQuestion(View):
    """An answered question."""

    text: str
    answer: str
    answered_at: datetime


class PublicRequest(View):
    """The public page of a public request."""

    id: UUID
    number: str
    state: RequestState
    title: str
    description: str
    category: str
    organisation: Party
    sealed: bool
    currency: str
    budget: MoneyBody | None
    quotes_due_at: datetime
    needed_by: date | None
    delivery_country: str | None
    delivery_place: str
    delivery_terms: str
    payment_terms: str
    revision: int
    published_at: datetime
    accepts_quotes: bool
    lines: list[RequestLineView]
    revisions: list[RevisionView]
    questions: list[PublicQuestion]
    attachments: list[AttachmentView]
