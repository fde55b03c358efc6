"""Time: UTC everywhere; what depends on a deadline asks the database."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_row


def utc_now() -> datetime:
    """This process's clock: for tokens and logs, never for a deadline that two sides share."""
    return datetime.now(UTC)


def rfc3339(value: datetime) -> str:
    """A moment as every answer of the API writes it: UTC with `Z`, a fraction of six digits only when there is one.

    Answers built from models are written so by pydantic, those built in SQL by `queries.sql.moment`.
    """
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


async def database_now(session: AsyncSession) -> datetime:
    """The database's clock at this very moment.

    It is `clock_timestamp()`, not `now()`: a transaction that has waited for a row lock must see the time
    at which it goes on, or a quote sent before the deadline and served after it would count as in time.
    """
    row = await read_row(session, "select clock_timestamp()")
    assert row is not None
    moment: datetime = row[0]
    return moment
