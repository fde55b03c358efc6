"""What the buyer's decisions do to quotes."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.procurement.lifecycles import QUOTE
from karavan.modules.procurement.models import Quote, Request
from karavan.modules.procurement.queries.rows import (
    locked_quote,
    locked_quotes,
    locked_request,
    visible_quote,
)
from karavan.modules.procurement.states import WAITING_QUOTE, QuoteState


async def reject(
    session: AsyncSession, actor: Actor, quote_id: UUID, body: TransitionBody
) -> Quote:
    """Tell one vendor no, with the reason."""
    found = await visible_quote(session, quote_id)
    if found.buyer_organisation_id == actor.organisation_id:
        await locked_request(session, found.request_id)
    quote = await locked_quote(session, quote_id)
    move = QUOTE.check(quote, "reject", actor, await database_now(session), body)
    _reject(quote, move.reason)
    return QUOTE.apply(session, move, data={"request_id": str(quote.request_id)})


async def reject_open_quotes(
    session: AsyncSession, actor: Actor | None, request: Request, reason: str | None
) -> list[Quote]:
    """Reject every quote that is still waiting, because the request ends without an award."""
    return await _reject_all(session, actor, request.id, WAITING_QUOTE, reason)


async def reject_standby_quotes(
    session: AsyncSession, actor: Actor | None, request_id: UUID, reason: str | None
) -> list[Quote]:
    """Reject the quotes that waited for the winner to sign."""
    return await _reject_all(session, actor, request_id, {QuoteState.STANDBY}, reason)


async def _reject_all(
    session: AsyncSession,
    actor: Actor | None,
    request_id: UUID,
    states: Collection[QuoteState],
    reason: str | None,
) -> list[Quote]:
    quotes = await locked_quotes(session, request_id, states)
    now: datetime = await database_now(session)
    for quote in quotes:
        body = TransitionBody(reason=reason)
        move = QUOTE.check(quote, "reject", actor, now, body, consequence=True)
        _reject(quote, reason)
        QUOTE.apply(session, move, data={"request_id": str(request_id)})
    return quotes


def _reject(quote: Quote, reason: str | None) -> None:
    quote.rejected_reason = reason
    quote.shortlisted = False
