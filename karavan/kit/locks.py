"""Locks by name, for what has no row yet that could be locked."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_ALONE = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
_TOGETHER = text("select pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")


async def lock_name(session: AsyncSession, *parts: object, shared: bool = False) -> None:
    """Wait until nobody else holds the name, and hold it until the transaction ends.

    Args:
        parts: what the name is made of, such as the kind of thing and its organisation.
        shared: let others who ask in the same way hold it too; who asks alone waits for all of them.
    """
    name = ":".join(str(part) for part in parts)
    await session.execute(_TOGETHER if shared else _ALONE, {"name": name})
