"""Live: what is told reaches the person's stream, and a lost connection loses nothing."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from fastapi import FastAPI

from karavan.kit.db import SYSTEM, Database
from karavan.kit.realtime import publish
from tests.factories.accounts import Account, register
from tests.factories.deals import act, make_deal, make_pair, signature
from tests.factories.notifications import PATH, feed
from tests.factories.procurement import invite, make_published, make_request, ok, submit_quote


class Stream:
    """The application's answer to one GET of the stream, read as it is sent."""

    def __init__(self) -> None:
        self.parts: asyncio.Queue[bytes] = asyncio.Queue()
        self.status = 0
        self._rest = ""

    async def send(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.parts.put_nowait(message["body"])

    async def next(self) -> tuple[int | None, str, dict]:
        """Number, name and data of the next event."""
        while True:
            while "\n\n" in self._rest:
                block, self._rest = self._rest.split("\n\n", 1)
                fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
                if "event" in fields:
                    number = int(fields["id"]) if "id" in fields else None
                    return number, fields["event"], json.loads(fields["data"])
            async with asyncio.timeout(10):
                self._rest += (await self.parts.get()).decode()

    async def until(self, topic: str) -> tuple[int | None, dict]:
        """The next event of a topic."""
        while True:
            number, name, data = await self.next()
            if name == topic:
                return number, data


@asynccontextmanager
async def listening(account: Account, last_event_id: int | None = None) -> AsyncIterator[Stream]:
    """An open stream on the application itself: the test client of HTTPX waits for the end of an answer."""
    headers = [(b"host", b"test"), (b"authorization", f"Bearer {account.access_token}".encode())]
    if last_event_id is not None:
        headers.append((b"last-event-id", str(last_event_id).encode()))
    stream, gone = Stream(), asyncio.Event()
    asked = False

    async def receive() -> dict:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": f"{PATH}/stream",
        "raw_path": f"{PATH}/stream".encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
    }
    running = asyncio.create_task(account.app(scope, receive, stream.send))
    try:
        yield stream
    finally:
        gone.set()
        await running


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
