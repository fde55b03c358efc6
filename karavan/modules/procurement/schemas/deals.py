"""Bodies and answers of deals."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, PlainSerializer, StringConstraints

from karavan.kit.decimals import plain
from karavan.kit.lifecycle import Action, TransitionBody
from karavan.kit.money import MoneyBody, Price
from karavan.kit.schemas import AnyUnitCode, Body, Line, Percent, Quantity, Text, Title, View
from karavan.modules.invoicing.public import InvoiceSummary
from karavan.modules.procurement.states import DealState

LINES_MAX = 500


def _believable(value: date) -> date:
    if not 2000 <= value.year <= 2200:
        raise ValueError("must be a year between 2000 and 2200")
    return value


Day = Annotated[date, AfterValidator(_believable)]
PlainQuantity = Annotated[Quantity, PlainSerializer(plain, return_type=str)]
PlainPercent = Annotated[Percent, PlainSerializer(plain, return_type=str)]


class TermsLine(Body):
    """What is sold, how much of it and for how much, in the deal's currency."""

    request_line_id: UUID | None = Field(
        None, description="The requested line that it answers; null for an addition."
    )
    name: Title
    quantity: PlainQuantity
    unit: AnyUnitCode = Field(
        description="UN/ECE Recommendation 20 code, such as `H87` for a piece."
    )
    unit_price: Price = Field(description="Without tax.")
    tax_rate: PlainPercent = Field(description="VAT in per cent.")


class TermsBody(Body):
    """Everything that both sides put their signatures under."""

    lines: list[TermsLine] = Field(min_length=1, max_length=LINES_MAX)
    delivery_terms: Line = Field("", description="Incoterms rule, such as `DAP`.")
    delivery_place: Line = ""
    delivery_date: Day | None = None
    lead_time_days: int | None = Field(None, ge=0, le=3650)
    payment_terms: Line = ""
    payment_days: int = Field(
        0, ge=0, le=365, description="Days from the invoice until payment is due."
    )
    warranty: Text = ""
    penalties: Text = ""
    notes: Text = ""
    valid_until: Day | None = Field(
        None, description="Terms that are not signed by both sides on this day lapse."
    )


class ProposeTermsBody(TransitionBody):
    """New terms. They replace the present ones and every signature under them."""

    terms: TermsBody
    note: Text = Field("", description="What has changed, in a sentence for the other side.")


class SignedTerms(Body):
    """Exactly which terms are meant."""

    terms_number: int = Field(ge=1, le=1_000_000)
    content_sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] = Field(
        description="As the terms show it."
    )


class SignBody(TransitionBody, SignedTerms):
    """A signature names exactly what is signed."""


class DealInvoiceBody(TransitionBody):
    """What the invoice needs beyond the signed terms."""

    due_date: Day | None = Field(
        None, description="By default as many days from now as the terms allow."
    )
    buyer_reference: Line = Field("", description="What the buyer asked to be quoted.")
    notes: Text = ""


class MarkPaidBody(TransitionBody):
    """A payment that reached the vendor outside the platform."""

    reference: Annotated[Line, StringConstraints(min_length=1, max_length=100)]
    paid_on: Day | None = Field(None, description="Today by default; not in the future.")
    method: Literal["bank_transfer", "cash", "card", "other"] = "bank_transfer"


class DealParty(View):
    """A side of the deal."""

    organisation_id: UUID
    name: str


class TermsLineView(TermsLine):
    """A line with what it comes to."""

    net: MoneyBody


class TermsSummary(View):
    """A version of the terms without its contents."""

    number: int
    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    note: str
    proposed_by_name: str
    proposed_by_side: str
    content_sha256: str
    created_at: datetime


class TermsTaxGroup(View):
    """Tax at one rate."""

    rate: PlainPercent
    taxable: MoneyBody
    tax: MoneyBody


class TermsView(TermsSummary):
    """A version of the terms in full."""

    lines: list[TermsLineView]
    tax_groups: list[TermsTaxGroup]
    delivery_terms: str
    delivery_place: str
    delivery_date: date | None
    lead_time_days: int | None
    payment_terms: str
    payment_days: int
    warranty: str
    penalties: str
    notes: str
    valid_until: date | None


class SignatureView(View):
    """Who signed which version, and when."""

    side: str
    terms_number: int
    signed_by_name: str
    signed_by_role: str
    content_sha256: str
    signed_at: datetime


class DealContract(View):
    """Where the contract is; `sha256` is there once both sides have signed."""

    url: str
    signed: bool
    sha256: str | None


class ThreadSummary(View):
    """The conversation about the deal."""

    id: UUID
    last_sequence: int
    unread: int


class DealListItem(View):
    """A deal in a list."""

    id: UUID
    number: str
    state: DealState
    version: int
    title: str
    side: str
    buyer: DealParty
    vendor: DealParty
    request_id: UUID
    request_number: str
    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    terms_number: int
    signed_by: list[str]
    cancel_asked_by: list[str]
    invoice_id: UUID | None
    created_at: datetime
    updated_at: datetime
    actions: list[Action]


class DealView(DealListItem):
    """A deal with everything that belongs to it."""

    quote_id: UUID
    quote_number: str
    terms: TermsView
    terms_versions: list[TermsSummary]
    signatures: list[SignatureView]
    contract: DealContract
    invoice: InvoiceSummary | None
    thread: ThreadSummary
    signed_at: datetime | None
    paid_at: datetime | None
    archived_at: datetime | None
