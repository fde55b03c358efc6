"""Complaints for tests, made through the public API about orders that were delivered."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import asyncpg

from tests.factories.accounts import Account
from tests.factories.orders import Trade, place
from tests.factories.orders import move as move_order
from tests.factories.procurement import ok

COMPLAINTS = "/api/v1/complaints"
HOURS = "/api/v1/business-hours"

ALWAYS = {
    "time_zone": "UTC",
    "week": [[{"from": "00:00", "to": "24:00"}]] * 7,
    "holidays": [],
}
"""Working time that never ends, so that a deadline is the same distance at every hour of a test."""


async def delivered(trade: Trade, *quantities: str) -> dict[str, Any]:
    """A delivered order, as the buyer sees it."""
    order = await place(trade, *quantities)
    for name in ("confirm", "process", "ship", "deliver"):
        order = await move_order(trade.seller, order, name)
    return ok(await trade.buyer.client.get(f"/api/v1/orders/{order['id']}"))


def body_for(order: dict[str, Any], line: int | None = 0, **fields: Any) -> dict[str, Any]:
    """The body of a complaint about a line, or the whole order."""
    return {
        "order_id": order["id"],
        "line_id": None if line is None else order["lines"][line]["id"],
        "kind": "damaged",
        "wanted": "credit",
        "text": "Two sacks were torn.",
        **fields,
    }


async def complain(
    trade: Trade, order: dict[str, Any], line: int | None = 0, **fields: Any
) -> dict[str, Any]:
    """An open complaint, as the buyer sees it."""
    body = body_for(order, line, **fields)
    return ok(await trade.buyer.client.post(COMPLAINTS, json=body), 201)


async def move(
    account: Account, complaint: dict[str, Any], name: str, **body: Any
) -> dict[str, Any]:
    """The complaint after a transition."""
    return ok(await account.client.post(f"{COMPLAINTS}/{complaint['id']}/{name}", json=body))


async def read(account: Account, complaint: dict[str, Any]) -> dict[str, Any]:
    """The complaint as one side sees it now."""
    return ok(await account.client.get(f"{COMPLAINTS}/{complaint['id']}"))


async def shift(owner: asyncpg.Connection, complaint: dict[str, Any], **back: timedelta) -> None:
    """Let time pass: columns of the complaint move back."""
    for column, by in back.items():
        await owner.execute(
            f"update support_complaints set {column} = {column} - $2::interval where id = $1",
            UUID(complaint["id"]),
            by,
        )


async def let_fall_due(database: Any) -> None:
    """What the clock does every five minutes."""
    from karavan.modules.support.tasks import let_complaints_fall_due

    run: Callable[..., Awaitable[None]] = let_complaints_fall_due
    await run(SimpleNamespace(database=database))


def minutes_until(moment: str) -> float:
    """How far away a moment of an answer is."""
    return (datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds() / 60
