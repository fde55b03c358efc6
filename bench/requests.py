"""Reading requests and submitting quotes, against what the database and a bare request alone would allow."""

from typing import Any

from bench import capture, limit, load
from bench.dataset import FIRST_FREE_VENDOR, LINES, published_request
from bench.identifiers import (
    ORGANISATION,
    REQUEST,
    REQUEST_LINE,
    SESSION,
    USER,
    identifier,
    in_sql,
)
from bench.report import Result
from bench.stage import Stage, say

READ_TARGET = 0.6
WRITE_TARGET = 0.4
_LIMITS_OFFSET = 50
"""Vendors that the limit lets quote stand so far from those that the load does."""


def request_list(stage: Stage) -> Result:
    """A page of 20 of a company's requests, filtered and sorted."""
    path = "/api/v1/requests?state=published&sort=-quotes_due_at&size=20&page=3"
    script = script_for(stage, [r"\set o random(0, :organisations - 1)"], person=7)
    for statement in capture.statements_of(stage, "GET", path, person=7):
        script.add(statement)
    return compared(stage, "request-list", "request_list.lua", script, READ_TARGET)


def signed_in(stage: Stage) -> Result:
    """What every request of a signed-in person pays: who is asking, and one small read."""
    path = "/api/v1/notifications/unread-count"
    script = script_for(stage, [r"\set o random(0, :organisations - 1)"], person=7)
    for statement in capture.statements_of(stage, "GET", path, person=7):
        script.add(statement)
    return compared(stage, "signed-in", "signed_in.lua", script, READ_TARGET)


def request_page(stage: Stage) -> Result:
    """The page of one request, read by its buyer."""
    number = 7
    variables = [r"\set r random(0, :requests - 1)", r"\set o :r % :organisations"]
    script = script_for(stage, variables, person=7)
    script.varying[identifier(REQUEST, number)] = in_sql(REQUEST, ":r")
    path = f"/api/v1/requests/{identifier(REQUEST, number)}"
    for statement in capture.statements_of(stage, "GET", path, person=7):
        script.add(statement)
    return compared(stage, "request-page", "request_page.lua", script, READ_TARGET)


def quote_submission(stage: Stage) -> Result:
    """A vendor's quote of three lines: guard, locks, number, audit and event; the limit has its writes alone."""
    index, offset = 3, FIRST_FREE_VENDOR + 2 * _LIMITS_OFFSET
    number = published_request(index)
    vendor = (number + offset) % stage.sizes.organisations
    buyer = number % stage.sizes.organisations
    variables = [
        r"\set i :i + 1",
        rf"\set pair :base + :i * {limit.CONNECTIONS} + :client_id",
        r"\set index :pair % :published",
        r"\set r :index / 4 * 5 + 1 + :index % 4",
        rf"\set o (:r + {FIRST_FREE_VENDOR} + :pair / :published) % :organisations",
        r"\set b :r % :organisations",
    ]
    script = script_for(stage, variables, person=vendor)
    script.varying |= {
        identifier(REQUEST, number): in_sql(REQUEST, ":r"),
        identifier(ORGANISATION, buyer): in_sql(ORGANISATION, ":b"),
        "QUO-2026-000001": "('QUO-' || :pair)",
    }
    for place in range(LINES):
        line = identifier(REQUEST_LINE, number * LINES + place)
        script.varying[line] = in_sql(REQUEST_LINE, f":r * {LINES} + {place}")
    body = _offer(number)
    path = f"/api/v1/requests/{identifier(REQUEST, number)}/quotes"
    statements = capture.statements_of(stage, "POST", path, person=vendor, body=body)
    for statement in statements:
        if statement.writes:
            script.add(statement)
    base = _LIMITS_OFFSET * stage.sizes.published
    return compared(
        stage, "quote-submission", "quote_submission.lua", script, WRITE_TARGET, base=base
    )


def _offer(number: int) -> dict[str, Any]:
    return {
        "currency": "KZT",
        "valid_until": "2040-01-01T00:00:00Z",
        "lead_time_days": 14,
        "lines": [
            {
                "request_line_id": str(identifier(REQUEST_LINE, number * LINES + place)),
                "unit_price": {"amount": 100_000 + place, "currency": "KZT"},
                "tax_rate": "12",
            }
            for place in range(LINES)
        ],
    }


def script_for(stage: Stage, variables: list[str], *, person: int) -> limit.Script:
    """A script in which organisation `:o` and its first person stand for those of the captured request."""
    sizes = stage.sizes
    script = limit.Script(
        variables,
        {
            identifier(SESSION, person): in_sql(SESSION, ":o"),
            identifier(USER, person): in_sql(USER, ":o"),
            identifier(ORGANISATION, person): in_sql(ORGANISATION, ":o"),
        },
        organisation=in_sql(ORGANISATION, ":o"),
        person=in_sql(USER, ":o"),
    )
    script.numbers = {
        "organisations": sizes.organisations,
        "requests": sizes.requests,
        "published": sizes.published,
    }
    return script


def compared(
    stage: Stage, name: str, lua: str, script: limit.Script, target: float, *, base: int = 0
) -> Result:
    """What the load came to, against what the script and a bare request would allow."""
    measured = load.run(stage, lua)
    bare = load.run(stage, "bare.lua")
    database_per_s = limit.transactions_per_second(stage, script, base=base)
    allowed = limit.limit_of(database_per_s, bare.per_s)
    say(f"{name}: {measured.per_s:,.0f} of {allowed:,.0f} a second")
    return Result(
        name,
        f"≥ {target} of the limit",
        measured.per_s >= target * allowed,
        measured.per_s,
        measured.p50_ms,
        measured.p95_ms,
        measured.p99_ms,
        allowed,
        {"pgbench a second": database_per_s, "bare requests a second": bare.per_s},
    )
