"""How the consumer, or the clock, ends a link."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.links.actions.rows import facts, locked_link, note_move
from karavan.modules.links.lifecycle import CONSUMER, LINK
from karavan.modules.links.models import Link
from karavan.modules.links.states import LinkState

EXPIRED_AT_ONCE = 200


async def withdraw(
    session: AsyncSession, actor: Actor, link_id: UUID, body: TransitionBody
) -> Link:
    """Take a request back before it is answered."""
    return await _end(session, actor, link_id, body, "withdraw")


async def leave(session: AsyncSession, actor: Actor, link_id: UUID, body: TransitionBody) -> Link:
    """Leave a supplier. Open orders go on under their terms; a new request may be made at any time."""
    return await _end(session, actor, link_id, body, "leave")


async def _end(
    session: AsyncSession, actor: Actor, link_id: UUID, body: TransitionBody, name: str
) -> Link:
    link = await locked_link(session, link_id)
    move = LINK.check(link, name, actor, await database_now(session), body)
    note_move(session, link, name, CONSUMER, actor, move.reason)
    return LINK.apply(session, move, data=facts(link))


def expire(session: AsyncSession, link: Link, now: datetime) -> None:
    """Take back a locked request that nobody has answered in time."""
    move = LINK.check(link, "expire", None, now)
    note_move(session, link, "expire", "system", None)
    LINK.apply(session, move, data=facts(link))


async def expire_requests(session: AsyncSession) -> int:
    """Take back requests that were not answered in time. Runs as the system.

    Returns:
        How many there were; at most `EXPIRED_AT_ONCE`. Those that somebody is deciding about wait for the next run.
    """
    found = await session.scalars(
        select(Link)
        .where(Link.state == LinkState.PENDING, Link.expires_at <= func.now())
        .order_by(Link.id)
        .limit(EXPIRED_AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True)
    )
    now = await database_now(session)
    links = list(found)
    for link in links:
        expire(session, link, now)
    await session.flush()
    return len(links)
