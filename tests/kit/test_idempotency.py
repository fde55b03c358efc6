"""The same POST twice: one effect, one answer, whatever happens in between."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import EVERY_ROLE, Actor, Credentials, Role, permission, requires
from karavan.kit.db import Database
from karavan.kit.errors import ConflictError
from karavan.kit.idempotency import parse_key, sweep_idempotency_keys
from karavan.kit.jobs import JobContext
from karavan.kit.numbering import next_in_series
from karavan.kit.routing import router
from karavan.kit.services import Services
from karavan.kit.signing import install_keys
from karavan.kit.unit_of_work import Tx
from karavan.kit.web import install_error_handlers
from karavan.settings import Settings
from tests.kit.waiting import until

COUNT = permission("test-idempotency:count", EVERY_ROLE)
routes = router("", "test")
Counter = Annotated[Actor, requires(COUNT)]


class CountBody(BaseModel):
    fail: bool = False
    wait_s: float = 0
    cookie: bool = False


@routes.post("/count", status_code=201)
async def count(
    session: Tx, actor: Counter, response: Response, body: CountBody | None = None
) -> dict[str, int]:
    body = body or CountBody()
    number = await next_in_series(session, actor.organisation_id, "TEST")
    await asyncio.sleep(body.wait_s)
    if body.fail:
        raise ConflictError
    response.headers["location"] = f"/count/{number}"
    if body.cookie:
        response.set_cookie("karavan_access", "secret")
    return {"number": number}


async def actor_of_headers(
    session: AsyncSession, credentials: Credentials, request: Request
) -> Actor:
    return Actor(
        user_id=credentials.user_id,
        organisation_id=credentials.organisation_id,
        role=Role.BUYER,
        permissions=frozenset({COUNT}),
    )


@pytest.fixture
async def caller(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    install_keys(Settings())
    app = FastAPI()
    app.include_router(routes)
    app.state.database = database
    app.state.resolve_actor = actor_of_headers
    install_error_handlers(app)

    async def with_credentials(scope, receive, send):
        headers = dict(scope["headers"])
        organisation, user = (UUID(headers[name].decode()) for name in (b"x-org", b"x-user"))
        scope["state"] = {"credentials": Credentials(user, organisation, uuid4())}
        await app(scope, receive, send)

    transport = httpx.ASGITransport(app=with_credentials, raise_app_exceptions=False)
    headers = {"x-org": str(uuid4()), "x-user": str(uuid4())}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", headers=headers
    ) as client:
        yield client


async def effects(owner: asyncpg.Connection) -> int:
    return await owner.fetchval("select coalesce(max(last_number), 0) from kit_number_series")


async def post(client: httpx.AsyncClient, key: str, **more) -> httpx.Response:
    json = more.pop("json", {})
    return await client.post("/api/v1/count", json=json, headers={"Idempotency-Key": key, **more})


async def test_a_repetition_gets_the_first_answer_and_has_no_effect(caller, owner) -> None:
    first = await post(caller, "k-1")
    again = await post(caller, "k-1")
    quoted = await post(caller, '"k-1"')
    assert (first.status_code, first.json()) == (201, {"number": 1})
    assert "idempotency-replayed" not in first.headers
    for replay in (again, quoted):
        assert (replay.status_code, replay.json()) == (201, {"number": 1})
        assert replay.headers["idempotency-replayed"] == "true"
        assert replay.headers["location"] == "/count/1"
        assert replay.headers["content-type"] == "application/json"
    assert await effects(owner) == 1


async def test_another_body_under_the_same_key_is_refused(caller, owner) -> None:
    await post(caller, "k-1")
    refused = await post(caller, "k-1", json={"wait_s": 0.001})
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency.mismatch")
    assert await effects(owner) == 1


async def test_another_query_counts_as_another_request(caller, owner) -> None:
    await post(caller, "k-1")
    refused = await caller.post(
        "/api/v1/count?again=1", json={}, headers={"Idempotency-Key": "k-1"}
    )
    assert refused.json()["code"] == "idempotency.mismatch"


async def test_twenty_at_once_take_effect_once(caller, owner) -> None:
    answers = await asyncio.gather(*(post(caller, "k-1", json={"wait_s": 0.05}) for _ in range(20)))
    assert [answer.status_code for answer in answers] == [201] * 20
    assert {answer.json()["number"] for answer in answers} == {1}
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 19
    assert await effects(owner) == 1


async def test_a_refusal_leaves_the_key_free(caller, owner) -> None:
    refused = await post(caller, "k-1", json={"fail": True})
    assert refused.status_code == 409
    assert await owner.fetchval("select count(*) from kit_idempotency_keys") == 0
    accepted = await post(caller, "k-1")
    assert accepted.json() == {"number": 1}
    invalid = await post(caller, "k-2", json={"wait_s": "soon"})
    assert invalid.status_code == 422
    assert await owner.fetchval("select count(*) from kit_idempotency_keys") == 1


async def test_one_that_waits_goes_ahead_when_the_first_fails(caller, owner) -> None:
    failing = asyncio.create_task(post(caller, "k-1", json={"fail": True, "wait_s": 0.2}))

    async def is_under_way() -> bool:
        at_work = "select count(*) from pg_stat_activity where datname = current_database()"
        idle = await owner.fetchval(f"{at_work} and state = 'idle in transaction'")
        return idle == 1 or failing.done()

    await until(is_under_way)
    followed = await post(caller, "k-1")
    failed = await failing
    assert (failed.status_code, followed.status_code) == (409, 201)
    assert "idempotency-replayed" not in followed.headers
    assert await effects(owner) == 1


async def test_one_that_waits_too_long_is_told_so(caller, owner, database) -> None:
    async with database.transaction() as session:
        # The pool's only connection so far, so the request waits no longer than this.
        await session.execute(text("set lock_timeout = '200ms'"))
    await post(caller, "k-1")
    scope = await owner.fetchval("select scope from kit_idempotency_keys")
    await owner.execute("delete from kit_idempotency_keys")
    async with owner.transaction():
        await owner.execute(
            "insert into kit_idempotency_keys (scope, organisation_id, fingerprint, expires_at) "
            "values ($1, $2, '', now() + interval '1 day')",
            scope,
            UUID(caller.headers["x-org"]),
        )
        waited = await post(caller, "k-1")
    assert (waited.status_code, waited.json()["code"]) == (409, "idempotency.in_progress")
    assert waited.headers["retry-after"] == "1"
    assert await effects(owner) == 1


@pytest.mark.parametrize("name", ["x-org", "x-user"])
async def test_no_one_is_answered_with_what_another_was_told(caller, owner, name: str) -> None:
    await post(caller, "k-1")
    other = await post(caller, "k-1", **{name: str(uuid4())})
    assert other.status_code == 201
    assert "idempotency-replayed" not in other.headers


async def test_answers_that_sign_somebody_in_are_not_kept(caller, owner) -> None:
    first = await post(caller, "k-1", json={"cookie": True})
    assert first.status_code == 201
    assert await owner.fetchval("select count(*) from kit_idempotency_keys") == 0


async def test_the_store_holds_neither_key_nor_answer_in_clear(caller, owner) -> None:
    await post(caller, "my-key")
    row = await owner.fetchrow("select * from kit_idempotency_keys")
    assert b"my-key" not in bytes(row["scope"]) + bytes(row["answer"])
    assert b"number" not in bytes(row["answer"])


async def test_a_key_is_forgotten_after_a_day(caller, owner, database) -> None:
    await post(caller, "k-1")
    await post(caller, "k-2")
    await owner.execute("update kit_idempotency_keys set expires_at = now() - interval '1 second'")
    again = await post(caller, "k-1", json={"wait_s": 0.001})
    assert again.json() == {"number": 3}
    context = JobContext(database=database, settings=Settings(), services=Services(), job_id=1)
    await sweep_idempotency_keys(context)
    assert await owner.fetchval("select count(*) from kit_idempotency_keys") == 1


@pytest.mark.parametrize("key", ["", '""', "x" * 256, "ключ".encode().decode("latin-1"), "a\tb"])
def test_keys_that_are_none_are_refused(key: str) -> None:
    with pytest.raises(Exception, match="Idempotency-Key"):
        parse_key([key])


def test_two_keys_are_refused() -> None:
    with pytest.raises(Exception, match="Idempotency-Key"):
        parse_key(["a", "b"])


def test_a_structured_string_is_unescaped() -> None:
    assert parse_key([r'"a\"b\\c"']) == r'a"b\c'
    assert parse_key(["x" * 255]) == "x" * 255
    assert parse_key([]) is None


async def test_a_malformed_key_changes_nothing(caller, owner) -> None:
    refused = await post(caller, "x" * 256)
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")
    assert re.search("1 to 255", refused.json()["detail"])
    assert await effects(owner) == 0
