"""An invoice is corrected by a credit note."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.db import as_system
from karavan.kit.documents.totals import DocumentTotals
from karavan.kit.errors import ForbiddenError, invalid
from karavan.kit.ids import new_id
from karavan.modules.invoicing.actions.pay import settle
from karavan.modules.invoicing.actions.rows import (
    find_invoice,
    lock_invoice,
    rows_of,
    taxed_before,
    write_rows,
)
from karavan.modules.invoicing.actions.send import send_now
from karavan.modules.invoicing.amounts import NewLine, totals_of_lines
from karavan.modules.invoicing.errors import CreditTooLargeError, NotCreditableError
from karavan.modules.invoicing.lifecycle import CREDIT_NOTE, INVOICE
from karavan.modules.invoicing.models import Invoice, InvoiceRow
from karavan.modules.invoicing.schemas import CreditLineBody, CreditNoteBody
from karavan.modules.invoicing.states import InvoiceKind, InvoiceState


class CreditPart(Struct, frozen=True):
    """A line of the credit note and the line of the invoice that it takes back."""

    row: InvoiceRow
    line: NewLine


async def credit(
    session: AsyncSession, actor: Actor, invoice_id: UUID, body: CreditNoteBody
) -> Invoice:
    """Send a credit note for the whole invoice or for some of its lines, and take it off what is due.

    The invoice's row is locked, so the credit notes of one invoice together never exceed it: neither by line nor in
    total.

    Returns:
        The credit note, sent and numbered.

    Raises:
        NotFoundError: the actor's organisation knows no such invoice.
        ForbiddenError: it is the buyer's.
        NotCreditableError: it was not sent, is a credit note, or nothing was paid yet and it can be voided.
        CreditTooLargeError: more than remains; `meta` says how much that is.
        ValidationError: a line that is not on the invoice, or a price above the invoiced one.
    """
    seen = await find_invoice(session, invoice_id)
    if seen.organisation_id != actor.organisation_id:
        raise ForbiddenError("Only the seller may do this.", side="buyer")
    invoice = await lock_invoice(session, invoice_id)
    if invoice.kind != InvoiceKind.INVOICE or invoice.state not in {
        InvoiceState.SENT,
        InvoiceState.PAID,
    }:
        raise NotCreditableError(state=invoice.state, kind=invoice.kind)
    rows = await rows_of(session, invoice.id)
    parts = _whole(invoice, rows) if body.full else _parts(invoice, rows, body.lines)
    return await issue_note(session, actor, invoice, parts, body.reason)


async def issue_note(
    session: AsyncSession,
    actor: Actor,
    invoice: Invoice,
    parts: Sequence[CreditPart],
    reason: str,
) -> Invoice:
    """Send the credit note of these parts of a locked invoice, and take it off what is due.

    Raises:
        CreditTooLargeError: more than remains; `meta` says how much that is.
    """
    note = _blank_note(actor, invoice, reason)
    before = await taxed_before(session, note)
    totals = totals_of_lines([one.line for one in parts], invoice.currency, before)
    _check_ceiling(invoice, parts, totals, await credited_by_line(session, invoice.id))
    session.add(note)
    await session.flush()
    write_rows(session, note, [one.line for one in parts], [one.row.id for one in parts], before)
    async with as_system(session):
        await send_now(session, actor, note, consequence=True)
    credited = invoice.credited_amount
    invoice.credited_amount += note.total_amount
    record_audit(
        session,
        actor,
        "invoice.credit",
        target_type="invoice",
        target_id=invoice.id,
        target_label=invoice.number or "",
        before={"credited_amount": credited},
        after={"credited_amount": invoice.credited_amount, "credit_note": note.number},
        reason=reason,
    )
    await settle(session, actor, invoice)
    INVOICE.record(session, invoice, "credited", actor, reason=reason, data={"number": note.number})
    await session.flush()
    return note


async def credited_by_line(session: AsyncSession, invoice_id: UUID) -> dict[UUID, int]:
    """What the credit notes so far have taken back of each line, in minor units without tax."""
    found = await session.execute(
        select(InvoiceRow.corrects_line_id, func.sum(InvoiceRow.net_amount))
        .join(Invoice, Invoice.id == InvoiceRow.invoice_id)
        .where(Invoice.corrects_id == invoice_id)
        .group_by(InvoiceRow.corrects_line_id)
    )
    return {line_id: int(total) for line_id, total in found if line_id is not None}


def _whole(invoice: Invoice, rows: Sequence[InvoiceRow]) -> list[CreditPart]:
    if invoice.credited_amount:
        raise CreditTooLargeError(
            "A part is credited already: name the lines that remain.",
            remaining=_remaining(invoice),
        )
    if not invoice.paid_amount and invoice.state == InvoiceState.SENT:
        raise NotCreditableError("Nothing has been paid: void the invoice instead.")
    return [CreditPart(row, _line(row)) for row in rows]


def _parts(
    invoice: Invoice, rows: Sequence[InvoiceRow], wanted: Sequence[CreditLineBody]
) -> list[CreditPart]:
    by_id = {row.id: row for row in rows}
    parts: list[CreditPart] = []
    for index, part in enumerate(wanted):
        row = by_id.pop(part.line_id, None)
        pointer = f"#/lines/{index}"
        if row is None:
            raise invalid(
                f"{pointer}/line_id",
                "unknown",
                "The invoice has no such line, or it is named twice.",
            )
        price = part.unit_price
        if price is not None and price.currency != invoice.currency:
            raise invalid(
                f"{pointer}/unit_price/currency",
                "currency",
                f"The invoice is in {invoice.currency}.",
            )
        if price is not None and price.amount > row.unit_price_amount:
            raise invalid(
                f"{pointer}/unit_price", "too_large", "The invoiced price was lower than this."
            )
        if part.quantity > row.quantity:
            raise invalid(f"{pointer}/quantity", "too_large", "The invoiced quantity was smaller.")
        line = NewLine(
            name=row.name,
            description=row.description,
            quantity=part.quantity,
            unit=row.unit,
            unit_price_amount=row.unit_price_amount if price is None else price.amount,
            tax_rate=row.tax_rate,
        )
        parts.append(CreditPart(row, line))
    return parts


def _check_ceiling(
    invoice: Invoice,
    parts: Sequence[CreditPart],
    totals: DocumentTotals,
    credited: Mapping[UUID, int],
) -> None:
    for index, (one, net) in enumerate(zip(parts, totals.line_nets, strict=True)):
        remaining = one.row.net_amount - credited.get(one.row.id, 0)
        if net.amount > remaining:
            raise CreditTooLargeError(
                line=index, remaining={"amount": remaining, "currency": invoice.currency}
            )
    total = totals.tax_inclusive.amount
    if total <= 0:
        raise invalid("#/lines", "nothing", "A credit note gives something back.")
    if total > invoice.total_amount - invoice.credited_amount:
        raise CreditTooLargeError(remaining=_remaining(invoice))


def _remaining(invoice: Invoice) -> dict[str, int | str]:
    return {
        "amount": invoice.total_amount - invoice.credited_amount,
        "currency": invoice.currency,
    }


def _line(row: InvoiceRow) -> NewLine:
    return NewLine(
        name=row.name,
        description=row.description,
        quantity=row.quantity,
        unit=row.unit,
        unit_price_amount=row.unit_price_amount,
        tax_rate=row.tax_rate,
    )


def _blank_note(actor: Actor, invoice: Invoice, reason: str) -> Invoice:
    return Invoice(
        id=new_id(),
        kind=InvoiceKind.CREDIT_NOTE,
        state=CREDIT_NOTE.initial,
        organisation_id=invoice.organisation_id,
        organisation_name=invoice.organisation_name,
        buyer_organisation_id=invoice.buyer_organisation_id,
        buyer_organisation_name=invoice.buyer_organisation_name,
        subject_type=invoice.subject_type,
        subject_id=invoice.subject_id,
        subject_label=invoice.subject_label,
        corrects_id=invoice.id,
        corrects_number=invoice.number,
        corrects_date=invoice.issue_date,
        correction_reason=reason,
        language=invoice.language,
        currency=invoice.currency,
        net_amount=0,
        tax_amount=0,
        total_amount=0,
        buyer_reference=invoice.buyer_reference,
        notes=reason,
        seller=invoice.seller,
        buyer=invoice.buyer,
        created_by=actor.user_id,
        created_by_name=actor.display_name,
    )
