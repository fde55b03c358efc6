"""Transactions: acknowledged or not at all, whoever goes away meanwhile, and nobody inherits another's tenant."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from karavan.kit import connections
from karavan.kit.db import Database, LostTransactionError, begin_writing, read_row, release
from karavan.kit.ids import new_id
from karavan.kit.scopes import Scope
from tests.kit.waiting import until

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


READS = "select count(*) from pg_stat_activity where state like 'idle in transaction%'"


@pytest.fixture
async def pair(database: Database):
    """A pool of two connections, of which one after the other always gets the same."""
    two = Database(database.url, pool_size=2)
    yield two
    await two.close()


class TestReads:
    """Transactions that only read, whose end nobody waits for."""

    async def test_a_write_is_refused(self, pair: Database, owner) -> None:
        with pytest.raises(DBAPIError, match="read-only transaction"):
            async with pair.transaction(Scope(new_id(), reads_only=True)) as session:
                await session.execute(text(INSERT), {"s": "a"})
        assert await subjects(owner) == []

    async def test_a_read_that_has_to_note_something_begins_to_write(
        self, pair: Database, owner
    ) -> None:
        scope = Scope(organisation_id := new_id(), reads_only=True)
        async with pair.transaction(scope) as session:
            assert list(await read_row(session, WHO)) == [str(organisation_id)]
            await begin_writing(session)
            assert list(await read_row(session, WHO)) == [str(organisation_id)]
            await session.execute(text(INSERT), {"s": "a"})
        assert pair.engine.pool.checkedout() == 0
        assert await subjects(owner) == ["a"]

    async def test_the_next_one_inherits_neither_tenant_nor_view_of_the_past(
        self, pair: Database, owner, monkeypatch
    ) -> None:
        monkeypatch.setattr(connections, "_REST_S", 5)
        counted = "select count(*)::int, pg_backend_pid() from kit_rate_limit_buckets"
        async with pair.transaction(Scope(new_id(), new_id(), reads_only=True)) as session:
            [none, first] = await read_row(session, counted)
        assert pair.engine.pool.checkedout() == 1
        await owner.execute(INSERT.replace(":s", "'a'"))
        async with pair.transaction(Scope(reads_only=True)) as session:
            assert list(await read_row(session, WHO)) == [None]
            [one, second] = await read_row(session, counted)
        assert (none, one, first == second) == (0, 1, True)
        async with pair.transaction() as session:
            assert list(await read_row(session, WHO)) == [None]
            await session.execute(text(INSERT), {"s": "b"})
        assert await subjects(owner) == ["a", "b"]

    async def test_who_asks_the_pool_itself_meets_no_open_transaction(self, pair: Database) -> None:
        async with pair.transaction(Scope(new_id(), reads_only=True)) as session:
            await read_row(session, WHO)
        async with pair.engine.connect() as connection:
            assert (await connection.execute(text(WHO))).scalar() is None

    async def test_a_read_is_ended_soon(self, pair: Database, owner) -> None:
        async with pair.transaction(Scope(new_id(), reads_only=True)) as session:
            await read_row(session, WHO)
        await until(lambda: pair.engine.pool.checkedout() == 0, timeout_s=3)
        assert await owner.fetchval(f"{READS} and datname = current_database()") == 0

    async def test_a_refused_statement_is_no_hindrance(self, pair: Database) -> None:
        async with pair.transaction(Scope(new_id(), reads_only=True)) as session:
            with pytest.raises(asyncpg.DivisionByZeroError):
                await read_row(session, "select 1 / 0")
        async with pair.transaction(Scope(reads_only=True)) as session:
            assert list(await read_row(session, WHO)) == [None]

    async def test_a_connection_that_dies_at_rest_is_replaced(self, pair: Database, owner) -> None:
        async with pair.transaction(Scope(new_id(), reads_only=True)) as session:
            [first] = await read_row(session, "select pg_backend_pid()")
        await owner.execute("select pg_terminate_backend($1)", first)
        async with pair.transaction(Scope(new_id(), reads_only=True)) as session:
            [second] = await read_row(session, "select pg_backend_pid()")
        assert first != second

    async def test_who_is_cancelled_while_beginning_leaves_no_tenant(self, pair: Database) -> None:
        async with pair.transaction(Scope(new_id(), reads_only=True)) as session:
            await read_row(session, WHO)
        opening = asyncio.ensure_future(pair.transaction(Scope(new_id())).__aenter__())
        await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        async with pair.transaction() as session:
            assert list(await read_row(session, WHO)) == [None]

    async def test_nothing_rests_while_others_wait(self, single: Database) -> None:
        """They would see connections go to those who come later."""
        async with single.transaction(Scope(new_id(), reads_only=True)) as session:
            await read_row(session, WHO)
        assert single.engine.pool.checkedout() == 0
        served: list[str] = []

        async def read(name: str) -> None:
            async with single.transaction(Scope(reads_only=True)) as session:
                await read_row(session, "select pg_sleep(0.02)::text")
                served.append(name)

        first = asyncio.create_task(read("first"))
        await asyncio.sleep(0.005)
        waiting = asyncio.create_task(read("waiting"))
        await first
        await asyncio.gather(waiting, read("later"))
        assert served == ["first", "waiting", "later"]

    async def test_what_the_mapper_has_read_is_ended_at_once(self, pair: Database) -> None:
        async with pair.transaction(Scope(new_id(), reads_only=True)) as session:
            await session.execute(text(WHO))
        assert pair.engine.pool.checkedout() == 0

    async def test_closing_lets_nothing_rest(self, database: Database, owner) -> None:
        closed = Database(database.url, pool_size=3)
        async with (
            closed.transaction(Scope(new_id(), reads_only=True)) as one,
            closed.transaction(Scope(new_id(), reads_only=True)) as other,
        ):
            backends = [
                (await read_row(session, "select pg_backend_pid()"))[0] for session in (one, other)
            ]
        await closed.close()
        left = "select count(*) from pg_stat_activity where pid = any($1::int[])"

        async def is_gone() -> bool:
            return await owner.fetchval(left, backends) == 0

        await until(is_gone, timeout_s=3)
