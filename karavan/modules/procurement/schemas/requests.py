"""Bodies of requests for quotation, and what is answered about them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from karavan.kit.lifecycle import Action, TransitionBody
from karavan.kit.money import Currency, MoneyBody, Price
from karavan.kit.schemas import (
    Body,
    CountryCode,
    Deadline,
    Line,
    Quantity,
    Text,
    Title,
    UnitCode,
    View,
)
from karavan.kit.versions import VersionedBody
from karavan.modules.media.public import AttachmentView
from karavan.modules.procurement.categories import Category
from karavan.modules.procurement.states import ApprovalPurpose, RequestState, Visibility

LINES_MAX = 500
ATTACHMENTS_MAX = 20
INVITATIONS_MAX = 100


def _plausible_day(value: date) -> date:
    if not 1900 <= value.year <= 9990:
        raise ValueError("must be a year between 1900 and 9990")
    return value


Day = Annotated[date, AfterValidator(_plausible_day)]
Attachments = Annotated[
    list[UUID],
    Field(max_length=ATTACHMENTS_MAX, description="Files of your organisation, from POST /media."),
]


class RequestLineBody(Body):
    """One thing that is wanted."""

    id: UUID | None = Field(None, description="A present line to keep; a new one has none.")
    name: Title
    specification: Text = ""
    quantity: Quantity
    unit: UnitCode = Field("H87", description="UN/ECE Recommendation 20 code: `H87` is a piece.")
    target_price: Price | None = Field(None, description="Per unit, in the request's currency.")


Lines = Annotated[list[RequestLineBody], Field(max_length=LINES_MAX)]


class RequestContent(Body):
    """What a draft and a template have in common. Only the title is needed; `publish` asks for the rest."""

    title: Title
    description: Text = ""
    category: Category = Category.OTHER
    visibility: Visibility = Visibility.PUBLIC
    sealed: bool = Field(
        False, description="Nobody, the buyer included, reads quotes before the deadline."
    )
    currency: Currency = "KZT"
    budget: Price | None = None
    delivery_country: CountryCode | None = None
    delivery_place: Line = ""
    delivery_terms: Line = Field("", description="Incoterms rule and place, such as `DAP Almaty`.")
    payment_terms: Line = ""
    lines: Lines = Field(default_factory=list)


class RequestBody(RequestContent):
    """A new draft."""

    quotes_due_at: Deadline | None = None
    needed_by: Day | None = None
    attachment_ids: Attachments = Field(default_factory=list)


class RequestPatch(VersionedBody):
    """Changes of a draft: what is left out stays. `lines` and `attachment_ids` replace all that were there."""

    title: Title = ""
    description: Text = ""
    category: Category = Category.OTHER
    visibility: Visibility = Visibility.PUBLIC
    sealed: bool = False
    currency: Currency = ""
    budget: Price | None = None
    quotes_due_at: Deadline | None = None
    needed_by: Day | None = None
    delivery_country: CountryCode | None = None
    delivery_place: Line = ""
    delivery_terms: Line = ""
    payment_terms: Line = ""
    lines: Lines = Field(default_factory=list)
    attachment_ids: Attachments = Field(default_factory=list)


class AmendBody(TransitionBody):
    """Changes of a published request. The deadline may only move later; a line that is left out is taken away."""

    note: Text = Field("", description="What has changed, in a sentence for the vendors.")
    title: Title = ""
    description: Text = ""
    category: Category = Category.OTHER
    budget: Price | None = None
    quotes_due_at: Deadline | None = None
    needed_by: Day | None = None
    delivery_country: CountryCode | None = None
    delivery_place: Line = ""
    delivery_terms: Line = ""
    payment_terms: Line = ""
    lines: Lines = Field(default_factory=list)
    attachment_ids: Attachments = Field(default_factory=list)


class ExtendBody(TransitionBody):
    """A later deadline."""

    quotes_due_at: Deadline


class InviteVendorsBody(Body):
    """Vendors to ask."""

    organisation_ids: list[UUID] = Field(min_length=1, max_length=INVITATIONS_MAX)


class DeclineBody(Body):
    """Why the vendor will not quote; the buyer reads it."""

    reason: Text = ""


class QuestionBody(Body):
    """A question about a request."""

    text: Annotated[Text, StringConstraints(min_length=1, max_length=2000)]


class AnswerBody(Body):
    """What every bidder will read."""

    answer: Annotated[Text, StringConstraints(min_length=1, max_length=4000)]


class Party(View):
    """An organisation, by the name that it had when the document was made."""

    id: UUID
    name: str


class RequestLineView(View):
    """One thing that is wanted."""

    id: UUID
    position: int
    name: str
    specification: str
    quantity: str = Field(description="A decimal number without trailing zeros.")
    unit: str
    target_price: MoneyBody | None


class ChangeView(View):
    """One value that an amendment changed."""

    field: str
    before: Any
    after: Any


class RevisionView(View):
    """An amendment."""

    revision: int
    note: str
    changes: list[ChangeView]
    changed_by_name: str
    created_at: datetime


class InvitationView(View):
    """A vendor who was asked, as the buyer sees it."""

    organisation: Party
    created_at: datetime
    viewed_at: datetime | None
    declined_at: datetime | None
    decline_reason: str | None
    quoted: bool


class OwnInvitationView(View):
    """The reader's own invitation."""

    created_at: datetime
    viewed_at: datetime | None
    declined_at: datetime | None


class OwnQuoteView(View):
    """The reader's own latest quote."""

    id: UUID
    number: str
    state: str
    current_version: int
    needs_reconfirm: bool
    valid_until: datetime


class ApprovalBrief(View):
    """The latest approval for one purpose."""

    id: UUID
    purpose: ApprovalPurpose
    state: str


class RequestSummary(View):
    """A request in the buyer's own list."""

    id: UUID
    number: str | None
    state: RequestState
    title: str
    category: str
    visibility: Visibility
    sealed: bool
    currency: str
    budget: MoneyBody | None
    quotes_due_at: datetime | None
    needed_by: date | None
    delivery_country: str | None
    delivery_place: str
    revision: int
    version: int
    created_by_name: str
    created_at: datetime
    published_at: datetime | None
    lines_count: int
    quotes_count: int
    questions_waiting: int


class RequestView(View):
    """A request with all that its reader may know of it."""

    id: UUID
    party: str = Field(description="`buyer` for the organisation that asks, else `vendor`.")
    organisation: Party
    number: str | None
    state: RequestState
    title: str
    description: str
    category: str
    visibility: Visibility
    sealed: bool
    currency: str
    budget: MoneyBody | None
    quotes_due_at: datetime | None
    needed_by: date | None
    delivery_country: str | None
    delivery_place: str
    delivery_terms: str
    payment_terms: str
    ocid: str | None
    revision: int
    version: int
    created_by_name: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    awarded_at: datetime | None
    closed_at: datetime | None
    accepts_quotes: bool = Field(description="Published, and its deadline has not passed.")
    lines: list[RequestLineView]
    revisions: list[RevisionView]
    questions_count: int
    questions_waiting: int
    quotes_count: int | None = Field(description="The buyer's to know alone.")
    deals_count: int | None = Field(description="The buyer's to know alone.")
    invitations: list[InvitationView] | None = Field(description="The buyer's to know alone.")
    approvals: list[ApprovalBrief] | None = Field(description="The buyer's to know alone.")
    invitation: OwnInvitationView | None
    quote: OwnQuoteView | None
    attachments: list[AttachmentView]
    actions: list[Action]


class QuestionView(View):
    """A question. Who asked is the buyer's to know alone."""

    id: UUID
    text: str
    answer: str | None
    mine: bool
    organisation: Party | None
    created_at: datetime
    answered_at: datetime | None


class CategoryView(View):
    """A category and its name in the languages of the platform."""

    code: Category
    en: str
    ru: str
    kk: str
