"""How long a piece of news takes from its publication to 1,000 people who listen over two server processes."""

import asyncio
import json
import multiprocessing
import time
from multiprocessing.queues import Queue
from typing import cast
from urllib.parse import urlsplit

from bench.identifiers import ORGANISATION, identifier
from bench.report import Result
from bench.stage import Stage, say
from karavan.kit.db import Database
from karavan.kit.realtime import publish
from karavan.kit.scopes import SYSTEM

LISTENERS = 1000
TARGET_MS = 60.0
_CLIENTS = 2
_TOPIC = "benchmark.published"
_PAUSE_S = 0.1
_CONNECT_LIMIT_S = 120.0


def stream_delivery(stage: Stage) -> Result:
    """News for a whole company, from the moment before its transaction begins to each listener's read."""
    people = range(stage.sizes.organisations, stage.sizes.people)
    tokens = [stage.token(person) for person in people]
    shares = [
        [tokens[n % len(tokens)] for n in range(client, LISTENERS, _CLIENTS)]
        for client in range(_CLIENTS)
    ]
    context = multiprocessing.get_context("spawn")
    ready: Queue[int] = context.Queue()
    heard: Queue[list[float]] = context.Queue()
    rounds = max(round(stage.seconds / _PAUSE_S), 5)
    listeners = [
        context.Process(target=_listen, args=(stage.address, share, rounds, ready, heard))
        for share in shares
    ]
    for listener in listeners:
        listener.start()
    try:
        for _ in listeners:
            ready.get(timeout=_CONNECT_LIMIT_S)
        say(f"{LISTENERS} streams are open; {rounds} pieces of news")
        took_s = asyncio.run(_publish(stage.settings.database_url, rounds))
        delays = sorted(delay for _ in listeners for delay in heard.get(timeout=_CONNECT_LIMIT_S))
    finally:
        for listener in listeners:
            listener.join(10)
            listener.kill()
    p50, p95, p99 = (delays[int(len(delays) * share)] * 1000 for share in (0.5, 0.95, 0.99))
    return Result(
        "stream-delivery",
        f"p99 ≤ {TARGET_MS:.0f} ms",
        p99 <= TARGET_MS and len(delays) == rounds * LISTENERS,
        per_s=len(delays) / took_s,
        p50_ms=p50,
        p95_ms=p95,
        p99_ms=p99,
        details={"listeners": LISTENERS, "delivered": len(delays), "published": rounds},
    )


async def _publish(database_url: str, rounds: int) -> float:
    database = Database(database_url, pool_size=1)
    started = time.monotonic()
    for number in range(-1, rounds):
        # The first is for warming up: number −1 is not counted.
        async with database.transaction(SYSTEM) as session:
            await publish(
                session,
                organisation_id=identifier(ORGANISATION, 0),
                topic=_TOPIC,
                payload={"number": number, "sent_at": time.monotonic()},
            )
        await asyncio.sleep(1.0 if number < 0 else _PAUSE_S)
    await database.close()
    return time.monotonic() - started - 1.0


def _listen(
    address: str, tokens: list[str], rounds: int, ready: "Queue[int]", heard: "Queue[list[float]]"
) -> None:
    """A client process: open its streams, say so, and report all delays once the last piece of news has come."""
    import uvloop

    uvloop.run(_listen_to_all(address, tokens, rounds, ready, heard))


async def _listen_to_all(
    address: str, tokens: list[str], rounds: int, ready: "Queue[int]", heard: "Queue[list[float]]"
) -> None:
    loop = asyncio.get_running_loop()
    host, port = urlsplit(address).netloc.rsplit(":", 1)
    opening = asyncio.Semaphore(20)

    async def opened(token: str) -> _Stream:
        stream = _Stream(f"{host}:{port}", token, rounds)
        async with opening, asyncio.timeout(_CONNECT_LIMIT_S):
            await loop.create_connection(lambda: stream, host, int(port))
            await stream.opened.wait()
        return stream

    streams = await asyncio.gather(*map(opened, tokens))
    ready.put(len(tokens))
    await asyncio.wait(
        [asyncio.create_task(stream.ended.wait()) for stream in streams],
        timeout=rounds * _PAUSE_S * 5 + 30,
    )
    heard.put([delay for stream in streams for delay in stream.delays])


class _Stream(asyncio.Protocol):
    """One listener. It reads what comes by itself: a task that is woken for each line would take the servers' processors."""

    def __init__(self, host: str, token: str, rounds: int) -> None:
        self.opened = asyncio.Event()
        self.ended = asyncio.Event()
        self.delays: list[float] = []
        self._request = (
            f"GET /api/v1/notifications/stream HTTP/1.1\r\nhost: {host}\r\n"
            f"authorization: Bearer {token}\r\naccept: text/event-stream\r\n\r\n"
        )
        self._rounds = rounds
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._request.encode())

    def data_received(self, data: bytes) -> None:
        """Take the whole lines that have come. The clock is read before anything else is done."""
        received_at = time.monotonic()
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            if line.startswith(b"event: ready"):
                self.opened.set()
            elif line.startswith(b"data: ") and b"sent_at" in line:
                self._hear(_news_of(line), received_at)

    def connection_lost(self, _: Exception | None) -> None:
        """Nothing more will come; what is missing is seen by the number of delays."""
        self.ended.set()

    def _hear(self, news: dict[str, float], received_at: float) -> None:
        if news["number"] >= 0:
            self.delays.append(received_at - news["sent_at"])
        if news["number"] == self._rounds - 1:
            self._transport.close()


def _news_of(line: bytes) -> dict[str, float]:
    data = json.loads(line.removeprefix(b"data: "))
    found: dict[str, float] = data if "number" in data else data["payload"]
    return found
