"""Quotes whose validity has ended."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.modules.procurement.lifecycles import QUOTE
from karavan.modules.procurement.models import Quote
from karavan.modules.procurement.states import WAITING_QUOTE

EXPIRED_AT_ONCE = 200


async def expire_quotes(session: AsyncSession) -> int:
    """Move quotes past their validity to `expired`. Runs as the system; an award checks the second for itself.

    Returns:
        How many were moved; at most `EXPIRED_AT_ONCE`. Those that somebody is deciding about wait for the next run.
    """
    found = await session.scalars(
        select(Quote)
        .where(Quote.state.in_(WAITING_QUOTE), Quote.valid_until <= func.now())
        .order_by(Quote.id)
        .limit(EXPIRED_AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True)
    )
    now = await database_now(session)
    quotes = list(found)
    for quote in quotes:
        quote.shortlisted = False
        move = QUOTE.check(quote, "expire", None, now)
        QUOTE.apply(session, move, data={"request_id": str(quote.request_id)})
    await session.flush()
    return len(quotes)
