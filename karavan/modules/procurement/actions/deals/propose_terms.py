"""Either side proposes other terms."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import invalid
from karavan.modules.procurement.actions.deals.rows import announce, locked_deal
from karavan.modules.procurement.actions.deals.terms import add_terms
from karavan.modules.procurement.lifecycles import DEAL
from karavan.modules.procurement.models import Deal
from karavan.modules.procurement.schemas.deals import ProposeTermsBody


async def propose_terms(
    session: AsyncSession, actor: Actor, deal_id: UUID, body: ProposeTermsBody
) -> Deal:
    """Propose a new version of the terms. It replaces the present one, and the signatures under that no longer count:
    both sides sign the same version or none.
    """
    deal = await locked_deal(session, deal_id)
    now = await database_now(session)
    move = DEAL.check(deal, "propose-terms", actor, now, body)
    if body.terms.valid_until is not None and body.terms.valid_until < now.date():
        raise invalid("#/terms/valid_until", "past", "The terms would have lapsed already.")
    before = {"terms_number": deal.terms_number, "total_amount": deal.total_amount}
    terms = await add_terms(
        session,
        deal,
        body.terms,
        actor,
        number=deal.terms_number + 1,
        side=move.situation.party,
        note=body.note,
    )
    DEAL.apply(
        session,
        move,
        before=before,
        after={"terms_number": terms.number, "total_amount": terms.total_amount},
        data={"terms_number": terms.number, "side": terms.proposed_by_side, "title": deal.title},
    )
    await announce(session, actor, deal, "terms_proposed", number=terms.number)
    return deal
