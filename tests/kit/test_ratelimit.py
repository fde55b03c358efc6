"""Limits that hold across processes and cost few round trips."""

import asyncio
import re
from collections import Counter
from uuid import UUID, uuid4

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from karavan.kit.authz import Credentials
from karavan.kit.db import Database
from karavan.kit.jobs import JobContext
from karavan.kit.ratelimit import (
    LimitPolicy,
    PostgresLimitStore,
    RateLimiter,
    RateLimitMiddleware,
    client_ip,
    ip_subject,
    sweep_rate_limits,
)
from karavan.kit.services import Services
from karavan.kit.web import problem_response
from karavan.settings import LimitSettings, Settings
from tests.factories.accounts import visitor

EXACT = LimitPolicy("sign-in", 10)
IN_STEPS = LimitPolicy("user", 100, step=5)


class CountingStore:
    """Counts the reports that reach the real store behind it."""

    def __init__(self, store: PostgresLimitStore) -> None:
        self.store = store
        self.reports = 0

    async def add(self, subject: str, amount: int, window_s: int) -> tuple[int, float]:
        self.reports += 1
        return await self.store.add(subject, amount, window_s)


class SilentStore:
    async def add(self, subject: str, amount: int, window_s: int) -> tuple[int, float]:
        raise ConnectionRefusedError


async def allowed(limiter: RateLimiter, policy: LimitPolicy, times: int, subject="a") -> int:
    verdicts = await asyncio.gather(*(limiter.hit(policy, subject) for _ in range(times)))
    return sum(verdict.allowed for verdict in verdicts)


async def test_an_exact_limit_is_exact_across_processes_at_once(database: Database) -> None:
    processes = [RateLimiter(PostgresLimitStore(database)) for _ in range(4)]
    passed = await asyncio.gather(*(allowed(process, EXACT, 25) for process in processes))
    assert sum(passed) == 10


async def test_a_limit_in_steps_is_exact_in_one_process_and_saves_round_trips(
    database: Database,
) -> None:
    store = CountingStore(PostgresLimitStore(database))
    limiter = RateLimiter(store)
    assert sum([await allowed(limiter, IN_STEPS, 1) for _ in range(300)]) == 100
    assert store.reports <= 100 // IN_STEPS.step + 1


async def test_a_limit_in_steps_is_overrun_by_less_than_a_step_per_other_process(
    database: Database,
) -> None:
    processes = [RateLimiter(PostgresLimitStore(database)) for _ in range(3)]
    passed = 0
    for turn in range(400):
        passed += await allowed(processes[turn % 3], IN_STEPS, 1)
    assert 100 <= passed <= 100 + 2 * IN_STEPS.step


async def test_subjects_and_policies_count_apart(database: Database) -> None:
    limiter = RateLimiter(PostgresLimitStore(database))
    assert await allowed(limiter, EXACT, 15, "a") == 10
    assert await allowed(limiter, EXACT, 15, "b") == 10
    assert await allowed(limiter, LimitPolicy("ip", 3), 15, "a") == 3


async def test_a_new_window_starts_when_the_last_has_ended(database: Database) -> None:
    short = LimitPolicy("sign-in", 2, window_s=1)
    limiter = RateLimiter(PostgresLimitStore(database))
    assert await allowed(limiter, short, 5) == 2
    await asyncio.sleep(1.05)
    assert await allowed(limiter, short, 5) == 2
    other = RateLimiter(PostgresLimitStore(database))
    assert await allowed(other, short, 5) == 0


async def test_remaining_counts_down_and_reset_stays_within_the_window(database) -> None:
    limiter = RateLimiter(PostgresLimitStore(database))
    verdicts = [await limiter.hit(LimitPolicy("ip", 3), "a") for _ in range(4)]
    assert [verdict.remaining for verdict in verdicts] == [2, 1, 0, 0]
    assert [verdict.allowed for verdict in verdicts] == [True, True, True, False]
    assert all(59 <= verdict.reset_s <= 60 for verdict in verdicts)


async def test_a_silent_store_leaves_each_process_its_own_count() -> None:
    limiter = RateLimiter(SilentStore())
    assert await allowed(limiter, EXACT, 25) == 10


async def test_ended_windows_are_swept(database: Database, owner) -> None:
    store = PostgresLimitStore(database)
    await store.add("ended", 1, 60)
    await store.add("running", 1, 60)
    await owner.execute(
        "update kit_rate_limit_buckets set window_ends_at = now() where subject = 'ended'"
    )
    context = JobContext(database=database, settings=Settings(), services=Services(), job_id=1)
    await sweep_rate_limits(context)
    assert [
        row["subject"] for row in await owner.fetch("select * from kit_rate_limit_buckets")
    ] == ["running"]


@pytest.mark.parametrize(
    ("forwarded", "trusted", "expected"),
    [
        ("", 0, "10.0.0.9"),
        ("1.2.3.4", 0, "10.0.0.9"),
        ("1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4, 10.0.0.1", 2, "1.2.3.4"),
        ("1.2.3.4", 2, "10.0.0.9"),
        ("nonsense", 1, "10.0.0.9"),
        ("", 1, "10.0.0.9"),
    ],
)
def test_only_proxies_of_ours_are_believed(forwarded: str, trusted: int, expected: str) -> None:
    headers = Headers({"x-forwarded-for": forwarded} if forwarded else {})
    assert client_ip(headers, "10.0.0.9", trusted) == expected


def test_one_ipv6_customer_is_one_subject() -> None:
    assert ip_subject("2001:db8:1:2:3::1") == ip_subject("2001:db8:1:2:ffff::9")
    assert ip_subject("2001:db8:1:2::1") != ip_subject("2001:db8:1:3::1")
    assert ip_subject("::ffff:1.2.3.4") == "1.2.3.4"
    assert ip_subject("unknown") == "unknown"


def limited(database: Database, *, user_id: UUID | None = None, **limits: int) -> httpx.AsyncClient:
    """A client of a small application behind the middleware."""
    limiter = RateLimiter(PostgresLimitStore(database))
    handled: Counter[str] = Counter()

    async def answer(request) -> PlainTextResponse:
        handled[request.url.path] += 1
        return PlainTextResponse(str(handled[request.url.path]))

    inner = RateLimitMiddleware(
        Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])]),
        limiter=lambda _: limiter,
        settings=Settings(limits=limits, trusted_proxies=1),
        sign_in_paths=re.compile("/api/v1/auth/login"),
        picture_paths=re.compile("/api/v1/pictures/.*"),
        refuse=problem_response,
    )

    async def app(scope, receive, send):
        credentials = user_id and Credentials(user_id, uuid4(), uuid4())
        scope["state"] = {"credentials": credentials, "request_id": "r-1"}
        await inner(scope, receive, send)

    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test")


async def test_pictures_have_a_limit_of_their_own(database: Database) -> None:
    async with limited(database, per_ip=1, pictures=3) as client:
        pictures = [await client.get("/api/v1/pictures/x") for _ in range(4)]
        others = [await client.get("/api/v1/x") for _ in range(2)]
    assert [answer.status_code for answer in pictures] == [200, 200, 200, 429]
    assert pictures[-1].json()["meta"]["violated_policies"] == ["pictures"]
    assert [answer.status_code for answer in others] == [200, 429]


async def test_a_visitor_over_the_limit_is_told_when_to_come_back(database: Database) -> None:
    async with limited(database, per_ip=2) as client:
        answers = [await client.get("/api/v1/x") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["ratelimit-policy"] == '"ip";q=2;w=60'
    assert answers[0].headers["ratelimit"] == '"ip";r=1;t=60'
    refused = answers[2]
    assert refused.headers["content-type"] == "application/problem+json"
    assert int(refused.headers["retry-after"]) in {59, 60}
    assert refused.headers["ratelimit"].startswith('"ip";r=0;t=')
    body = refused.json()
    assert (body["code"], body["request_id"]) == ("rate_limited", "r-1")
    assert body["meta"]["violated_policies"] == ["ip"]


async def test_a_person_is_counted_by_account_wherever_they_are(database: Database) -> None:
    async with limited(database, user_id=uuid4(), per_ip=1, per_user=3) as client:
        statuses = [
            (await client.get("/api/v1/x", headers={"x-forwarded-for": f"1.1.1.{n}"})).status_code
            for n in range(4)
        ]
    assert statuses == [200, 200, 200, 429]


async def test_sign_in_has_a_limit_of_its_own_per_address(database: Database) -> None:
    async with limited(database, per_ip=100, sign_in=2) as client:

        async def sign_in(address: str) -> int:
            headers = {"x-forwarded-for": address}
            return (await client.post("/api/v1/auth/login", headers=headers)).status_code

        assert [await sign_in("1.1.1.1") for _ in range(3)] == [200, 200, 429]
        assert await sign_in("1.1.1.2") == 200
        answer = await client.get("/api/v1/x", headers={"x-forwarded-for": "1.1.1.1"})
    assert answer.status_code == 200
    assert answer.headers["ratelimit-policy"] == '"ip";q=100;w=60'


async def test_what_is_no_api_and_limits_that_are_off_pass_untouched(database, owner) -> None:
    async with limited(database, per_ip=1) as client:
        assert [(await client.get("/health")).status_code for _ in range(3)] == [200] * 3
    async with limited(database, per_ip=1, enabled=False) as client:
        answers = [await client.get("/api/v1/x") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert "ratelimit" not in answers[0].headers
    assert await owner.fetchval("select count(*) from kit_rate_limit_buckets") == 0


@pytest.mark.parametrize("path", ["auth/login", "auth/refresh", "invites/some-token/accept"])
async def test_every_door_at_which_passwords_are_tried_is_limited(settings, path) -> None:
    from karavan.app import create_app

    app = create_app(settings.model_copy(update={"limits": LimitSettings(sign_in=2)}))
    async with app.router.lifespan_context(app), visitor(app) as client:
        answers = [await client.post(f"/api/v1/{path}", json={}) for _ in range(3)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert answers[2].json()["meta"]["violated_policies"] == ["sign-in"]
