"""The live stream as a browser reads it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.factories.accounts import Account
from tests.factories.notifications import PATH


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
