"""Bodies and answers of trading links."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from karavan.kit.lifecycle import Action, TransitionBody
from karavan.kit.money import MoneyBody, Price
from karavan.kit.schemas import Body, Deadline, Text, Title, View
from karavan.kit.versions import VersionedBody
from karavan.modules.links.states import LinkState

MESSAGE_MAX = 2000
DAYS_MAX = 365
USES_MAX = 10_000

Side = Literal["consumer", "supplier"]
InvitationState = Literal["open", "expired", "used_up", "revoked"]


Days = Annotated[int, Field(ge=0, le=DAYS_MAX)]


class LinkTermsBody(Body):
    """What the supplier grants. What is left out is not agreed: no credit limit is another thing than one of nought."""

    price_list_id: UUID | None = Field(None, description="A price list of the supplier's own.")
    credit_limit: Price | None = None
    payment_days: Days | None = Field(None, description="Days to pay after the invoice.")
    minimum_order: Price | None = None
    delivery_days: Days | None = Field(None, description="Usual days until delivery.")
    representative_user_id: UUID | None = Field(
        None, description="The member of the supplier's organisation who looks after this buyer."
    )

    @model_validator(mode="after")
    def _one_currency(self) -> Self:
        given = {money.currency for money in (self.credit_limit, self.minimum_order) if money}
        if len(given) > 1:
            raise ValueError("credit limit and minimum order must be in one currency")
        return self


class RequestLinkBody(Body):
    """Ask a supplier for a trading link."""

    supplier_organisation_id: UUID
    message: Annotated[Text, Field(max_length=MESSAGE_MAX)] = ""


class AcceptLinkBody(TransitionBody):
    """Accept a request, with terms."""

    terms: LinkTermsBody = Field(default_factory=LinkTermsBody)


class LinkStatusBody(TransitionBody):
    """Move a link by naming the state that it is to reach; each is a transition with its own rules."""

    status: Literal["accepted", "denied", "blocked", "withdrawn", "left"]
    terms: LinkTermsBody | None = Field(None, description="Where a request is accepted.")


class ChangeLinkTermsBody(VersionedBody):
    """A new version of the terms. It replaces the whole of the present one."""

    terms: LinkTermsBody


class LinkNoteBody(Body):
    """Something to remember about a link."""

    text: Annotated[Text, Field(min_length=1, max_length=MESSAGE_MAX)]


class LinkPartner(View):
    """A side of a link."""

    organisation_id: UUID
    name: str
    country: str
    city: str
    logo_url: str | None


class LinkTermsView(View):
    """Terms, in a version."""

    number: int
    price_list_id: UUID | None
    price_list_name: str | None
    credit_limit: MoneyBody | None
    payment_days: int | None
    minimum_order: MoneyBody | None
    delivery_days: int | None
    representative_user_id: UUID | None
    representative_name: str | None


class LinkTermsVersion(LinkTermsView):
    """A version of the terms, with when it was set."""

    created_at: datetime
    set_by_name: str | None = Field(description="Colleagues are told who; the other side is not.")


class LinkListItem(View):
    """A link in a list. While it is blocked the consumer learns its state and nothing else of it."""

    id: UUID
    version: int
    state: LinkState
    side: Side = Field(description="The reader's own side.")
    consumer: LinkPartner
    supplier: LinkPartner
    message: str | None
    reason: str | None = Field(description="Why the request was denied.")
    terms: LinkTermsView | None
    created_at: datetime
    updated_at: datetime | None
    decided_at: datetime | None
    expires_at: datetime | None = Field(description="When an unanswered request lapses.")
    retry_at: datetime | None = Field(
        description="When a denied consumer may ask again; null once that has passed."
    )
    actions: list[Action]


class LinkMoveView(View):
    """Something that has happened to a link."""

    name: str
    side: Literal["consumer", "supplier", "system"]
    actor_name: str | None = Field(description="Colleagues are told who; the other side is not.")
    reason: str | None
    created_at: datetime


class LinkNoteView(View):
    """A note of the supplier's people."""

    id: UUID
    text: str
    author_name: str
    created_at: datetime


class LinkDetails(LinkListItem):
    """A link with its history."""

    requested_by_name: str | None
    invitation_id: UUID | None
    terms_versions: list[LinkTermsVersion]
    moves: list[LinkMoveView]
    notes: list[LinkNoteView] | None = Field(description="The supplier's own; null for the buyer.")
    may_change_terms: bool


class LinkStanding(View):
    """How the reader stands to a supplier."""

    id: UUID
    state: LinkState
    retry_at: datetime | None = Field(description="When a denied request may be repeated.")


class SupplierCard(View):
    """A supplier in the directory."""

    organisation_id: UUID
    name: str
    country: str
    city: str
    description: str
    categories: list[str]
    logo_url: str | None
    link: LinkStanding | None = Field(description="The live link, else the latest one.")


class CreateLinkInvitationBody(Body):
    """An invitation to hand out."""

    name: Title = Field(description="What the supplier's people call it, such as the fair.")
    expires_at: Deadline | None = Field(
        None, description="In 30 days by default, in a year at most."
    )
    uses_max: int | None = Field(None, ge=1, le=USES_MAX, description="Null is any number.")
    accepts_at_once: bool = Field(
        False, description="Whoever comes by it is linked without another decision."
    )
    terms: LinkTermsBody | None = Field(None, description="Needs `accepts_at_once`.")

    @model_validator(mode="after")
    def _terms_are_granted(self) -> Self:
        if self.terms is not None and not self.accepts_at_once:
            raise ValueError("terms need accepts_at_once: otherwise they are set on acceptance")
        return self


class LinkInvitationView(View):
    """An invitation, as its supplier sees it."""

    id: UUID
    name: str
    state: InvitationState
    accepts_at_once: bool
    terms: LinkTermsBody | None
    uses: int
    uses_max: int | None
    created_by_name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class NewLinkInvitationView(LinkInvitationView):
    """An invitation just made. The address is told this once: only its hash is kept."""

    url: str
    qr_svg: str = Field(description="The address as a QR code, an SVG document.")


class LinkInvitationPreview(View):
    """What whoever holds an invitation may know."""

    supplier: LinkPartner
    state: InvitationState
    accepts_at_once: bool
    expires_at: datetime


class JoinByInvitationBody(Body):
    """Come by an invitation."""

    message: Annotated[Text, Field(max_length=MESSAGE_MAX)] = ""
