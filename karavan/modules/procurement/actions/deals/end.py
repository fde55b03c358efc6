"""Ways in which a deal ends: refused by the vendor, cancelled by both sides, archived when it is paid."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.procurement.actions.approvals.void import void_terms
from karavan.modules.procurement.actions.deals.rows import announce, locked_deal
from karavan.modules.procurement.lifecycles import DEAL
from karavan.modules.procurement.models import Deal
from karavan.modules.procurement.states import DealState

_SIDES = 2


async def refuse(session: AsyncSession, actor: Actor, deal_id: UUID, body: TransitionBody) -> Deal:
    """Refuse the deal before the contract. The buyer may award the freed lines to a quote on standby."""
    deal = await locked_deal(session, deal_id)
    move = DEAL.check(deal, "refuse", actor, await database_now(session), body)
    async with as_system(session):
        await void_terms(session, deal)
    DEAL.apply(session, move, data=_facts(deal))
    await announce(session, actor, deal, "refused", reason=move.reason or "")
    return deal


async def cancel(session: AsyncSession, actor: Actor, deal_id: UUID, body: TransitionBody) -> Deal:
    """Ask to cancel the deal, or agree to the other side's wish: it is cancelled when both want it.

    New terms and a concluded contract let a wish lapse.
    """
    deal = await locked_deal(session, deal_id)
    move = DEAL.check(deal, "cancel", actor, await database_now(session), body)
    deal.cancel_asked_by = [*deal.cancel_asked_by, move.situation.party]
    agreed = len(deal.cancel_asked_by) == _SIDES
    if agreed:
        async with as_system(session):
            await void_terms(session, deal)
    DEAL.apply(
        session,
        move,
        target=DealState.CANCELLED if agreed else DealState(deal.state),
        event=None if agreed else "cancel_asked",
        after={"cancel_asked_by": deal.cancel_asked_by},
        data={**_facts(deal), "side": move.situation.party},
    )
    verb = "cancelled" if agreed else "cancel_asked"
    await announce(session, actor, deal, verb, reason=move.reason or "")
    return deal


async def archive(
    session: AsyncSession, actor: Actor | None, deal_id: UUID, body: TransitionBody | None = None
) -> Deal:
    """Put a paid deal away.

    Args:
        actor: nothing when the clock does it.
    """
    deal = await locked_deal(session, deal_id)
    now = await database_now(session)
    move = DEAL.check(deal, "archive", actor, now, body)
    deal.archived_at = now
    DEAL.apply(session, move, data=_facts(deal))
    await announce(session, actor, deal, "archived")
    return deal


def _facts(deal: Deal) -> dict[str, str]:
    return {
        "title": deal.title,
        "request_id": str(deal.request_id),
        "quote_id": str(deal.quote_id),
    }
