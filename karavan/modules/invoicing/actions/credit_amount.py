"""An amount is credited to what an invoice was written for, whatever its quantities."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import ForbiddenError
from karavan.kit.money import Money
from karavan.modules.invoicing.actions.credit import CreditPart, credited_by_line, issue_note
from karavan.modules.invoicing.actions.rows import lock_invoice, rows_of
from karavan.modules.invoicing.amounts import NewLine
from karavan.modules.invoicing.errors import CreditTooLargeError
from karavan.modules.invoicing.models import Invoice, InvoiceRow
from karavan.modules.invoicing.states import InvoiceKind, InvoiceState


class NewCredit(Struct, frozen=True, kw_only=True):
    """An amount to be given back.

    Attributes:
        subject_type, subject_id: what the invoice was written for, such as an order.
        amount: minor units without tax; each line's own tax comes on top.
        line: description and name of the one line that it is for; nothing spreads it over all of them.
    """

    subject_type: str
    subject_id: UUID
    amount: int
    reason: str
    line: tuple[str | None, str | None] | None = None


async def credit_amount(session: AsyncSession, actor: Actor, new: NewCredit) -> Invoice | None:
    """Send a credit note of an amount for the invoice of a subject.

    Spread over several lines it follows what remains of each.

    Returns:
        The credit note; nothing when the subject has no invoice that was sent and not voided.

    Raises:
        ForbiddenError: the actor is the buyer.
        CreditTooLargeError: more than remains of the line, or of the invoice.
    """
    invoice_id = await session.scalar(
        select(Invoice.id).where(
            Invoice.subject_type == new.subject_type,
            Invoice.subject_id == new.subject_id,
            Invoice.kind == InvoiceKind.INVOICE,
            Invoice.state.in_((InvoiceState.SENT, InvoiceState.PAID)),
        )
    )
    if invoice_id is None:
        return None
    invoice = await lock_invoice(session, invoice_id)
    if invoice.organisation_id != actor.organisation_id:
        raise ForbiddenError("Only the seller may do this.", side="buyer")
    if invoice.state not in {InvoiceState.SENT, InvoiceState.PAID}:
        # It was voided while its row was waited for.
        return None
    rows = await rows_of(session, invoice.id)
    if new.line is not None:
        rows = [row for row in rows if (row.description, row.name) == new.line]
    credited = await credited_by_line(session, invoice.id)
    remaining = [row.net_amount - credited.get(row.id, 0) for row in rows]
    if new.amount > sum(remaining):
        raise CreditTooLargeError(
            remaining={"amount": sum(remaining), "currency": invoice.currency}
        )
    parts = _spread(Money(new.amount, invoice.currency), rows, remaining)
    return await issue_note(session, actor, invoice, parts, new.reason)


def _spread(
    amount: Money, rows: Sequence[InvoiceRow], remaining: Sequence[int]
) -> list[CreditPart]:
    shares = amount.split(remaining)
    return [
        CreditPart(
            row,
            NewLine(
                name=row.name,
                description=row.description,
                quantity=Decimal(1),
                unit=row.unit,
                unit_price_amount=share.amount,
                tax_rate=row.tax_rate,
            ),
        )
        for row, share in zip(rows, shares, strict=True)
        if share.amount > 0
    ]
