"""Transactions: acknowledged or not at all, whoever goes away meanwhile, and nobody inherits another's tenant."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from karavan.kit.db import Database, LostTransactionError, Scope, read_row, release
from karavan.kit.ids import new_id

WHO = "select nullif(current_setting('karavan.org_id', true), '')"
INSERT = "insert into kit_rate_limit_buckets (subject, used, window_ends_at) values (:s, 1, now())"


async def subjects(owner: asyncpg.Connection) -> list[str]:
    rows = await owner.fetch("select subject from kit_rate_limit_buckets order by 1")
    return [row["subject"] for row in rows]


@pytest.fixture
async def single(database: Database):
    """A pool in which everybody gets the same connection."""
    one = Database(database.url, pool_size=1)
    yield one
    await one.close()


async def test_statements_of_either_kind_are_one_transaction(database: Database, owner) -> None:
    with pytest.raises(RuntimeError, match="stop"):  # noqa: PT012  # the block is the transaction
        async with database.transaction() as session:
            await session.execute(text(INSERT), {"s": "a"})
            row = await read_row(session, "select count(*) from kit_rate_limit_buckets")
            assert list(row) == [1]
            raise RuntimeError("stop")
    assert await subjects(owner) == []


async def test_a_swallowed_refusal_is_never_taken_for_a_commit(database: Database, owner) -> None:
    with pytest.raises(LostTransactionError):  # noqa: PT012  # the block is the transaction
        async with database.transaction() as session:
            await session.execute(text(INSERT), {"s": "a"})
            with pytest.raises(IntegrityError):
                await session.execute(text(INSERT), {"s": "a"})
    assert await subjects(owner) == []


async def test_a_savepoint_gives_up_its_own_part_alone(database: Database, owner) -> None:
    async with database.transaction() as session:
        await session.execute(text(INSERT), {"s": "a"})
        with pytest.raises(IntegrityError):  # noqa: PT012  # the block is the savepoint
            async with session.begin_nested():
                await session.execute(text(INSERT), {"s": "b"})
                await session.execute(text(INSERT), {"s": "a"})
    assert await subjects(owner) == ["a"]


async def test_a_connection_that_died_in_the_pool_is_replaced(single: Database, owner) -> None:
    async with single.transaction() as session:
        [first] = await read_row(session, "select pg_backend_pid()")
    await owner.execute("select pg_terminate_backend($1)", first)
    async with single.transaction(Scope(organisation_id := new_id())) as session:
        [second, who] = await read_row(session, f"select pg_backend_pid(), ({WHO})")
    assert (second != first, who) == (True, str(organisation_id))


async def test_a_connection_that_dies_at_work_fails_and_harms_nobody_after(
    single: Database, owner
) -> None:
    with pytest.raises(ConnectionResetError):  # noqa: PT012  # the block is the transaction
        async with single.transaction() as session:
            await session.execute(text(INSERT), {"s": "a"})
            [backend] = await read_row(session, "select pg_backend_pid()")
            await owner.execute("select pg_terminate_backend($1)", backend)
            await read_row(session, "select 1")
    async with single.transaction() as session:
        await session.execute(text(INSERT), {"s": "b"})
    assert await subjects(owner) == ["b"]


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_who_is_cancelled_leaves_neither_work_nor_tenant(
    single: Database, owner, times: int
) -> None:
    """Cancelled in the statement, and again in what cleans up after it."""
    begun = asyncio.Event()

    async def work() -> None:
        async with single.transaction(Scope(new_id())) as session:
            await session.execute(text(INSERT), {"s": "a"})
            begun.set()
            await read_row(session, "select pg_sleep(5)::text")

    task = asyncio.create_task(work())
    await begun.wait()
    await asyncio.sleep(0.02)
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await task
    async with single.transaction() as session:
        assert list(await read_row(session, WHO)) == [None]
    assert await subjects(owner) == []


async def test_nothing_of_a_tenant_outlives_the_transaction(single: Database) -> None:
    async with single.transaction(Scope(organisation_id := new_id())) as session:
        assert list(await read_row(session, WHO)) == [str(organisation_id)]
    async with single.transaction() as session:
        assert list(await read_row(session, WHO)) == [None]


async def test_a_released_session_has_committed_and_given_back_its_connection(
    single: Database, owner
) -> None:
    async with single.transaction(Scope(new_id())) as session:
        await session.execute(text(INSERT), {"s": "a"})
        await release(session)
        assert single.engine.pool.checkedout() == 0
        assert await subjects(owner) == ["a"]
        assert await session.scalar(text(WHO)) is None
        await session.execute(text(INSERT), {"s": "b"})
    assert single.engine.pool.checkedout() == 0
    assert await subjects(owner) == ["a", "b"]
