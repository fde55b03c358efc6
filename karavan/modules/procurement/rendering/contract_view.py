"""What a contract says, as frozen data: the only input of its PDF.

The hash of the PDF is stored and signed, so nothing that changes with time may enter here except
through the fields below.
"""

from datetime import date, datetime

from msgspec import Struct

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.parties import Party
from karavan.kit.documents.totals import Adjustment, DocumentTotals, PricedLine


class ContractLine(Struct, frozen=True):
    """One item of the specification; `unit_code` is of UN/ECE Rec 20 (H87 is a piece)."""

    name: str
    pricing: PricedLine
    unit_code: str = "H87"
    description: str = ""
    seller_item_code: str = ""
    lead_time_days: int | None = None


class ContractTerms(Struct, frozen=True):
    """What the parties agreed on; an empty text leaves its clause out.

    `delivery_terms` is an Incoterms rule or the parties' own words, `lead_time_days` counts calendar
    days from signing.
    """

    subject: str = ""
    delivery_terms: str = ""
    delivery_place: str = ""
    lead_time_days: int | None = None
    payment_terms: str = ""
    warranty: str = ""
    penalties: str = ""
    other: str = ""


class ContractSignature(Struct, frozen=True):
    """Who signed for a party, when, and which version of the terms."""

    signed_by: str
    signed_at: datetime
    version: int
    position: str = ""


class ContractView(Struct, frozen=True):
    """A supply contract between two companies.

    `created_at` becomes the creation date inside the PDF: use the moment at which the version was
    proposed, or the last signature, never the present one. `request_number` and `quote_number` tie
    the contract to the tender that it came from. A draft is marked as one: not both sides have signed.
    """

    number: str
    version: int
    concluded_on: date
    created_at: datetime
    language: Language
    supplier: Party
    buyer: Party
    lines: tuple[ContractLine, ...]
    totals: DocumentTotals
    terms: ContractTerms
    place: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    request_number: str = ""
    quote_number: str = ""
    allowances: tuple[Adjustment, ...] = ()
    charges: tuple[Adjustment, ...] = ()
    supplier_signature: ContractSignature | None = None
    buyer_signature: ContractSignature | None = None
    is_draft: bool = False

    @property
    def currency(self) -> str:
        """The currency of the contract."""
        return self.totals.currency
