"""Rows that go straight to the driver: what they learn, when they are written, and what is left of them after a failure."""

from uuid import UUID

import asyncpg
import pytest
from asyncpg import UniqueViolationError
from sqlalchemy import select, text

from karavan.kit.audit import AuditEntry, record_audit
from karavan.kit.db import Database, as_system, savepoint, write
from karavan.kit.events import OutboxEvent, record_event
from karavan.kit.ids import new_id
from karavan.kit.numbering import NumberSeries
from karavan.kit.rows import built, insert_values
from karavan.kit.scopes import SYSTEM, Scope

ORGANISATION = UUID("0191b8a0-0000-7000-8000-000000000001")


async def told(owner: asyncpg.Connection) -> list[str]:
    rows = await owner.fetch("select type from kit_outbox_events order by sequence")
    return [row["type"] for row in rows]


def tell(session, name: str) -> None:
    record_event(
        session, name, organisation_id=ORGANISATION, aggregate_id=ORGANISATION, payload={"ә": "1"}
    )


async def test_a_written_row_learns_what_the_database_filled_in(database: Database) -> None:
    entries = [
        AuditEntry(
            organisation_id=ORGANISATION,
            action="test.write",
            target_type="test",
            target_id=new_id(),
            after={"name": name},
        )
        for name in ("first", "second")
    ]
    async with database.transaction(SYSTEM) as session:
        await write(session, *entries)
        stored = await session.execute(
            select(AuditEntry.sequence, AuditEntry.after, AuditEntry.occurred_at).order_by(
                AuditEntry.sequence
            )
        )
        rows = stored.all()
    assert [row.after for row in rows] == [{"name": "first"}, {"name": "second"}]
    assert [(entry.sequence, entry.occurred_at) for entry in entries] == [
        (row.sequence, row.occurred_at) for row in rows
    ]
    assert entries[0].actor_name == ""


async def test_rows_of_several_tables_are_written_at_once_and_each_learns_its_own(
    database: Database, owner: asyncpg.Connection
) -> None:
    entries = [
        built(
            AuditEntry,
            organisation_id=ORGANISATION,
            action=name,
            target_type="test",
            target_id=new_id(),
        )
        for name in ("test.first", "test.second")
    ]
    series = built(NumberSeries, organisation_id=ORGANISATION, name="DD", year=0, last_number=1)
    event = OutboxEvent(type="test.told", aggregate_id=ORGANISATION, payload={"a": [1]})
    async with database.transaction(SYSTEM) as session:
        await write(session, series, *entries, event)
    stored = await owner.fetch(
        "select sequence, action, occurred_at from kit_audit_entries order by sequence"
    )
    assert [(one.sequence, one.action, one.occurred_at) for one in entries] == [
        tuple(row) for row in stored
    ]
    assert event.sequence == await owner.fetchval("select sequence from kit_outbox_events")
    assert await owner.fetchval("select last_number from kit_number_series") == 1
    with pytest.raises(TypeError, match="NumberSeries has no column nmae"):
        built(NumberSeries, nmae="DD")


async def test_a_refused_row_names_its_constraint_and_leaves_nothing(
    database: Database, owner: asyncpg.Connection
) -> None:
    series = {"organisation_id": ORGANISATION, "name": "AA", "year": 0, "last_number": 1}

    async def write_twice() -> None:
        async with database.transaction(SYSTEM) as session:
            tell(session, "test.lost")
            await write(session, NumberSeries(**series), NumberSeries(**series))

    with pytest.raises(UniqueViolationError) as refused:
        await write_twice()
    assert refused.value.constraint_name == "pk_kit_number_series"
    assert await owner.fetchval("select count(*) from kit_number_series") == 0
    assert await told(owner) == []


async def test_events_keep_their_order_around_what_sees_every_organisation(
    database: Database, owner: asyncpg.Connection
) -> None:
    woken: list[bool] = []
    database.on_events = lambda: woken.append(True)
    async with database.transaction(Scope(ORGANISATION)) as session:
        tell(session, "test.first")
        record_audit(
            session,
            None,
            "test.do",
            target_type="test",
            target_id=ORGANISATION,
            organisation_id=ORGANISATION,
        )
        async with as_system(session):
            tell(session, "test.second")
        tell(session, "test.third")
        assert await told(owner) == []
    assert await told(owner) == ["test.first", "test.second", "test.third"]
    assert await owner.fetchval("select action from kit_audit_entries") == "test.do"
    assert woken == [True]


async def test_a_part_that_fails_takes_its_events_with_it_and_no_others(
    database: Database, owner: asyncpg.Connection
) -> None:
    async def fail(session) -> None:
        async with savepoint(session):
            tell(session, "test.inside")
            series = NumberSeries(organisation_id=ORGANISATION, name="BB", year=0, last_number=1)
            await write(session, series)
            raise LookupError

    async with database.transaction(SYSTEM) as session:
        tell(session, "test.before")
        with pytest.raises(LookupError):
            await fail(session)
        async with savepoint(session):
            tell(session, "test.kept")
    assert await told(owner) == ["test.before", "test.kept"]
    assert await owner.fetchval("select count(*) from kit_number_series") == 0


async def test_more_rows_than_one_statement_can_carry(
    database: Database, owner: asyncpg.Connection
) -> None:
    values = [
        (
            NumberSeries,
            {"organisation_id": ORGANISATION, "name": "CC", "year": year, "last_number": year},
        )
        for year in range(20_001)
    ]
    connection = await database.connect()
    try:
        async with connection.transaction():
            await connection.execute("set local role karavan_system")
            await insert_values(connection, values)
    finally:
        await connection.close()
    assert await owner.fetchval("select sum(last_number) from kit_number_series") == 200_010_000


async def test_who_sees_every_organisation_goes_on_doing_so(
    database: Database, owner: asyncpg.Connection
) -> None:
    async with database.transaction(SYSTEM) as session:
        async with as_system(session):
            tell(session, "test.inside")
        tell(session, "test.after")
    async with database.transaction(Scope(ORGANISATION)) as session:
        async with as_system(session), as_system(session):
            tell(session, "test.twice")
        assert (await session.execute(text("select current_user"))).scalar_one() == "karavan_app"
    assert await told(owner) == ["test.inside", "test.after", "test.twice"]
