"""The clock, for trading links."""

from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.modules.links.actions.end import EXPIRED_AT_ONCE, expire_requests


@scheduled("41 * * * *", name="links.expire")
async def expire_unanswered_requests(context: JobContext) -> None:
    """Take back requests that nobody has answered within 60 days, every hour, a batch to a transaction."""
    while True:
        async with context.database.transaction(SYSTEM) as session:
            expired = await expire_requests(session)
        if expired < EXPIRED_AT_ONCE:
            return
