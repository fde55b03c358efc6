"""How long a piece of news takes from its publication to 1,000 people who listen over two server processes."""

import asyncio
import json
import multiprocessing
import time
from multiprocessing.queues import Queue
from urllib.parse import urlsplit

from bench.identifiers import ORGANISATION, identifier
from bench.report import Result
from bench.stage import Stage, say
from karavan.kit.db import SYSTEM, Database
from karavan.kit.realtime import publish

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
    delays: list[float] = []
    open_streams = asyncio.Semaphore(20)
    opened: list[asyncio.Event] = [asyncio.Event() for _ in tokens]
    tasks = [
        asyncio.create_task(_follow(address, token, rounds, delays, event, open_streams))
        for token, event in zip(tokens, opened, strict=True)
    ]
    await asyncio.wait(
        [asyncio.create_task(event.wait()) for event in opened], timeout=_CONNECT_LIMIT_S
    )
    ready.put(len(tokens))
    await asyncio.wait(tasks, timeout=rounds * _PAUSE_S * 5 + 30)
    heard.put(delays)


async def _follow(
    address: str,
    token: str,
    rounds: int,
    delays: list[float],
    opened: asyncio.Event,
    open_streams: asyncio.Semaphore,
) -> None:
    parts = urlsplit(address)
    async with open_streams:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(
            f"GET /api/v1/notifications/stream HTTP/1.1\r\nhost: {parts.netloc}\r\n"
            f"authorization: Bearer {token}\r\naccept: text/event-stream\r\n\r\n".encode()
        )
        await reader.readuntil(b"event: ready")
    opened.set()
    async for line in reader:
        # The place of an event is looked for and the clock read before anything is parsed.
        if not line.startswith(b"data: ") or b"sent_at" not in line:
            continue
        received_at = time.monotonic()
        news = _news_of(line)
        if news["number"] >= 0:
            delays.append(received_at - news["sent_at"])
        if news["number"] == rounds - 1:
            break
    writer.close()


def _news_of(line: bytes) -> dict[str, float]:
    data = json.loads(line.removeprefix(b"data: "))
    found: dict[str, float] = data if "number" in data else data["payload"]
    return found
