"""Rows that a transaction works on, and locks by name for what has no row yet that could be locked."""

from typing import TypeVar

from sqlalchemy import Select, text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError

Row = TypeVar("Row")

_ALONE = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
_TOGETHER = text("select pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")


async def find_row(session: AsyncSession, wanted: Select[Row], *, lock: bool = False) -> Row:
    """The one row that a statement asks for.

    Args:
        lock: hold it until the transaction ends, and read it as it is once it is held. Rows that only point to it can
            still be written.

    Raises:
        NotFoundError: there is none.
    """
    if lock:
        wanted = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    row = await session.scalar(wanted)
    if row is None:
        raise NotFoundError
    return row


async def lock_name(session: AsyncSession, *parts: object, shared: bool = False) -> None:
    """Wait until nobody else holds the name, and hold it until the transaction ends.

    Args:
        parts: what the name is made of, such as the kind of thing and its organisation.
        shared: let others who ask in the same way hold it too; who asks alone waits for all of them.
    """
    name = ":".join(str(part) for part in parts)
    await session.execute(_TOGETHER if shared else _ALONE, {"name": name})
