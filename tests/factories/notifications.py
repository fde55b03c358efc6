"""Notifications as their readers see them."""

from typing import Any

import asyncpg

from karavan.kit.db import Database
from karavan.kit.events import Event, subscriptions
from karavan.kit.scopes import SYSTEM
from karavan.modules.notifications.handlers import hint_at_changes, notify
from tests.factories.accounts import Account
from tests.factories.procurement import ok

PATH = "/api/v1/notifications"


async def feed(account: Account, **filters: Any) -> list[dict[str, Any]]:
    """What somebody was told, newest first."""
    items: list[dict[str, Any]] = ok(await account.client.get(PATH, params=filters))["items"]
    return items


async def kinds_told(account: Account) -> list[str]:
    """Kinds of what somebody was told, oldest first."""
    return [one["kind"] for one in reversed(await feed(account, size=100))]


async def unread(account: Account) -> int:
    """The number at somebody's bell."""
    count: int = ok(await account.client.get(f"{PATH}/unread-count"))["count"]
    return count


async def serve_category(account: Account, *categories: str) -> None:
    """Let a vendor's organisation be found for these categories."""
    path = f"/api/v1/organisations/{account.organisation_id}"
    ok(await account.client.patch(path, json={"categories": list(categories)}))


async def recorded(owner: asyncpg.Connection, event_type: str) -> Event:
    """The newest event of a type, as handlers receive it."""
    import json

    row = await owner.fetchrow(
        "select sequence, type, organisation_id, aggregate_id, payload, occurred_at"
        " from kit_outbox_events where type = $1 order by sequence desc limit 1",
        event_type,
    )
    return Event(**{**dict(row), "payload": json.loads(row["payload"])})


async def hear_again(database: Database, event: Event) -> None:
    """Run the handlers of an event once more, as after a crash between their work and its mark."""
    for handler in (notify, hint_at_changes):
        name = f"modules.notifications.handlers.{handler.__name__}"
        if event.type in subscriptions()[name]:
            async with database.transaction(SYSTEM) as session:
                await handler(session, event)
