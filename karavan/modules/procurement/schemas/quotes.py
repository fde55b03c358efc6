"""Bodies of quotes, and what is answered about them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from karavan.kit.lifecycle import Action, TransitionBody
from karavan.kit.money import Currency, MoneyBody, Price
from karavan.kit.schemas import Body, Deadline, Line, Percent, Quantity, Text, UnitCode, View
from karavan.modules.media.public import AttachmentView
from karavan.modules.procurement.schemas.requests import (
    LINES_MAX,
    Attachments,
    Party,
)
from karavan.modules.procurement.states import LineKind, QuoteState, RequestState


class QuoteLineBody(Body):
    """The answer to one requested line. A line that is not available carries no price."""

    request_line_id: UUID
    kind: LineKind = LineKind.OFFERED
    name: Line = Field("", description="What is offered instead; needed for an alternative.")
    quantity: Quantity | None = Field(None, description="By default what was asked for.")
    unit: UnitCode | None = Field(None, description="By default the unit that was asked for.")
    unit_price: Price | None = Field(None, description="Without tax.")
    tax_rate: Percent = Field(Decimal(0), description="VAT in per cent.")
    lead_time_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    comment: Text = ""


class OfferBody(Body):
    """What a version of a quote says: every live line of the request is answered once."""

    currency: Currency
    valid_until: Deadline
    lead_time_days: int = Field(ge=0, le=3650, description="Days from the order to the delivery.")
    payment_days: int = Field(0, ge=0, le=365, description="Days from the invoice until payment.")
    payment_terms: Line = ""
    delivery_terms: Line = Field("", description="Incoterms rule and place, such as `DAP Almaty`.")
    delivery: Price | None = Field(None, description="The delivery charge, without tax.")
    note: Text = ""
    lines: list[QuoteLineBody] = Field(min_length=1, max_length=LINES_MAX)
    attachment_ids: Attachments = Field(default_factory=list)


class UpdateQuoteBody(TransitionBody):
    """The next version of a quote, whole."""

    offer: OfferBody


class ReconfirmBody(TransitionBody):
    """Nothing when the quote stands for the amended request as it is; else the next version."""

    offer: OfferBody | None = None


class QuoteLineView(View):
    """The answer to one requested line."""

    id: UUID
    request_line_id: UUID
    position: int
    kind: LineKind
    name: str
    quantity: str
    unit: str
    unit_price: MoneyBody
    tax_rate: str
    lead_time_days: int | None
    comment: str
    net: MoneyBody


class QuoteVersionView(View):
    """What the vendor offered at one moment."""

    number: int
    currency: str
    valid_until: datetime
    lead_time_days: int
    payment_days: int
    payment_terms: str
    delivery_terms: str
    delivery: MoneyBody
    note: str
    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    submitted_by_name: str
    created_at: datetime
    lines: list[QuoteLineView]
    attachments: list[AttachmentView]


class QuoteChange(View):
    """One value that differs from the version before."""

    field: str
    before: str | None
    after: str | None


class QuoteVersionHistory(QuoteVersionView):
    """A version and what changed in it."""

    changes: list[QuoteChange]


class QuotedRequest(View):
    """The request that a quote answers."""

    id: UUID
    number: str | None
    title: str
    state: RequestState
    currency: str
    quotes_due_at: datetime | None
    revision: int
    sealed: bool
    organisation: Party


class QuoteSummary(View):
    """A quote in a list. The offer is hidden from the buyer while the request is sealed."""

    id: UUID
    number: str
    state: QuoteState
    version: int
    current_version: int
    vendor: Party
    request: QuotedRequest
    needs_reconfirm: bool
    shortlisted: bool
    valid_until: datetime
    total: MoneyBody | None
    lead_time_days: int | None
    lines_offered: int | None
    created_at: datetime
    updated_at: datetime


class QuoteView(QuoteSummary):
    """A quote with its present version."""

    side: str
    offer: QuoteVersionView
    request_revision: int
    rejected_reason: str | None
    submitted_by_name: str
    deal_id: UUID | None
    actions: list[Action]


class SealedQuotes(View):
    """All that the buyer learns before a sealed tender's deadline."""

    sealed_until: datetime
    count: int


class RequestQuotes(View):
    """The quotes for a request, as its buyer may see them."""

    sealed: SealedQuotes | None
    items: list[QuoteSummary]
