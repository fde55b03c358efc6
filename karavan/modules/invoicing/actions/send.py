"""A draft becomes a document: it gets its number, its date and its parties, and never changes again."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.errors import invalid
from karavan.kit.lifecycle import Move, TransitionBody
from karavan.kit.numbering import next_number
from karavan.modules.invoicing.actions.facts import facts
from karavan.modules.invoicing.actions.pay import settle
from karavan.modules.invoicing.actions.rows import find_invoice, lock_invoice
from karavan.modules.invoicing.amounts import due_amount
from karavan.modules.invoicing.lifecycle import CREDIT_NOTE, INVOICE
from karavan.modules.invoicing.models import Invoice
from karavan.modules.invoicing.parties import party_snapshot
from karavan.modules.invoicing.states import SERIES, InvoiceKind
from karavan.modules.invoicing.trade import refuse_strangers


async def send(
    session: AsyncSession, actor: Actor, invoice_id: UUID, body: TransitionBody
) -> Invoice:
    """Send a draft to its buyer. It takes the next number of the seller's year, without gaps, and both parties'
    details as they are now.

    Raises:
        NoTradeError: it is for no deal or order, and its parties have nothing to do with each other any more.
    """
    seen = await find_invoice(session, invoice_id)
    if seen.organisation_id != actor.organisation_id:
        # A side that may not send is refused before the lock, which its transaction could not take.
        INVOICE.check(seen, "send", actor, await database_now(session), body)
    invoice = await lock_invoice(session, invoice_id)
    now = await database_now(session)
    move = INVOICE.check(invoice, "send", actor, now, body)
    if invoice.due_date is not None and invoice.due_date < now.date():
        raise invalid("#/due_date", "past", "The due date has passed. Set a later one first.")
    if invoice.subject_type is None:
        await refuse_strangers(session, invoice.organisation_id, invoice.buyer_organisation_id)
    async with as_system(session):
        await _finish(session, invoice, move)
    return invoice


async def send_now(
    session: AsyncSession, actor: Actor, invoice: Invoice, *, consequence: bool
) -> None:
    """Send a document that this transaction has written, as the system.

    Args:
        consequence: it follows from another act that the actor was allowed.
    """
    now = await database_now(session)
    lifecycle = CREDIT_NOTE if invoice.kind == InvoiceKind.CREDIT_NOTE else INVOICE
    move = lifecycle.check(invoice, "send", actor, now, consequence=consequence)
    await _finish(session, invoice, move)


async def _finish(session: AsyncSession, invoice: Invoice, move: Move[Invoice]) -> None:
    """Runs as the system: a number series and a bank account may be those of the other side."""
    now = move.situation.now
    kind = InvoiceKind(invoice.kind)
    if not invoice.seller:
        invoice.seller = await party_snapshot(session, invoice.organisation_id)
        buyer = await party_snapshot(session, invoice.buyer_organisation_id)
        # Where the buyer keeps their money is no business of the seller's.
        invoice.buyer = {key: value for key, value in buyer.items() if key != "bank"}
    invoice.issue_date = now.date()
    invoice.due_date = invoice.due_date or (now.date() if kind is InvoiceKind.INVOICE else None)
    invoice.sent_at = now
    # Taken last: writers of one series wait for one another from here to the commit.
    await session.flush()
    invoice.number = await next_number(
        session, invoice.organisation_id, series=SERIES[kind], year=now.year
    )
    lifecycle = CREDIT_NOTE if kind is InvoiceKind.CREDIT_NOTE else INVOICE
    lifecycle.apply(
        session,
        move,
        after={"number": invoice.number, "total_amount": invoice.total_amount},
        data=facts(invoice),
    )
    if kind is InvoiceKind.INVOICE and due_amount(invoice) == 0:
        # Everything on it was free: there is nothing to wait for.
        await settle(session, move.situation.actor, invoice)
    await session.flush()
