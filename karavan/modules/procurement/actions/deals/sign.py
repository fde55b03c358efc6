"""Both sides sign the same terms; the second signature makes the contract."""

import asyncio
import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.documents.formatting import Language
from karavan.modules.media.public import save_generated
from karavan.modules.procurement.actions.approvals.require import require_subject
from karavan.modules.procurement.actions.approvals.void import void_terms
from karavan.modules.procurement.actions.deals.commitment import terms_subject
from karavan.modules.procurement.actions.deals.contract import contract_view
from karavan.modules.procurement.actions.deals.rows import (
    announce,
    locked_deal,
    terms_of,
    visible_deal,
)
from karavan.modules.procurement.actions.deals.terms import refuse_other_terms
from karavan.modules.procurement.actions.quotes.reject import reject_standby_quotes
from karavan.modules.procurement.lifecycles import DEAL
from karavan.modules.procurement.models import Deal, DealSignature, DealTerms, Request
from karavan.modules.procurement.queries.rows import locked_request
from karavan.modules.procurement.rendering import render_contract
from karavan.modules.procurement.schemas.deals import SignBody
from karavan.modules.procurement.states import DealState

_SIDES = 2
_ANOTHER_CHOSEN = {
    Language.ENGLISH: "The order went to another vendor.",
    Language.RUSSIAN: "Заказ получил другой поставщик.",
    Language.KAZAKH: "Тапсырыс басқа жеткізушіге берілді.",
}


async def sign(session: AsyncSession, actor: Actor, deal_id: UUID, body: SignBody) -> Deal:
    """Sign the present terms, named by their number and hash. The second side's signature moves the deal to `contract`,
    fixes the contract's PDF by its hash and, once no deal of the request is still negotiated, rejects the losing quotes.
    """
    seen = await visible_deal(session, deal_id)
    # Deals of one request are signed one after another: of two last signatures at once, one must see the other, or
    # neither would reject the losers. An award takes the same locks in the same order.
    async with as_system(session):
        request = await locked_request(session, seen.request_id, anybodys=True)
    deal = await locked_deal(session, deal_id)
    now = await database_now(session)
    move = DEAL.check(deal, "sign", actor, now, body)
    terms = await terms_of(session, deal.id, deal.terms_number)
    refuse_other_terms(terms, body, now)
    side = move.situation.party
    if side == "buyer":
        await _keep_spending_limits(session, actor, request, deal, terms)
    session.add(
        DealSignature(
            deal_id=deal.id,
            organisation_id=deal.organisation_id,
            vendor_organisation_id=deal.vendor_organisation_id,
            terms_number=terms.number,
            side=side,
            signed_by=actor.user_id,
            signed_by_name=actor.display_name,
            signed_by_role=actor.role.value,
            ip=actor.ip,
            content_sha256=body.content_sha256,
            created_at=now,
        )
    )
    await session.flush()
    deal.signed_by = [*deal.signed_by, side]
    complete = len(deal.signed_by) == _SIDES
    if complete:
        await _conclude(session, deal, terms, now)
    DEAL.apply(
        session,
        move,
        target=DealState.CONTRACT if complete else DealState.NEGOTIATION,
        after={
            "terms_number": terms.number,
            "content_sha256": body.content_sha256,
            "contract_sha256": deal.contract_sha256,
        },
        data={
            "terms_number": terms.number,
            "side": side,
            "complete": complete,
            "title": deal.title,
        },
    )
    await announce(
        session,
        actor,
        deal,
        "contract_concluded" if complete else "signed",
        number=terms.number,
    )
    if complete:
        await _reject_losers(session, actor, deal)
    return deal


async def _keep_spending_limits(
    session: AsyncSession, actor: Actor, request: Request, deal: Deal, terms: DealTerms
) -> None:
    """Terms by which the award has grown need the agreement that an award of that sum would need.

    Raises:
        ApprovalRequiredError: somebody's agreement to exactly these terms is missing.
    """
    subject = await terms_subject(session, actor, request, deal, terms)
    if subject is not None:
        await require_subject(session, actor, request, subject)


async def _conclude(session: AsyncSession, deal: Deal, terms: DealTerms, now: datetime) -> None:
    """Fix the contract. It is drawn before the commit, because its hash belongs to the signature; that takes some tenths
    of a second in a thread, while nothing but this deal and its request is locked.
    """
    deal.signed_at = now
    deal.cancel_asked_by = []
    view = await contract_view(session, deal, terms, now)
    content = await asyncio.to_thread(render_contract, view)
    deal.contract_sha256 = hashlib.sha256(content).hexdigest()
    async with as_system(session):
        await void_terms(session, deal)
        file = await save_generated(
            session,
            deal.organisation_id,
            name=f"{deal.number}.pdf",
            content_type="application/pdf",
            content=content,
        )
    deal.contract_media_id = file.id


async def _reject_losers(session: AsyncSession, actor: Actor, deal: Deal) -> None:
    """While another deal of the request is negotiated, its vendor may still refuse and a loser be awarded."""
    async with as_system(session):
        negotiated = await session.execute(
            select(Deal.id).where(
                Deal.request_id == deal.request_id,
                Deal.id != deal.id,
                Deal.state == DealState.NEGOTIATION,
            )
        )
        if negotiated.first() is None:
            reason = _ANOTHER_CHOSEN[Language(deal.language)]
            await reject_standby_quotes(session, actor, deal.request_id, reason)
