"""What notifications do in the background: mail, and forgetting what is old."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.jobs import JobContext, job, scheduled
from karavan.kit.mail import send_mail
from karavan.kit.scopes import SYSTEM
from karavan.modules.identity.public import Account, accounts_of
from karavan.modules.notifications.groups import Group
from karavan.modules.notifications.models import Notification
from karavan.modules.notifications.telling import SEND_MAIL
from karavan.modules.notifications.unsubscribing import token_for
from karavan.modules.notifications.wording import word
from karavan.settings import Settings

_SETTINGS_PAGE = "/app/settings/notifications"
_SWEPT_AT_ONCE = 5000


@job(SEND_MAIL, retries=5)
async def send_mails(context: JobContext, *, notification_ids: list[str]) -> None:
    """Mail notifications to those who want it; what has been read or mailed in the meantime is passed over.

    A handler that tells of the next message of a thread holds the rows of its readers, in an order of its own. So
    nothing is held here while a row is waited for: free rows are mailed together, the others one at a time.
    """
    ids = [UUID(one) for one in notification_ids]
    mailed = await _mail_all(context, ids, wait=False)
    for one in ids:
        if one not in mailed:
            await _mail_all(context, [one], wait=True)


async def _mail_all(context: JobContext, ids: Sequence[UUID], *, wait: bool) -> set[UUID]:
    """Mail those that wait for it, in one transaction; returns them.

    Args:
        wait: whether to wait for rows that somebody else has locked, rather than leave them out.
    """
    async with context.database.transaction(SYSTEM) as session:
        waiting = await _waiting(session, ids, wait=wait)
        accounts = await accounts_of(session, {one.user_id for one in waiting})
        for notification in waiting:
            if (account := accounts.get(notification.user_id)) is not None:
                await _mail(session, context.settings, notification, account)
        await session.execute(
            update(Notification)
            .where(Notification.id.in_([one.id for one in waiting]))
            .values(mailed_at=func.now())
        )
        return {one.id for one in waiting}


async def _waiting(
    session: AsyncSession, ids: Sequence[UUID], *, wait: bool
) -> Sequence[Notification]:
    rows = await session.execute(
        select(Notification)
        .where(
            Notification.id.in_(ids),
            Notification.by_mail,
            Notification.mailed_at.is_(None),
            Notification.read_at.is_(None),
        )
        .order_by(Notification.id)
        .with_for_update(key_share=True, skip_locked=not wait)
    )
    return rows.scalars().all()


async def _mail(
    session: AsyncSession, settings: Settings, notification: Notification, account: Account
) -> None:
    wording = word(
        notification.kind,
        notification.params,
        locale=account.locale,
        actor=notification.actor_name,
        count=notification.occurrences,
    )
    token = token_for(account.user_id, Group(notification.group_name))
    await send_mail(
        session,
        to=account.email,
        template="notification",
        locale=account.locale,
        context={
            "title": wording.title,
            "body": wording.body,
            "link": settings.base_url + notification.link,
            "settings_link": settings.base_url + _SETTINGS_PAGE,
        },
        idempotency_key=f"notification:{notification.id}",
        unsubscribe_url=f"{settings.base_url}/api/v1/notifications/unsubscribe/{token}",
    )


@scheduled("47 3 * * *", name="notifications.sweep", timeout_s=1800)
async def sweep(context: JobContext) -> None:
    """Forget notifications of more than half a year ago, read or not."""
    statement = text(
        """
        delete from notifications_items where id in (
          select id from notifications_items
           where created_at < now() - interval '180 days' order by created_at limit :limit)
        returning 1
        """
    )
    swept = 1
    while swept:
        async with context.database.transaction(SYSTEM) as session:
            swept = len((await session.execute(statement, {"limit": _SWEPT_AT_ONCE})).all())
