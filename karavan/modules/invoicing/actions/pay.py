"""Money reaches the seller."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import ForbiddenError, invalid
from karavan.modules.invoicing.actions.facts import facts
from karavan.modules.invoicing.actions.rows import find_invoice, lock_invoice
from karavan.modules.invoicing.amounts import due_amount
from karavan.modules.invoicing.errors import (
    DuplicatePaymentError,
    NotPayableError,
    PaymentTooLargeError,
)
from karavan.modules.invoicing.lifecycle import INVOICE
from karavan.modules.invoicing.models import Invoice, Payment
from karavan.modules.invoicing.permissions import PAYMENT_RECORD
from karavan.modules.invoicing.schemas import RecordPaymentBody
from karavan.modules.invoicing.states import InvoiceKind, InvoiceState


async def record_payment(
    session: AsyncSession, actor: Actor, invoice_id: UUID, body: RecordPaymentBody
) -> Payment:
    """Record a payment or a part of one; the part that settles the invoice makes it paid.

    Payments of one invoice follow one another through its row's lock, so together they never exceed what is due.

    Raises:
        NotFoundError: the actor's organisation knows no such invoice.
        ForbiddenError: it is the buyer's, or the role does not record payments.
        NotPayableError: it is a draft, void, settled, or a credit note.
        PaymentTooLargeError: more than is due; `due` says how much that is.
        DuplicatePaymentError: the reference is recorded already.
        ValidationError: another currency, or a day in the future.
    """
    seen = await find_invoice(session, invoice_id)
    if seen.organisation_id != actor.organisation_id:
        raise ForbiddenError("Only the seller may do this.", side="buyer")
    actor.require(PAYMENT_RECORD)
    invoice = await lock_invoice(session, invoice_id)
    now = await database_now(session)
    paid_on = body.paid_on or now.date()
    _check(invoice, body, paid_on, now.date())
    if await _recorded(session, invoice.id, body.reference):
        raise DuplicatePaymentError(reference=body.reference)
    payment = Payment(
        invoice_id=invoice.id,
        organisation_id=invoice.organisation_id,
        amount=body.amount.amount,
        currency=body.amount.currency,
        paid_on=paid_on,
        method=body.method,
        reference=body.reference,
        recorded_by=actor.user_id,
        recorded_by_name=actor.display_name,
    )
    session.add(payment)
    before = invoice.paid_amount
    invoice.paid_amount += payment.amount
    record_audit(
        session,
        actor,
        "invoice.record_payment",
        target_type="invoice",
        target_id=invoice.id,
        target_label=invoice.number or "",
        before={"paid_amount": before},
        after={"paid_amount": invoice.paid_amount, "reference": payment.reference},
    )
    await settle(session, actor, invoice)
    data = {**facts(invoice), "amount": {"amount": payment.amount, "currency": payment.currency}}
    INVOICE.record(session, invoice, "payment_recorded", actor, data=data)
    await session.flush()
    return payment


async def settle(session: AsyncSession, actor: Actor | None, invoice: Invoice) -> None:
    """Make a sent invoice paid when nothing is due any more; in any case count the change."""
    if invoice.state != InvoiceState.SENT or due_amount(invoice) > 0:
        invoice.version += 1
        return
    now = await database_now(session)
    invoice.paid_at = now
    move = INVOICE.check(invoice, "pay", actor, now, consequence=True)
    INVOICE.apply(session, move, after={"paid_amount": invoice.paid_amount}, data=facts(invoice))


def _check(invoice: Invoice, body: RecordPaymentBody, paid_on: date, today: date) -> None:
    if invoice.kind != InvoiceKind.INVOICE or invoice.state != InvoiceState.SENT:
        raise NotPayableError(state=invoice.state, kind=invoice.kind)
    if body.amount.currency != invoice.currency:
        raise invalid("#/amount/currency", "currency", f"The invoice is in {invoice.currency}.")
    # A day ahead is today in another time zone.
    if paid_on > today + timedelta(days=1):
        raise invalid("#/paid_on", "future", "A payment that was made lies in the past.")
    due = due_amount(invoice)
    if body.amount.amount > due:
        raise PaymentTooLargeError(due={"amount": due, "currency": invoice.currency})


async def _recorded(session: AsyncSession, invoice_id: UUID, reference: str) -> bool:
    found = await session.execute(
        select(Payment.id).where(Payment.invoice_id == invoice_id, Payment.reference == reference)
    )
    return found.first() is not None
