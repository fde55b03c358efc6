"""A vendor answers a request."""

from datetime import datetime
from uuid import UUID

from asyncpg import UniqueViolationError
from msgspec import Struct
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import ForbiddenError, ValidationError
from karavan.kit.ids import new_id
from karavan.kit.locks import find_row
from karavan.kit.numbering import next_number
from karavan.kit.rows import built
from karavan.modules.procurement.actions.quotes.offers import read_offer, write_version
from karavan.modules.procurement.errors import (
    DeadlinePassedError,
    DuplicateQuoteError,
    NotOpenError,
    OwnRequestError,
)
from karavan.modules.procurement.lifecycles import QUOTE
from karavan.modules.procurement.models import Invitation, Quote, QuoteLine, QuoteVersion
from karavan.modules.procurement.queries.asked import AskedRequest, held_request
from karavan.modules.procurement.schemas.quotes import OfferBody
from karavan.modules.procurement.states import QuoteState, RequestState

_LIVE = (QuoteState.SUBMITTED, QuoteState.UPDATED, QuoteState.STANDBY, QuoteState.ACCEPTED)


class Submitted(Struct, frozen=True):
    """A quote that has just been written, with what it consists of and answers."""

    quote: Quote
    version: QuoteVersion
    lines: list[QuoteLine]
    request: AskedRequest
    at: datetime


async def submit(
    session: AsyncSession, actor: Actor, request_id: UUID, offer: OfferBody
) -> Submitted:
    """Submit a quote: version 1, numbered by the vendor.

    Raises:
        NotFoundError: the vendor may not see the request, or is not invited to it.
        OwnRequestError: the vendor is the buyer.
        ForbiddenError: the organisation sells nothing.
        NotOpenError: it is not published.
        DeadlinePassedError: the deadline has passed by the database's clock.
        DuplicateQuoteError: the vendor already has a live quote.
        ValidationError: the offer does not fit the request.
    """
    request = await held_request(session, request_id, actor.organisation_id)
    if request.organisation_id == actor.organisation_id:
        raise OwnRequestError
    await _refuse_uninvited(session, actor, request)
    if not actor.organisation_sells:
        raise ForbiddenError("Only an organisation that sells quotes. Its profile says so.")
    if request.state != RequestState.PUBLISHED:
        raise NotOpenError(state=request.state)
    now = request.held_at
    if request.quotes_due_at is None or request.quotes_due_at <= now:
        raise DeadlinePassedError
    try:
        answers = read_offer(request, offer, now)
    except ValidationError:
        # That there is one already says more than what is wrong with the second. Who quotes well is not asked.
        if await _has_live_quote(session, actor, request):
            raise DuplicateQuoteError from None
        raise
    quote = built(
        Quote,
        id=new_id(),
        request_id=request.id,
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        buyer_organisation_id=request.organisation_id,
        number=await next_number(session, actor.organisation_id, series="QUO", year=now.year),
        state=QuoteState.SUBMITTED,
        current_version=1,
        version=1,
        request_revision=request.revision,
        valid_until=offer.valid_until,
        submitted_by=actor.user_id,
        submitted_by_name=actor.display_name,
    )
    try:
        version, quoted = await write_version(session, actor, quote, offer, answers, first=True)
    except UniqueViolationError as error:
        if error.constraint_name == "uq_procurement_quotes_live":
            raise DuplicateQuoteError from error
        raise
    # The event goes to the buyer's side too, so it names no amount: the request may be sealed.
    QUOTE.record(session, quote, "submitted", actor, data={"request_id": str(request.id)})
    record_audit(
        session,
        actor,
        "quote.submit",
        target_type="quote",
        target_id=quote.id,
        target_label=quote.number,
        after={
            "state": quote.state,
            "total_amount": version.total_amount,
            "currency": version.currency,
        },
    )
    return Submitted(quote, version, quoted, request, now)


async def _has_live_quote(session: AsyncSession, actor: Actor, request: AskedRequest) -> bool:
    return bool(
        await session.scalar(
            select(
                exists().where(
                    Quote.request_id == request.id,
                    Quote.organisation_id == actor.organisation_id,
                    Quote.state.in_(_LIVE),
                )
            )
        )
    )


async def _refuse_uninvited(session: AsyncSession, actor: Actor, request: AskedRequest) -> None:
    if request.is_public:
        return
    invitation = await find_row(
        session,
        select(Invitation).where(
            Invitation.request_id == request.id,
            Invitation.organisation_id == actor.organisation_id,
        ),
    )
    # Whoever quotes after all has thought better of declining.
    invitation.declined_at = None
    invitation.decline_reason = None
