"""The ends of a request: closed, closed without an award, cancelled; and the way back from the shortlist."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.procurement.actions.approvals.void import void_undecided
from karavan.modules.procurement.actions.quotes.reject import reject_open_quotes
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Invitation, Quote, Request
from karavan.modules.procurement.queries.rows import locked_request

_AWARD_STANDS = "The request was closed."


async def reopen(
    session: AsyncSession, actor: Actor, request_id: UUID, body: TransitionBody
) -> Request:
    """Go back from the shortlist to taking quotes, as far as the deadline allows. Nothing stays shortlisted."""
    request = await locked_request(session, request_id)
    move = REQUEST.check(request, "reopen", actor, await database_now(session), body)
    await session.execute(
        update(Quote)
        .where(Quote.request_id == request.id, Quote.shortlisted)
        .values(shortlisted=False, version=Quote.version + 1)
        .execution_options(synchronize_session=False)
    )
    REQUEST.apply(session, move, data={"title": request.title})
    await session.flush()
    return request


async def close(
    session: AsyncSession, actor: Actor, request_id: UUID, body: TransitionBody
) -> Request:
    """Close an awarded request: nothing can be re-awarded after it. Quotes on standby are rejected; deals go on."""
    request = await locked_request(session, request_id)
    return await close_locked(session, actor, request, body)


async def close_locked(
    session: AsyncSession,
    actor: Actor | None,
    request: Request,
    body: TransitionBody | None = None,
) -> Request:
    """`close` for a request that the caller has locked; without an actor, because every deal is archived."""
    now = await database_now(session)
    move = REQUEST.check(request, "close", actor, now, body)
    await reject_open_quotes(session, actor, request, move.reason or _AWARD_STANDS)
    request.closed_at = now
    REQUEST.apply(session, move, data={"title": request.title})
    await session.flush()
    return request


async def close_without_award(
    session: AsyncSession, actor: Actor, request_id: UUID, body: TransitionBody
) -> Request:
    """End a published or shortlisted request without a winner. Every quote is rejected, and its vendor told why."""
    return await _end(session, actor, request_id, body, "close-without-award")


async def cancel(
    session: AsyncSession, actor: Actor, request_id: UUID, body: TransitionBody
) -> Request:
    """Cancel before an award. Every quote is rejected; vendors who were invited or have quoted are told why."""
    return await _end(session, actor, request_id, body, "cancel")


async def _end(
    session: AsyncSession, actor: Actor, request_id: UUID, body: TransitionBody, name: str
) -> Request:
    request = await locked_request(session, request_id)
    now = await database_now(session)
    move = REQUEST.check(request, name, actor, now, body)
    concerned = await _concerned(session, request)
    await reject_open_quotes(session, actor, request, move.reason or "")
    await void_undecided(session, request)
    request.closed_at = now
    REQUEST.apply(
        session,
        move,
        data={
            "title": request.title,
            "buyer_name": request.organisation_name,
            "vendor_organisation_ids": concerned,
        },
    )
    await session.flush()
    return request


async def _concerned(session: AsyncSession, request: Request) -> list[str]:
    """Vendors who know of the request by name: those with a quote, and once published those invited."""
    if request.published_at is None:
        return []
    quoted = await session.scalars(
        select(Quote.organisation_id).where(Quote.request_id == request.id)
    )
    invited = await session.scalars(
        select(Invitation.organisation_id).where(
            Invitation.request_id == request.id, Invitation.declined_at.is_(None)
        )
    )
    return sorted(str(one) for one in {*quoted, *invited})
