"""What the clock does in procurement."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.modules.procurement import deal_tasks  # noqa: F401  # declares the clock's part in deals
from karavan.modules.procurement.actions.quotes.expire import EXPIRED_AT_ONCE, expire_quotes
from karavan.modules.procurement.actions.requests.deadline import (
    ANNOUNCED_AT_ONCE,
    announce_passed_deadlines,
)


async def _sweep(
    context: JobContext, step: Callable[[AsyncSession], Awaitable[int]], at_once: int
) -> None:
    """Repeat a bounded step in transactions of its own until it finds less than it may take."""
    done = at_once
    while done == at_once:
        async with context.database.transaction(SYSTEM) as session:
            done = await step(session)


@scheduled("* * * * *", name="procurement.expire_quotes")
async def expire(context: JobContext) -> None:
    """Expire quotes each minute."""
    await _sweep(context, expire_quotes, EXPIRED_AT_ONCE)


@scheduled("* * * * *", name="procurement.announce_deadlines")
async def announce(context: JobContext) -> None:
    """Tell buyers each minute which deadlines have passed."""
    await _sweep(context, announce_passed_deadlines, ANNOUNCED_AT_ONCE)
