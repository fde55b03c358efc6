"""Bodies and answers of invoicing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, PlainSerializer, StringConstraints, model_validator

from karavan.kit.decimals import plain
from karavan.kit.lifecycle import Action
from karavan.kit.money import Currency, MoneyBody, Price
from karavan.kit.schemas import Body, Line, Percent, Quantity, Text, Title, UnitCode, View
from karavan.kit.versions import VersionedBody
from karavan.modules.invoicing.states import InvoiceKind, InvoiceState

LINES_MAX = 500


def _positive(value: MoneyBody) -> MoneyBody:
    if value.amount <= 0:
        raise ValueError("must be more than nothing")
    return value


def _believable(value: date) -> date:
    if not 2000 <= value.year <= 2200:
        raise ValueError("must be a year between 2000 and 2200")
    return value


PositiveMoney = Annotated[Price, AfterValidator(_positive)]
PlainDecimal = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
Day = Annotated[date, AfterValidator(_believable)]
Reference = Annotated[Line, StringConstraints(min_length=1, max_length=100)]
Language = Literal["en", "ru", "kk"]


class InvoiceLineBody(Body):
    """A line of a draft."""

    name: Title
    description: Text = ""
    quantity: Quantity
    unit: UnitCode = Field("H87", description="UN/ECE Recommendation 20 code; `H87` is a piece.")
    unit_price: Price = Field(description="Without tax.")
    tax_rate: Percent = Field(description="VAT in per cent.")


class CreateInvoiceBody(Body):
    """A draft that follows from no deal."""

    buyer_organisation_id: UUID
    currency: Currency
    lines: list[InvoiceLineBody] = Field(min_length=1, max_length=LINES_MAX)
    due_date: Day | None = None
    payment_terms: Line = ""
    notes: Text = ""
    buyer_reference: Line = ""
    language: Language | None = Field(None, description="Of the document; by default the author's.")


class EditInvoiceBody(VersionedBody):
    """Changes of a draft; what is left out stays."""

    lines: list[InvoiceLineBody] | None = Field(None, min_length=1, max_length=LINES_MAX)
    due_date: Day | None = None
    payment_terms: Line | None = None
    notes: Text | None = None
    buyer_reference: Line | None = None
    language: Language | None = None


class RecordPaymentBody(Body):
    """Money that has reached the seller."""

    amount: PositiveMoney
    paid_on: Day | None = Field(None, description="Today by default; not in the future.")
    method: Literal["bank_transfer", "cash", "card", "other"] = "bank_transfer"
    reference: Reference = Field(description="Of the payment, unique on this invoice.")


class CreditLineBody(Body):
    """How much of a line is taken back."""

    line_id: UUID
    quantity: Quantity
    unit_price: Price | None = Field(
        None, description="Lower than the invoiced price when only a part of the price is credited."
    )


class CreditNoteBody(Body):
    """Either everything, or some lines."""

    full: bool = False
    lines: list[CreditLineBody] = Field(default_factory=list, max_length=LINES_MAX)
    reason: Annotated[Line, StringConstraints(min_length=1)]

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.full == bool(self.lines):
            raise ValueError("either `full` is true or `lines` says what is credited")
        return self


class InvoiceParty(View):
    """A side of the document."""

    organisation_id: UUID
    name: str


class InvoiceLineView(View):
    """A line of a document."""

    id: UUID
    name: str
    description: str
    quantity: PlainDecimal
    unit: str
    unit_price: MoneyBody
    tax_rate: PlainDecimal
    net: MoneyBody
    credited: MoneyBody = Field(description="Without tax, by the credit notes so far.")


class InvoiceTaxGroup(View):
    """Tax at one rate."""

    rate: PlainDecimal
    taxable: MoneyBody
    tax: MoneyBody


class PaymentView(View):
    """A recorded payment."""

    id: UUID
    amount: MoneyBody
    paid_on: date
    method: str
    reference: str
    recorded_by_name: str
    created_at: datetime


class DocumentReference(View):
    """Another document of the same pair."""

    id: UUID
    number: str | None
    total: MoneyBody
    issue_date: date | None


class InvoiceSummary(View):
    """An invoice in short."""

    id: UUID
    kind: InvoiceKind
    number: str | None
    state: InvoiceState
    version: int
    total: MoneyBody
    paid: MoneyBody
    credited: MoneyBody
    due: MoneyBody
    overdue: bool
    issue_date: date | None
    due_date: date | None
    sent_at: datetime | None
    paid_at: datetime | None


class InvoiceListItem(InvoiceSummary):
    """An invoice in a list."""

    side: Literal["issued", "received"]
    seller: InvoiceParty
    buyer: InvoiceParty
    subject_type: str | None
    subject_id: UUID | None
    subject_label: str
    net: MoneyBody
    tax: MoneyBody
    created_at: datetime
    updated_at: datetime
    actions: list[Action]


class InvoiceDetails(InvoiceListItem):
    """An invoice with everything that belongs to it."""

    lines: list[InvoiceLineView]
    tax_groups: list[InvoiceTaxGroup]
    payments: list[PaymentView]
    credit_notes: list[DocumentReference]
    corrects: DocumentReference | None
    correction_reason: str | None
    refund_due: MoneyBody = Field(
        description="What the seller owes back after credit notes on a paid invoice."
    )
    payment_terms: str
    notes: str
    buyer_reference: str
    language: str
    self_billed: bool
    voided_at: datetime | None
    pdf_url: str
    xml_url: str
