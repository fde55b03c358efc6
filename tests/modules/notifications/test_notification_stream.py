"""Live: what is told reaches the person's stream, and a lost connection loses nothing."""

import json

import asyncpg
import pytest
from fastapi import FastAPI

from karavan.kit.db import Database
from karavan.kit.realtime import publish
from karavan.kit.scopes import SYSTEM
from tests.factories.accounts import Account, register
from tests.factories.deals import act, make_deal, make_pair, signature
from tests.factories.notifications import PATH, feed
from tests.factories.procurement import invite, make_published, make_request, ok, submit_quote
from tests.factories.streams import listening


async def test_a_notification_arrives_live_and_after_a_lost_connection(
    app: FastAPI, drain, database: Database
) -> None:
    account, stranger = await register(app), await register(app)
    async with listening(account) as stream, listening(stranger) as other:
        await stream.until("ready")
        await other.until("ready")
        ok(await account.client.post(f"{PATH}/emit-job"), 202)
        await drain()
        position, data = await stream.until("notification.created")
        assert data == {"id": (await feed(account))[0]["id"]}
        async with database.transaction(SYSTEM) as session:
            await publish(
                session,
                organisation_id=stranger.organisation_id,
                topic="parcel.sent",
                payload={"n": 1},
            )
        # The stranger's first news is their own, so the other's was not among it.
        assert (await other.next())[1] == "parcel.sent"
    for _ in range(3):
        ok(await account.client.post(f"{PATH}/emit-job"), 202)
    await drain()
    missed = [one["id"] for one in reversed(await feed(account, size=3))]
    async with listening(account, position) as stream:
        heard = [(await stream.until("notification.created"))[1]["id"] for _ in range(3)]
    assert heard == missed


async def test_reading_reaches_the_persons_other_windows(app: FastAPI, drain) -> None:
    account = await register(app)
    for _ in range(2):
        ok(await account.client.post(f"{PATH}/emit-job"), 202)
    await drain()
    newest = (await feed(account))[0]["id"]
    async with listening(account) as stream:
        await stream.until("ready")
        ok(await account.client.patch(f"{PATH}/{newest}/read"))
        assert (await stream.until("notification.read"))[1] == {"id": newest}
        ok(await account.client.post(f"{PATH}/read-all"))
        assert (await stream.until("notification.read"))[1] == {"id": None}


async def hints(owner: asyncpg.Connection, account: Account) -> list[tuple[str, str]]:
    """Topic and id of the hints that an organisation was given, each once."""
    rows = await owner.fetch(
        "select distinct topic, payload->>'id' as id from kit_realtime_events"
        " where organisation_id = $1 and topic like '%.changed'",
        account.organisation_id,
    )
    return sorted((row["topic"], row["id"]) for row in rows)


class TestHints:
    async def test_a_draft_is_the_buyers_alone_and_a_quote_is_for_two(
        self, app: FastAPI, drain, owner: asyncpg.Connection
    ) -> None:
        buyer, vendor, stranger = [
            await register(app, role=role) for role in ("buyer", "vendor", "vendor")
        ]
        draft = await make_request(buyer)
        await invite(buyer, draft, stranger)
        await drain()
        assert await hints(owner, buyer) == [("request.changed", draft["id"])]
        request = await make_published(buyer)
        quote = await submit_quote(vendor, request)
        await drain()
        assert ("quote.changed", quote["id"]) in await hints(owner, buyer)
        assert await hints(owner, vendor) == sorted(
            [("quote.changed", quote["id"]), ("request.changed", request["id"])]
        )
        assert await hints(owner, stranger) == []

    async def test_both_sides_of_a_deal_are_told(
        self, app: FastAPI, drain, owner: asyncpg.Connection
    ) -> None:
        pair = await make_pair(app)
        deal = await make_deal(pair)
        await act(pair.vendor, deal, "sign", **signature(deal))
        await drain()
        for account in (pair.buyer, pair.vendor):
            assert ("deal.changed", deal["id"]) in await hints(owner, account)

    @pytest.mark.parametrize("topic", ["notification.created", "request.changed", "quote.changed"])
    async def test_payloads_are_identifiers_alone(
        self, app: FastAPI, drain, owner: asyncpg.Connection, topic: str
    ) -> None:
        buyer, vendor = await register(app), await register(app, role="vendor")
        await submit_quote(vendor, await make_published(buyer))
        await drain()
        rows = await owner.fetch("select payload from kit_realtime_events where topic = $1", topic)
        assert rows
        for row in rows:
            assert set(json.loads(row["payload"])) <= {"id", "request_id"}
