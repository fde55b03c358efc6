"""The chain: sealed once, in order, by one; and every way of tampering is found."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from karavan.kit.audit import record_audit
from karavan.kit.db import Database
from karavan.kit.scopes import SYSTEM, Scope
from karavan.modules.audit.chain import FIRST_PREVIOUS, entry_hash
from karavan.modules.audit.public import ChainReport, seal, verify
from tests.factories.bare import Person


async def write(database: Database, person: Person, *labels: str) -> None:
    for label in labels:
        async with database.transaction(Scope(person.organisation_id, person.user_id)) as session:
            record_audit(
                session,
                person.actor,
                "request.publish",
                target_type="request",
                target_id=uuid4(),
                target_label=label,
                before={"state": "draft", "budget": 12345678901234567890.5},
                after={"state": "published"},
            )


async def check(database: Database, person: Person) -> ChainReport:
    async with database.transaction(Scope(person.organisation_id)) as session:
        return await verify(session, person.organisation_id)


@pytest.fixture
async def person(database: Database) -> Person:
    """Somebody whose organisation has ten sealed entries."""
    person = Person()
    await write(database, person, *(f"RFQ-{n}" for n in range(10)))
    assert await seal(database) == 10
    return person


@pytest.fixture
async def intruder(owner: asyncpg.Connection) -> asyncpg.Connection:
    """The owner of the tables, who has switched the guard off."""
    await owner.execute("alter table kit_audit_entries disable trigger user")
    return owner


def test_the_hash_is_what_its_description_says() -> None:
    assert entry_hash(FIRST_PREVIOUS, 1, {"b": "Ә", "a": 1}).hex() == (
        "8d75b1ce0c4f8f38d8864f14eb2ce35a4037e59099db98eb568e5a32c4e7468a"
    )


async def test_an_untouched_chain_is_whole(database: Database, person: Person, owner) -> None:
    head = await owner.fetchrow("select * from audit_heads")
    assert await check(database, person) == ChainReport(
        ok=True, entries=10, sealed=10, head_hash=bytes(head["entry_hash"]).hex()
    )
    rows = await owner.fetch("select * from kit_audit_entries order by sequence")
    assert [row["chain_position"] for row in rows] == list(range(1, 11))
    assert rows[-1]["entry_hash"] == head["entry_hash"]
    assert head["position"] == 10


async def test_an_organisation_without_entries_is_whole(database: Database) -> None:
    assert await check(database, Person()) == ChainReport(ok=True, entries=0, sealed=0)


async def test_entries_of_the_last_moment_are_counted_but_not_yet_sealed(
    database: Database, person: Person
) -> None:
    await write(database, person, "late")
    report = await check(database, person)
    assert (report.ok, report.entries, report.sealed) == (True, 11, 10)


async def test_each_organisation_has_a_chain_of_its_own(database, person: Person, owner) -> None:
    other = Person()
    await write(database, other, "a")
    await write(database, person, "b")
    await write(database, other, "c")
    assert await seal(database) == 3
    positions = await owner.fetch(
        "select target_label, chain_position from kit_audit_entries "
        "where target_label in ('a', 'b', 'c') order by 1"
    )
    assert [tuple(row) for row in positions] == [("a", 1), ("b", 11), ("c", 2)]
    assert (await check(database, other)).ok
    assert (await check(database, person)).ok


async def test_many_sealers_at_once_seal_each_entry_once(database: Database, owner) -> None:
    person = Person()
    crowd = Database(database.url, pooled=False)
    stop = asyncio.Event()

    async def keep_sealing() -> None:
        while not stop.is_set():
            await seal(crowd)

    sealers = [asyncio.create_task(keep_sealing()) for _ in range(3)]
    await asyncio.gather(*(write(crowd, person, *"abcdefghij") for _ in range(4)))
    stop.set()
    await asyncio.gather(*sealers)
    await seal(crowd)
    report = await check(database, person)
    assert (report.ok, report.sealed) == (True, 40)


async def test_a_chain_longer_than_a_batch_is_sealed_and_verified(
    database: Database, owner
) -> None:
    person = Person()
    await owner.execute(
        "insert into kit_audit_entries (organisation_id, action, target_type, target_id) "
        "select $1, 'a.b', 'a', gen_random_uuid() from generate_series(1, 1203)",
        person.organisation_id,
    )
    assert await seal(database) == 1203
    report = await check(database, person)
    assert (report.ok, report.entries, report.sealed) == (True, 1203, 1203)


@pytest.mark.parametrize(
    "change",
    [
        'after = \'{"state": "cancelled"}\'',
        "before = jsonb_set(before, '{budget}', '12345678901234567891')",
        "actor_name = 'Somebody else'",
        "actor_user_id = null",
        "occurred_at = occurred_at + interval '1 microsecond'",
        "reason = ''",
        "target_id = gen_random_uuid()",
        "entry_hash = sha256('x')",
    ],
)
async def test_a_changed_entry_is_found(database, person, intruder, change: str) -> None:
    await intruder.execute(f"update kit_audit_entries set {change} where chain_position = 4")
    report = await check(database, person)
    assert (report.ok, report.broken_at, report.reason) == (False, 4, "changed")


async def test_a_rehashed_entry_breaks_the_next(database, person, intruder) -> None:
    """Whoever changes an entry and its hash cannot help changing all that follow, and the head."""
    row = await intruder.fetchrow("select * from kit_audit_entries where chain_position = 10")
    forged = entry_hash(b"whatever", 10, {"sequence": row["sequence"]})
    await intruder.execute(
        "update kit_audit_entries set entry_hash = $1 where chain_position = 10", forged
    )
    report = await check(database, person)
    assert (report.ok, report.broken_at, report.reason) == (False, 10, "changed")


@pytest.mark.parametrize(("position", "entries"), [(1, 9), (5, 9), (10, 9)])
async def test_a_removed_entry_is_found(
    database, person, intruder, position: int, entries: int
) -> None:
    await intruder.execute("delete from kit_audit_entries where chain_position = $1", position)
    report = await check(database, person)
    assert (report.ok, report.broken_at, report.reason) == (False, position, "missing")
    assert report.entries == entries


async def test_a_reordered_pair_is_found(database, person, intruder) -> None:
    await intruder.execute(
        "update kit_audit_entries set chain_position = 13 - chain_position "
        "where chain_position in (6, 7)"
    )
    report = await check(database, person)
    assert (report.ok, report.broken_at, report.reason) == (False, 6, "changed")


async def test_an_inserted_entry_is_found(database, person, intruder) -> None:
    await intruder.execute(
        "insert into kit_audit_entries (organisation_id, action, target_type, target_id, "
        "chain_position, entry_hash) select organisation_id, action, target_type, target_id, "
        "chain_position, entry_hash from kit_audit_entries where chain_position = 3"
    )
    report = await check(database, person)
    assert (report.ok, report.broken_at, report.reason) == (False, 3, "inserted")


async def test_a_removed_or_moved_head_is_found(database, person, intruder) -> None:
    await intruder.execute("update audit_heads set position = 9")
    assert (await check(database, person)).reason == "changed"
    await intruder.execute("delete from audit_heads")
    assert (await check(database, person)).reason == "head_missing"


@pytest.mark.parametrize(
    "statement",
    [
        "update kit_audit_entries set actor_name = 'x'",
        "update kit_audit_entries set entry_hash = null",
        "delete from kit_audit_entries",
        "truncate kit_audit_entries",
    ],
)
async def test_even_the_owner_of_the_tables_meets_the_guard(
    database, person, owner, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="never changed"):
        await owner.execute(statement)
    assert (await check(database, person)).ok


@pytest.mark.parametrize(
    ("statement", "system"),
    [
        ("update kit_audit_entries set actor_name = 'x'", True),
        ("update kit_audit_entries set actor_name = 'x'", False),
        ("delete from kit_audit_entries", True),
        ("delete from kit_audit_entries", False),
        ("update audit_heads set position = 0", False),
        ("delete from audit_heads", True),
    ],
)
async def test_the_application_cannot_rewrite_history(
    database, person, statement: str, system: bool
) -> None:
    scope = SYSTEM if system else Scope(person.organisation_id)
    with pytest.raises(Exception, match="permission denied"):
        async with database.transaction(scope) as session:
            await session.execute(text(statement))
    assert (await check(database, person)).ok


async def test_a_writer_cannot_claim_a_place_in_the_chain(database, person, owner) -> None:
    async with database.transaction(Scope(person.organisation_id)) as session:
        await session.execute(
            text(
                "insert into kit_audit_entries (organisation_id, action, target_type, target_id, "
                "chain_position, entry_hash) values (:org, 'a.b', 'a', :org, 11, 'x')"
            ),
            {"org": person.organisation_id},
        )
    row = await owner.fetchrow("select * from kit_audit_entries order by sequence desc limit 1")
    assert (row["chain_position"], row["entry_hash"]) == (None, None)
