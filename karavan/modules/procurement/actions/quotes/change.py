"""What a vendor may still do with a quote: a new version, a word that it stands, or its withdrawal."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import within
from karavan.kit.lifecycle import Move, TransitionBody
from karavan.modules.procurement.actions.quotes.offers import read_offer, write_version
from karavan.modules.procurement.errors import (
    DeadlinePassedError,
    NotOpenError,
    OfferOutdatedError,
)
from karavan.modules.procurement.lifecycles import QUOTE
from karavan.modules.procurement.models import Quote
from karavan.modules.procurement.queries.asked import AskedRequest, held_request
from karavan.modules.procurement.queries.offers import present_offer
from karavan.modules.procurement.queries.rows import locked_quote, visible_quote
from karavan.modules.procurement.schemas.quotes import OfferBody, ReconfirmBody, UpdateQuoteBody
from karavan.modules.procurement.states import RequestState


async def update(
    session: AsyncSession, actor: Actor, quote_id: UUID, body: UpdateQuoteBody
) -> Quote:
    """Replace the offer by a new version, before the deadline. Earlier versions stay readable."""
    quote, request, move = await _begin(session, actor, quote_id, "update", body)
    return await _next_version(session, actor, quote, request, move, body.offer)


async def reconfirm(
    session: AsyncSession, actor: Actor, quote_id: UUID, body: ReconfirmBody
) -> Quote:
    """Say that the quote stands for the amended request, as it is or with a new version.

    As it is only while the same lines are asked for in the same quantities; else the offer must be sent again.
    """
    quote, request, move = await _begin(session, actor, quote_id, "reconfirm", body)
    offer = body.offer or await _unchanged_offer(session, quote, request)
    return await _next_version(session, actor, quote, request, move, offer)


async def withdraw(
    session: AsyncSession, actor: Actor, quote_id: UUID, body: TransitionBody
) -> Quote:
    """Take the quote back. A new one may follow while the request is open."""
    quote = await locked_quote(session, quote_id)
    move = QUOTE.check(quote, "withdraw", actor, await database_now(session), body)
    quote.shortlisted = False
    return QUOTE.apply(session, move, data={"request_id": str(quote.request_id)})


async def _unchanged_offer(session: AsyncSession, quote: Quote, request: AskedRequest) -> OfferBody:
    """The present offer, when it answers exactly what is asked for now.

    Raises:
        OfferOutdatedError: lines came, went, or want another quantity.
    """
    offer = await present_offer(session, quote)
    asked = {line.id: line.quantity for line in request.lines}
    if {line.request_line_id: line.quantity for line in offer.lines} != asked:
        raise OfferOutdatedError(revision=request.revision)
    return offer


async def _begin(
    session: AsyncSession, actor: Actor, quote_id: UUID, name: str, body: TransitionBody
) -> tuple[Quote, AskedRequest, Move[Quote]]:
    """Lock request, then quote: the order in which an award locks them."""
    found = await visible_quote(session, quote_id)
    request = await held_request(session, found.request_id, actor.organisation_id)
    quote = await locked_quote(session, quote_id)
    now = await database_now(session)
    move = QUOTE.check(quote, name, actor, now, body)
    if request.state != RequestState.PUBLISHED:
        raise NotOpenError(state=request.state)
    if request.quotes_due_at is None or request.quotes_due_at <= now:
        raise DeadlinePassedError
    return quote, request, move


async def _next_version(
    session: AsyncSession,
    actor: Actor,
    quote: Quote,
    request: AskedRequest,
    move: Move[Quote],
    offer: OfferBody,
) -> Quote:
    with within("offer"):
        answers = read_offer(request, offer, move.situation.now)
        quote.current_version += 1
        version, _ = await write_version(session, actor, quote, offer, answers)
    quote.needs_reconfirm = False
    quote.request_revision = request.revision
    return QUOTE.apply(
        session,
        move,
        after={
            "version": version.number,
            "total_amount": version.total_amount,
            "currency": version.currency,
        },
        data={"request_id": str(request.id)},
    )
