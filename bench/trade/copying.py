"""Filling large tables: emptied, filled by COPY without their indexes, which are made afterwards."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager

import asyncpg

_TUNED = "set maintenance_work_mem = '1GB'; set synchronous_commit = off; set work_mem = '256MB'"
_FOREIGN_KEYS = """
select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
where contype = 'f' and (conrelid = any($1::text[]::regclass[]) or confrelid = any($1::text[]::regclass[]))
order by oid
"""
_INDEXES = """
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
where i.indrelid = any($1::text[]::regclass[])
  and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
order by i.indexrelid
"""
_AHEAD = 2

Took = dict[str, float]
Chunks = AsyncIterator[bytes] | Iterable[bytes]


@asynccontextmanager
async def connected(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the owner's that has memory for sorting and does not wait for the disk."""
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute(_TUNED)
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def bare(
    connection: asyncpg.Connection, name: str, tables: Sequence[str], took: Took
) -> AsyncIterator[None]:
    """The tables without foreign keys and indexes; what they had comes back at the end, and is checked then.

    Primary keys and unique constraints stay: rows come in their order, which they take as fast as they can be made.

    Args:
        took: is told the seconds of both parts.
    """
    keys = await connection.fetch(_FOREIGN_KEYS, tables)
    indexes = await connection.fetch(_INDEXES, tables)
    for table, key, _ in keys:
        await connection.execute(f"alter table {table} drop constraint {key}")
    for index, _ in indexes:
        await connection.execute(f"drop index {index}")
    started = time.monotonic()
    yield
    took[f"{name} copied"] = time.monotonic() - started
    started = time.monotonic()
    for _, definition in indexes:
        await connection.execute(definition)
    for table, key, definition in keys:
        await connection.execute(f"alter table {table} add constraint {key} {definition}")
    took[f"{name} indexed"] = time.monotonic() - started


async def copy(
    connection: asyncpg.Connection, table: str, columns: Sequence[str], chunks: Chunks
) -> None:
    """Replace the rows of a table by those of the text of COPY.

    What begins in this transaction can be frozen at once, so that no vacuum writes it again.
    """
    async with connection.transaction():
        await connection.execute(f"truncate {table}")
        await connection.copy_to_table(
            table, source=_each(chunks), columns=columns, format="text", freeze=True
        )


async def _each(chunks: Chunks) -> AsyncIterator[bytes]:
    if isinstance(chunks, AsyncIterator):
        async for chunk in chunks:
            yield chunk
    else:
        for chunk in chunks:
            yield chunk


async def copy_together(
    owner_url: str, tables: Mapping[str, Sequence[str]], chunks: Iterator[Sequence[bytes]]
) -> None:
    """Fill several tables from one source that makes a part of each in every step.

    Args:
        tables: their columns, in the order of the parts.
    """
    queues = [asyncio.Queue[bytes](_AHEAD) for _ in tables]

    async def parts_of(queue: asyncio.Queue[bytes]) -> AsyncIterator[bytes]:
        while part := await queue.get():
            yield part

    async def fill(table: str, columns: Sequence[str], queue: asyncio.Queue[bytes]) -> None:
        async with connected(owner_url) as connection:
            await copy(connection, table, columns, parts_of(queue))

    async def make() -> None:
        for parts in chunks:
            for queue, part in zip(queues, parts, strict=True):
                if part:
                    await queue.put(part)
        for queue in queues:
            await queue.put(b"")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(make())
        for (table, columns), queue in zip(tables.items(), queues, strict=True):
            tasks.create_task(fill(table, columns, queue))
