"""The routes of the audit trail."""

import csv
import io
import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from karavan.kit.authz import Role
from karavan.kit.services import Services
from karavan.modules.audit.chain import seal
from karavan.modules.audit.endpoints import router
from tests.factories.bare import BareApplication, Person

AIGERIM, DANIYAR = uuid4(), uuid4()
REQUEST, QUOTE = uuid4(), uuid4()


@pytest.fixture
def bare(database, settings) -> BareApplication:
    return BareApplication(database, settings, Services(), router)


@pytest.fixture
async def person(owner) -> Person:
    """The owner of an organisation with five entries; another organisation has one."""
    person = Person(user_id=AIGERIM)
    rows = [
        ("request.create", AIGERIM, "Aigerim", "request", REQUEST, "RFQ-2026-000001", None, 1),
        ("request.publish", AIGERIM, "Aigerim", "request", REQUEST, "RFQ-2026-000001", None, 2),
        ("quote.submit", DANIYAR, "=Daniyar()", "quote", QUOTE, "Q_1", "100% sure", 3),
        ("quote.withdraw", DANIYAR, "=Daniyar()", "quote", QUOTE, "Q_1", None, 4),
        ("request.close", None, "", "request", REQUEST, "RFQ-2026-000001", None, 5),
    ]
    for action, user, name, kind, target, label, reason, day in rows:
        await owner.execute(
            "insert into kit_audit_entries (organisation_id, action, actor_user_id, actor_name, "
            "target_type, target_id, target_label, reason, before, after, occurred_at) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, '{\"a\": 1}', '{\"a\": 2}', $9)",
            person.organisation_id,
            action,
            user,
            name,
            kind,
            target,
            label,
            reason,
            datetime(2026, 3, day, tzinfo=UTC),
        )
    await owner.execute(
        "insert into kit_audit_entries (organisation_id, action, target_type, target_id) "
        "values ($1, 'request.create', 'request', $1)",
        uuid4(),
    )
    return person


async def actions(client, **query) -> list[str]:
    answer = await client.get("/api/v1/audit", params=query)
    assert answer.status_code == 200, answer.text
    return [item["action"] for item in answer.json()["items"]]


async def test_an_entry_tells_who_did_what_to_what(bare, person, database) -> None:
    await seal(database)
    async with bare.client_of(person) as client:
        body = (await client.get("/api/v1/audit", params={"size": 1})).json()
    [entry] = body["items"]
    assert len(entry.pop("hash")) == 64
    sequence = entry.pop("sequence")
    assert entry == {
        "occurred_at": "2026-03-05T00:00:00Z",
        "action": "request.close",
        "actor": {"id": None, "name": ""},
        "target": {"type": "request", "id": str(REQUEST), "label": "RFQ-2026-000001"},
        "before": {"a": 1},
        "after": {"a": 2},
        "reason": None,
        "ip": None,
        "request_id": None,
        "position": 5,
    }
    assert sequence > 0
    assert body["next"]


async def test_the_feed_goes_on_by_cursor_and_ends(bare, person) -> None:
    seen, cursor = [], None
    async with bare.client_of(person) as client:
        for _ in range(3):
            query = {"size": 2} | ({"cursor": cursor} if cursor else {})
            body = (await client.get("/api/v1/audit", params=query)).json()
            seen += [item["action"] for item in body["items"]]
            cursor = body["next"]
    assert cursor is None
    assert seen == [
        "request.close",
        "quote.withdraw",
        "quote.submit",
        "request.publish",
        "request.create",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"action": "quote.submit"}, ["quote.submit"]),
        ({"action": "quote"}, ["quote.withdraw", "quote.submit"]),
        ({"action": "quo"}, []),
        ({"actor": str(DANIYAR)}, ["quote.withdraw", "quote.submit"]),
        ({"target_type": "quote"}, ["quote.withdraw", "quote.submit"]),
        ({"target_id": str(QUOTE)}, ["quote.withdraw", "quote.submit"]),
        ({"from": "2026-03-04T00:00:00Z"}, ["request.close", "quote.withdraw"]),
        ({"to": "2026-03-02T00:00:00Z"}, ["request.create"]),
        ({"from": "2026-03-02T00:00:00+05:00", "to": "2026-03-02T00:00:01Z"}, ["request.publish"]),
        ({"text": "rfq-2026"}, ["request.close", "request.publish", "request.create"]),
        ({"text": "100%"}, ["quote.submit"]),
        ({"text": "%"}, ["quote.submit"]),
        ({"text": "q_1"}, ["quote.withdraw", "quote.submit"]),
        ({"text": "nothing"}, []),
        ({"action": "request", "actor": str(DANIYAR)}, []),
    ],
)
async def test_filters(bare, person, query: dict, expected: list[str]) -> None:
    async with bare.client_of(person) as client:
        assert await actions(client, **query) == expected


@pytest.mark.parametrize(
    "query",
    [
        {"actor": "me"},
        {"from": "yesterday"},
        {"from": "2026-03-04T00:00:00"},
        {"cursor": "x"},
        {"size": 101},
        {"text": "x" * 101},
    ],
)
async def test_filters_that_make_no_sense_are_named(bare, person, query: dict) -> None:
    async with bare.client_of(person) as client:
        answer = await client.get("/api/v1/audit", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")
    assert answer.json()["errors"][0]["pointer"].startswith("#/query/")


@pytest.mark.parametrize("path", ["", "/export", "/verify"])
async def test_who_may_read_the_trail(bare, person, path: str) -> None:
    statuses = {}
    for role in Role:
        reader = Person(role=role, organisation_id=person.organisation_id)
        async with bare.client_of(reader) as client:
            statuses[role] = (await client.get(f"/api/v1/audit{path}")).status_code
    async with bare.client_of(None) as client:
        assert (await client.get(f"/api/v1/audit{path}")).status_code == 401
    readers = {Role.OWNER, Role.ADMIN, Role.MANAGER, Role.VIEWER}
    assert statuses == {role: 200 if role in readers else 403 for role in Role}


async def test_a_stranger_sees_only_their_own_trail(bare, person) -> None:
    async with bare.client_of(Person()) as client:
        assert await actions(client) == []
        verified = (await client.get("/api/v1/audit/verify")).json()
    assert (verified["ok"], verified["entries"]) == (True, 0)


async def test_csv_is_safe_to_open(bare, person) -> None:
    async with bare.client_of(person) as client:
        answer = await client.get("/api/v1/audit/export", params={"action": "quote"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfsequence,")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["action"] for row in rows] == ["quote.withdraw", "quote.submit"]
    assert rows[0]["actor"] == "'=Daniyar()"
    assert UUID(rows[0]["actor_id"]) == DANIYAR
    assert json.loads(rows[0]["before"]) == {"a": 1}


async def test_json_lines_hold_what_the_feed_holds(bare, person) -> None:
    async with bare.client_of(person) as client:
        feed = (await client.get("/api/v1/audit")).json()["items"]
        answer = await client.get("/api/v1/audit/export", params={"format": "jsonl"})
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines[0]["action"] == "audit.export"
    assert lines[1:] == feed
    assert answer.headers["content-type"] == "application/jsonl"


async def test_an_export_reads_past_its_page(bare, person, owner) -> None:
    await owner.execute(
        "insert into kit_audit_entries (organisation_id, action, target_type, target_id) "
        "select $1, 'a.b', 'a', gen_random_uuid() from generate_series(1, 2000)",
        person.organisation_id,
    )
    async with bare.client_of(person) as client:
        answer = await client.get("/api/v1/audit/export", params={"format": "jsonl"})
    sequences = [json.loads(line)["sequence"] for line in answer.text.splitlines()]
    assert len(sequences) == 2006
    assert sequences == sorted(sequences, reverse=True)
    assert len(set(sequences)) == 2006


async def test_an_export_is_itself_in_the_trail(bare, person) -> None:
    async with bare.client_of(person) as client:
        await client.get("/api/v1/audit/export")
        [latest] = (await client.get("/api/v1/audit", params={"size": 1})).json()["items"]
    assert latest["action"] == "audit.export"
    assert latest["actor"]["id"] == str(AIGERIM)


async def test_verification_reports_a_break(bare, person, database, owner) -> None:
    await seal(database)
    async with bare.client_of(person) as client:
        whole = (await client.get("/api/v1/audit/verify")).json()
        await owner.execute("alter table kit_audit_entries disable trigger user")
        await owner.execute("delete from kit_audit_entries where action = 'quote.submit'")
        broken = (await client.get("/api/v1/audit/verify")).json()
    assert len(whole.pop("head_hash")) == 64
    assert whole == {"ok": True, "entries": 5, "sealed": 5, "broken_at": None, "reason": None}
    assert (broken["ok"], broken["broken_at"], broken["reason"]) == (False, 3, "missing")
