"""Which documents have a file: asked by the nightly sweep before it throws one away."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_holders: dict[tuple[str, str], str] = {}


def declare_snapshots(table: str, column: str = "attachments") -> None:
    """A JSONB column of `table` holds lists of what `attach` returned."""
    _holders[table, column] = (
        f"select file->>'id' from {table}, jsonb_array_elements({column}) file"  # names of our own tables
        f" where {column} <> '[]' and file->>'id' = any(:ids)"
    )


def declare_reference(table: str, column: str) -> None:
    """A column of `table` holds a file's id."""
    _holders[table, column] = (
        f"select {column}::text from {table} where {column} = any(cast(:ids as uuid[]))"  # as above
    )


def declared_holders() -> set[tuple[str, str]]:
    """Every table and column that has been declared."""
    return set(_holders)


async def held(session: AsyncSession, ids: Iterable[UUID]) -> set[UUID]:
    """Those of `ids` that a document has; the transaction must be the system's.

    Each table is read once, however many files are asked for.
    """
    wanted = [str(one) for one in ids]
    found: set[UUID] = set()
    for statement in _holders.values():
        rows = await session.scalars(text(statement), {"ids": wanted})
        found.update(UUID(one) for one in rows)
    return found
