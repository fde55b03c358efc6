"""Requests and quotes for tests, made through the public API."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from tests.factories.accounts import Account


def ok(answer: httpx.Response, status: int = 200) -> Any:
    """The body of an answer that must have this status."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text}"
    return answer.json() if answer.content else None


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem of an answer that must have this status and code."""
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), answer.text
    return body


def pointers(answer: httpx.Response) -> list[tuple[str, str]]:
    """Pointer and code of every field error of a 422 answer."""
    body = problem(answer, 422, "validation")
    return [(error["pointer"], error["code"]) for error in body["errors"]]


def in_days(days: float) -> str:
    """A moment so many days from now."""
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def kzt(amount: int) -> dict[str, Any]:
    """Money in tiyn."""
    return {"amount": amount, "currency": "KZT"}


def line(name: str = "Cement M500", quantity: str = "10", **overrides: Any) -> dict[str, Any]:
    """A line of a request body."""
    return {"name": name, "quantity": quantity, "unit": "TNE", **overrides}


def request_body(**overrides: Any) -> dict[str, Any]:
    """The body of a request that is complete enough to be published."""
    return {
        "title": "Building materials for a warehouse",
        "description": "Delivery in two batches.",
        "category": "construction",
        "currency": "KZT",
        "quotes_due_at": in_days(7),
        "delivery_country": "KZ",
        "delivery_place": "Almaty",
        "lines": [line(), line("Sand", "25.5")],
        **overrides,
    }


async def make_request(account: Account, **overrides: Any) -> dict[str, Any]:
    """A draft."""
    return ok(await account.client.post("/api/v1/requests", json=request_body(**overrides)), 201)


async def publish(account: Account, request: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Publish a draft."""
    path = f"/api/v1/requests/{request['id']}/publish"
    return ok(await account.client.post(path, json=body))


async def make_published(account: Account, **overrides: Any) -> dict[str, Any]:
    """A published request."""
    return await publish(account, await make_request(account, **overrides))


async def invite(account: Account, request: dict[str, Any], *vendors: Account) -> dict[str, Any]:
    """Invite vendors."""
    ids = [str(vendor.organisation_id) for vendor in vendors]
    path = f"/api/v1/requests/{request['id']}/invitations"
    return ok(await account.client.post(path, json={"organisation_ids": ids}))


def offer_body(request: dict[str, Any], **overrides: Any) -> dict[str, Any]:
    """A quote that offers every line at 1,000.00 KZT a unit, 12 % tax."""
    return {
        "currency": "KZT",
        "valid_until": in_days(30),
        "lead_time_days": 10,
        "lines": [
            {
                "request_line_id": one["id"],
                "kind": "offered",
                "unit_price": kzt(100_000),
                "tax_rate": "12",
            }
            for one in request["lines"]
        ],
        **overrides,
    }


async def submit_quote(
    account: Account, request: dict[str, Any], **overrides: Any
) -> dict[str, Any]:
    """A vendor's quote for a published request."""
    path = f"/api/v1/requests/{request['id']}/quotes"
    return ok(await account.client.post(path, json=offer_body(request, **overrides)), 201)


async def pass_deadline(owner: asyncpg.Connection, request: dict[str, Any]) -> None:
    """Let the time for quotes be over, a second ago."""
    await owner.execute(
        "update procurement_requests set quotes_due_at = now() - interval '1 second' where id = $1",
        UUID(request["id"]),
    )


async def events_of(
    owner: asyncpg.Connection, aggregate_id: str, *types: str
) -> list[dict[str, Any]]:
    """Recorded events of one aggregate, oldest first: `{type, payload, organisation_id}`."""
    import json

    rows = await owner.fetch(
        "select type, payload, organisation_id from kit_outbox_events where aggregate_id = $1 order by sequence",
        UUID(aggregate_id),
    )
    return [
        {
            "type": row["type"],
            "payload": json.loads(row["payload"]),
            "organisation_id": str(row["organisation_id"]),
        }
        for row in rows
        if not types or row["type"] in types
    ]


async def audit_of(owner: asyncpg.Connection, target_id: str) -> list[str]:
    """Actions in the audit trail about one target, oldest first."""
    rows = await owner.fetch(
        "select action from kit_audit_entries where target_id = $1 order by sequence",
        UUID(target_id),
    )
    return [row["action"] for row in rows]
