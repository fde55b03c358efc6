"""Marking as read, which the person's other windows hear of."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import NotFoundError
from karavan.kit.realtime import publish
from karavan.modules.notifications.models import Notification
from karavan.modules.notifications.telling import READ


async def mark_read(session: AsyncSession, actor: Actor, notification_id: UUID) -> Notification:
    """Mark one as read; it keeps the moment at which it was read first.

    Raises:
        NotFoundError: the person was told no such thing in this organisation.
    """
    found = await session.execute(
        select(Notification).where(
            Notification.id == notification_id,
            Notification.user_id == actor.user_id,
            Notification.organisation_id == actor.organisation_id,
            Notification.in_feed,
        )
    )
    notification = found.scalar_one_or_none()
    if notification is None:
        raise NotFoundError
    changed = await session.execute(
        update(Notification)
        .where(Notification.id == notification_id, Notification.read_at.is_(None))
        .values(read_at=func.now())
        .returning(Notification.read_at)
        .execution_options(synchronize_session=False)
    )
    if changed.one_or_none() is not None:
        await _tell_windows(session, actor, str(notification_id))
    await session.refresh(notification)
    return notification


async def mark_all_read(session: AsyncSession, actor: Actor) -> int:
    """Mark everything in this organisation's feed as read, and say how much that was."""
    changed = await session.execute(
        update(Notification)
        .where(
            Notification.user_id == actor.user_id,
            Notification.organisation_id == actor.organisation_id,
            Notification.in_feed,
            Notification.read_at.is_(None),
        )
        .values(read_at=func.now())
        .returning(Notification.id)
        .execution_options(synchronize_session=False)
    )
    count = len(changed.all())
    if count:
        await _tell_windows(session, actor, None)
    return count


async def _tell_windows(session: AsyncSession, actor: Actor, notification_id: str | None) -> None:
    """`id` is null when everything was read."""
    await publish(
        session,
        organisation_id=actor.organisation_id,
        user_id=actor.user_id,
        topic=READ,
        payload={"id": notification_id},
    )
