"""What an invoice or a credit note says, as frozen data: the only input of its PDF and its XML.

The rows of the database are turned into these once, by whoever asks for a file; rendering itself
reads no database, no clock and no settings, so the same view always gives the same bytes.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.parties import BankAccount, Party, PostalAddress
from karavan.kit.documents.totals import Adjustment, DocumentTotals, PricedLine, compute_totals
from karavan.kit.money import Money


class DocumentKind(StrEnum):
    """The two documents that this module issues."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class DocumentMark(StrEnum):
    """A state that must be seen on paper at once."""

    NONE = "none"
    DRAFT = "draft"
    VOID = "void"


class Classification(Struct, frozen=True):
    """A commodity code with its list in UNCL 7143: `STI` is UNSPSC, `HS` the harmonised system."""

    code: str
    list_id: str


class InvoiceLine(Struct, frozen=True):
    """A line: what, how much of it (`pricing`), and in which unit (UN/ECE Rec 20, H87 is a piece)."""

    name: str
    pricing: PricedLine
    unit_code: str = "H87"
    description: str = ""
    seller_item_code: str = ""
    gtin: str = ""
    origin_country: str = ""
    order_line: str = ""
    classification: Classification | None = None


class InvoiceReference(Struct, frozen=True):
    """The invoice that a credit note corrects."""

    number: str
    issue_date: date | None = None


class Payment(Struct, frozen=True):
    """How to pay: UNCL 4461 code (30 credit transfer, 58 SEPA, 48 card, 1 not defined) and account."""

    means_code: str = "30"
    account: BankAccount | None = None
    reference: str = ""


class Delivery(Struct, frozen=True):
    """Where and when the goods were handed over; EN 16931 asks for both in category K."""

    day: date | None = None
    address: PostalAddress | None = None


class InvoiceView(Struct, frozen=True):
    """An invoice or a credit note; a credit note's amounts are positive.

    `issued_at` becomes the creation date inside the PDF. `order_reference` is the buyer's order,
    `contract_reference` the contract's number; `buyer_reference` is what the buyer asked to quote.
    """

    kind: DocumentKind
    number: str
    issue_date: date
    issued_at: datetime
    language: Language
    seller: Party
    buyer: Party
    lines: tuple[InvoiceLine, ...]
    totals: DocumentTotals
    allowances: tuple[Adjustment, ...] = ()
    charges: tuple[Adjustment, ...] = ()
    due_date: date | None = None
    payment_terms: str = ""
    payment: Payment | None = None
    note: str = ""
    buyer_reference: str = ""
    order_reference: str = ""
    contract_reference: str = ""
    corrects: InvoiceReference | None = None
    tax_point_date: date | None = None
    delivery: Delivery | None = None
    mark: DocumentMark = DocumentMark.NONE

    @property
    def currency(self) -> str:
        """The currency of every amount of the document."""
        return self.totals.currency


def totals_of(
    lines: tuple[InvoiceLine, ...],
    currency: str,
    *,
    allowances: tuple[Adjustment, ...] = (),
    charges: tuple[Adjustment, ...] = (),
    prepaid: Money | None = None,
    taxed_before: Mapping[Decimal, Money] | None = None,
) -> DocumentTotals:
    """`compute_totals` for lines that already carry their names.

    Raises:
        DocumentArithmeticError: as `compute_totals` does.
    """
    return compute_totals(
        [line.pricing for line in lines],
        allowances,
        charges,
        prepaid,
        currency=currency,
        taxed_before=taxed_before,
    )
