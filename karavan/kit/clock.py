"""Time: UTC everywhere; what depends on a deadline asks the database."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


def utc_now() -> datetime:
    """This process's clock: for tokens and logs, never for a deadline that two sides share."""
    return datetime.now(UTC)


async def database_now(session: AsyncSession) -> datetime:
    """The database's clock at this very moment.

    It is `clock_timestamp()`, not `now()`: a transaction that has waited for a row lock must see the time
    at which it goes on, or a quote sent before the deadline and served after it would count as in time.
    """
    moment: datetime = (await session.execute(text("select clock_timestamp()"))).scalar_one()
    return moment
