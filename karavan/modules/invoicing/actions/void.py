"""A document is taken back before anything was paid."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.invoicing.actions.facts import facts
from karavan.modules.invoicing.actions.rows import find_invoice, lock_invoice
from karavan.modules.invoicing.lifecycle import INVOICE
from karavan.modules.invoicing.models import Invoice


async def void(
    session: AsyncSession, actor: Actor, invoice_id: UUID, body: TransitionBody
) -> Invoice:
    """Declare an invoice void before any payment. It keeps its number, so that the series has no gap."""
    seen = await find_invoice(session, invoice_id)
    now = await database_now(session)
    if seen.organisation_id != actor.organisation_id:
        INVOICE.check(seen, "void", actor, now, body)
    invoice = await lock_invoice(session, invoice_id)
    move = INVOICE.check(invoice, "void", actor, now, body)
    invoice.voided_at = now
    return INVOICE.apply(session, move, data=facts(invoice))
