"""The time for quotes: more of it, and telling the buyer when it is over."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import invalid
from karavan.modules.procurement.actions.requests.publish import told_to_vendors
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Request
from karavan.modules.procurement.queries.rows import locked_request
from karavan.modules.procurement.schemas.requests import ExtendBody
from karavan.modules.procurement.states import RequestState

ANNOUNCED_AT_ONCE = 200


async def extend(
    session: AsyncSession, actor: Actor, request_id: UUID, body: ExtendBody
) -> Request:
    """Move the deadline later. A sealed request whose quotes could be read already is not extended.

    Raises:
        DeadlinePassedError: the request is sealed and its quotes have been opened.
        ValidationError: the new deadline is not later, or has passed.
    """
    request = await locked_request(session, request_id)
    now = await database_now(session)
    move = REQUEST.check(request, "extend", actor, now, body)
    previous = request.quotes_due_at
    if previous is not None and body.quotes_due_at <= previous:
        raise invalid("#/quotes_due_at", "not_later", "The new deadline must be later.")
    if body.quotes_due_at <= now:
        raise invalid("#/quotes_due_at", "past", "The new deadline must be in the future.")
    request.quotes_due_at = body.quotes_due_at
    request.deadline_announced_at = None
    REQUEST.apply(
        session,
        move,
        before={"quotes_due_at": rfc3339(previous) if previous else None},
        after={"quotes_due_at": rfc3339(body.quotes_due_at)},
        data=told_to_vendors(request),
    )
    await session.flush()
    return request


async def announce_passed_deadlines(session: AsyncSession) -> int:
    """Record `request.deadline_passed` once for every published request whose time is over.

    The state stays: the board hides the request by the clock, and the buyer decides what follows. Runs as the system.

    Returns:
        How many were announced; at most `ANNOUNCED_AT_ONCE`.
    """
    found = await session.scalars(
        select(Request)
        .where(
            Request.state == RequestState.PUBLISHED,
            Request.deadline_announced_at.is_(None),
            Request.quotes_due_at <= func.now(),
        )
        .order_by(Request.quotes_due_at)
        .limit(ANNOUNCED_AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True)
    )
    now = await database_now(session)
    announced = list(found)
    for request in announced:
        request.deadline_announced_at = now
        REQUEST.record(session, request, "deadline_passed", None, data=told_to_vendors(request))
    await session.flush()
    return len(announced)
