"""Locking a document, and writing its lines."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError
from karavan.kit.locks import find_row
from karavan.kit.money import Money
from karavan.kit.tenancy import caller_is
from karavan.modules.invoicing.amounts import NewLine, totals_of_lines
from karavan.modules.invoicing.models import Invoice, InvoiceRow

_SIDES = caller_is(Invoice.organisation_id, Invoice.buyer_organisation_id)


async def lock_invoice(session: AsyncSession, invoice_id: UUID) -> Invoice:
    """The document's row, locked.

    Raises:
        NotFoundError: there is none that the transaction may change. A buyer's transaction may not, so check with
            `find_invoice` first whether they may at least know of it.
    """
    return await find_row(
        session, select(Invoice).where(Invoice.id == invoice_id, _SIDES), lock=True
    )


async def find_invoice(session: AsyncSession, invoice_id: UUID) -> Invoice:
    """The document, unlocked.

    Raises:
        NotFoundError: there is none that the transaction may see.
    """
    found = await session.execute(select(Invoice).where(Invoice.id == invoice_id, _SIDES))
    invoice = found.scalar_one_or_none()
    if invoice is None:
        raise NotFoundError
    return invoice


async def rows_of(session: AsyncSession, invoice_id: UUID) -> Sequence[InvoiceRow]:
    """The document's lines in their order."""
    found = await session.execute(
        select(InvoiceRow).where(InvoiceRow.invoice_id == invoice_id).order_by(InvoiceRow.position)
    )
    return found.scalars().all()


async def taxed_before(session: AsyncSession, invoice: Invoice) -> dict[Decimal, Money]:
    """What the credit notes before this one have taken back of the same invoice, by rate; nothing for an invoice.

    Each note rounds its tax. Without this the last of several could not give back what remains, or would leave a cent
    due for ever.
    """
    if invoice.corrects_id is None:
        return {}
    earlier = select(Invoice.id).where(
        Invoice.corrects_id == invoice.corrects_id, Invoice.id != invoice.id
    )
    if invoice.sent_at is not None:
        earlier = earlier.where(Invoice.sent_at < invoice.sent_at)
    found = await session.execute(
        select(InvoiceRow.tax_rate, func.sum(InvoiceRow.net_amount))
        .where(InvoiceRow.invoice_id.in_(earlier))
        .group_by(InvoiceRow.tax_rate)
    )
    return {rate.normalize(): Money(int(net), invoice.currency) for rate, net in found}


def write_rows(
    session: AsyncSession,
    invoice: Invoice,
    lines: Sequence[NewLine],
    corrected: Sequence[UUID] | None = None,
    before: Mapping[Decimal, Money] | None = None,
) -> None:
    """Write the lines of a document whose row is flushed, and set its totals.

    Args:
        corrected: the line of the corrected invoice for each line of a credit note.
        before: of a credit note, what `taxed_before` says.
    """
    totals = totals_of_lines(lines, invoice.currency, before)
    invoice.net_amount = totals.tax_exclusive.amount
    invoice.tax_amount = totals.tax.amount
    invoice.total_amount = totals.tax_inclusive.amount
    session.add_all(
        InvoiceRow(
            invoice_id=invoice.id,
            organisation_id=invoice.organisation_id,
            position=position,
            name=line.name,
            description=line.description,
            quantity=line.quantity,
            unit=line.unit,
            unit_price_amount=line.unit_price_amount,
            tax_rate=line.tax_rate,
            net_amount=net.amount,
            corrects_line_id=corrected[position - 1] if corrected else None,
        )
        for position, (line, net) in enumerate(zip(lines, totals.line_nets, strict=True), 1)
    )
