"""Every read of notifications, each one statement over one index."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_row
from karavan.kit.pagination import CursorParameters
from karavan.modules.notifications.groups import Group
from karavan.modules.notifications.models import Notification
from karavan.modules.notifications.schemas import NotificationFeed, NotificationView
from karavan.modules.notifications.wording import word

_UNREAD = """
select count(*) from notifications_items
 where user_id = $1 and organisation_id = $2 and in_feed and read_at is null
"""


async def read_feed(
    session: AsyncSession,
    actor: Actor,
    cursor: CursorParameters,
    *,
    unread_only: bool = False,
    kind: str | None = None,
    group: Group | None = None,
) -> NotificationFeed:
    """A stretch of what the person was told in this organisation, newest first."""
    position = cursor.position()
    statement = select(Notification).where(
        Notification.user_id == actor.user_id,
        Notification.organisation_id == actor.organisation_id,
        Notification.in_feed,
    )
    if position is not None:
        statement = statement.where(Notification.sequence < position)
    if unread_only:
        statement = statement.where(Notification.read_at.is_(None))
    if kind is not None:
        statement = statement.where(Notification.kind == kind)
    if group is not None:
        statement = statement.where(Notification.group_name == group.value)
    statement = statement.order_by(Notification.sequence.desc()).limit(cursor.size + 1)
    found = (await session.execute(statement)).scalars().all()
    shown = found[: cursor.size]
    more = len(found) > cursor.size
    return NotificationFeed(
        items=[view_of(one, actor.locale) for one in shown],
        next=cursor.encode(shown[-1].sequence) if more else None,
    )


async def count_unread(session: AsyncSession, actor: Actor) -> int:
    """How many the person has not read in this organisation."""
    row = await read_row(session, _UNREAD, actor.user_id, actor.organisation_id)
    assert row is not None
    return int(row[0])


def view_of(notification: Notification, locale: str) -> NotificationView:
    """A notification in words."""
    wording = word(
        notification.kind,
        notification.params,
        locale=locale,
        actor=notification.actor_name,
        count=notification.occurrences,
    )
    return NotificationView(
        id=notification.id,
        kind=notification.kind,
        group=Group(notification.group_name),
        title=wording.title,
        body=wording.body,
        link=notification.link,
        actor_name=notification.actor_name,
        created_at=notification.created_at,
        read_at=notification.read_at,
    )
