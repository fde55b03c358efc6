"""From rows to files: what an invoice's PDF and XML are drawn from, and what the XML still lacks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.documents.formatting import Language
from karavan.kit.documents.totals import PricedLine
from karavan.kit.errors import FieldError
from karavan.kit.money import Money
from karavan.modules.invoicing.actions.rows import rows_of, taxed_before
from karavan.modules.invoicing.amounts import treatments
from karavan.modules.invoicing.errors import IncompleteForExchangeError
from karavan.modules.invoicing.models import Invoice, InvoiceRow
from karavan.modules.invoicing.parties import completed, party_of, party_snapshot
from karavan.modules.invoicing.rendering.peppol_rules import fatal_violations
from karavan.modules.invoicing.rendering.ubl import render_ubl
from karavan.modules.invoicing.rendering.view import (
    DocumentKind,
    DocumentMark,
    InvoiceLine,
    InvoiceReference,
    InvoiceView,
    Payment,
    totals_of,
)
from karavan.modules.invoicing.states import InvoiceState

_OUTSIDE_VAT = {
    Language.ENGLISH: "Not subject to VAT",
    Language.RUSSIAN: "НДС не облагается",
    Language.KAZAKH: "ҚҚС салынбайды",
}
_MARKS = {InvoiceState.DRAFT: DocumentMark.DRAFT, InvoiceState.VOID: DocumentMark.VOID}
_TRANSFER, _UNDEFINED = "30", "1"


async def view_on_paper(session: AsyncSession, invoice: Invoice) -> InvoiceView:
    """What the PDF says: of a sent document, its frozen parties; of a draft, the present ones."""
    seller, buyer = await _present_parties(session, invoice)
    return _view(
        invoice,
        await rows_of(session, invoice.id),
        await taxed_before(session, invoice),
        seller=invoice.seller or seller,
        buyer=invoice.buyer or buyer,
        now=await database_now(session),
    )


async def view_for_exchange(session: AsyncSession, invoice: Invoice) -> InvoiceView:
    """What the XML says: the frozen parties, with what they left empty filled in from the present details.

    A missing address would otherwise make a sent invoice unfit for exchange for ever; nothing that stands on the
    paper is changed by it.
    """
    seller, buyer = await _present_parties(session, invoice)
    view = _view(
        invoice,
        await rows_of(session, invoice.id),
        await taxed_before(session, invoice),
        seller=completed(invoice.seller, seller),
        buyer=completed(invoice.buyer, buyer),
        now=await database_now(session),
    )
    if view.buyer_reference or view.order_reference:
        return view
    # The rules want to know to whom the document is routed (R003); without a reference that is the buyer as a whole.
    return replace(view, buyer_reference=invoice.buyer_organisation_name)


async def _present_parties(
    session: AsyncSession, invoice: Invoice
) -> tuple[dict[str, Any], dict[str, Any]]:
    # The seller's bank account stands on the document, whichever side opens it.
    async with as_system(session):
        seller = await party_snapshot(session, invoice.organisation_id)
        buyer = await party_snapshot(session, invoice.buyer_organisation_id)
    return seller, {key: value for key, value in buyer.items() if key != "bank"}


def _view(
    invoice: Invoice,
    rows: Sequence[InvoiceRow],
    before: Mapping[Decimal, Money],
    *,
    seller: dict[str, Any],
    buyer: dict[str, Any],
    now: datetime,
) -> InvoiceView:
    language = Language(invoice.language)
    taxes = treatments([row.tax_rate for row in rows], _OUTSIDE_VAT[language])
    lines = tuple(
        InvoiceLine(
            name=row.name,
            description=row.description,
            pricing=PricedLine(row.quantity, Money(row.unit_price_amount, invoice.currency), tax),
            unit_code=row.unit,
        )
        for row, tax in zip(rows, taxes, strict=True)
    )
    seller_party = party_of(seller, charges_vat=any(row.tax_rate > 0 for row in rows))
    issued_at = invoice.sent_at or now
    kind = DocumentKind(invoice.kind)
    return InvoiceView(
        kind=kind,
        number=invoice.number or "",
        issue_date=invoice.issue_date or issued_at.date(),
        issued_at=issued_at,
        language=language,
        seller=seller_party,
        buyer=party_of(buyer),
        lines=lines,
        totals=totals_of(lines, invoice.currency, taxed_before=before),
        due_date=invoice.due_date,
        payment_terms=invoice.payment_terms,
        payment=Payment(
            means_code=_TRANSFER if seller_party.bank else _UNDEFINED,
            account=seller_party.bank,
            reference=invoice.number or "",
        ),
        note=invoice.notes,
        buyer_reference=invoice.buyer_reference,
        order_reference=invoice.subject_label,
        corrects=(
            InvoiceReference(invoice.corrects_number, invoice.corrects_date)
            if invoice.corrects_number
            else None
        ),
        mark=_MARKS.get(InvoiceState(invoice.state), DocumentMark.NONE),
    )


def exchangeable_xml(invoice: Invoice, view: InvoiceView) -> bytes:
    """The document as UBL that a receiver would accept.

    Raises:
        IncompleteForExchangeError: `errors` names every broken rule, and `meta.missing` says where to mend it.
    """
    xml = render_ubl(view)
    violations = fatal_violations(xml)
    if not violations:
        return xml
    places = {
        "AccountingSupplierParty": f"/organisations/{invoice.organisation_id}",
        "AccountingCustomerParty": f"/organisations/{invoice.buyer_organisation_id}",
        "PaymentMeans": f"/organisations/{invoice.organisation_id}",
    }
    raise IncompleteForExchangeError(
        errors=[
            FieldError(pointer=f"#{one.path}", code=one.rule, detail=one.message)
            for one in violations
        ],
        missing=[
            {
                "rule": one.rule,
                "path": one.path,
                "detail": one.message,
                "enter_at": next(
                    (place for part, place in places.items() if part in one.path),
                    f"/invoices/{invoice.id}",
                ),
            }
            for one in violations
        ],
    )
