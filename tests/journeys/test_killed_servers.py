"""Servers killed with SIGKILL while quotes are submitted and an award is made: what was acknowledged is there, whole."""

import asyncio
import os
import random
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
from fastapi import FastAPI

from karavan.settings import Settings
from tests.factories.accounts import Account, register
from tests.factories.procurement import make_published, offer_body

ROOT = Path(__file__).resolve().parents[2]
VENDORS = 12
START_LIMIT_S = 60


class Server:
    """`karavan serve` as a process of its own, on a port that stays the same when it is started again."""

    def __init__(self, settings: Settings) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "KARAVAN_DATABASE_URL": settings.database_url,
            "KARAVAN_DATABASE_OWNER_URL": settings.database_owner_url,
            "KARAVAN_DATA_DIR": str(settings.data_dir),
            "KARAVAN_LIMITS__ENABLED": "false",
        }
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "karavan", "serve", env=self.environment, cwd=ROOT
        )
        async with httpx.AsyncClient() as client:
            for _ in range(START_LIMIT_S * 10):
                try:
                    if (await client.get(f"{self.url}/health")).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        raise AssertionError("the server did not start")

    async def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[Server]:
    server = Server(settings)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()


async def sign_in(server: Server, account: Account) -> str:
    """A token of this installation's own secret."""
    body = {"email": account.email, "password": account.password}
    async with httpx.AsyncClient(timeout=30) as client:
        answer = await client.post(f"{server.url}/api/v1/auth/login", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["access_token"]


async def insist(server: Server, token: str, path: str, body: dict, key: str) -> dict:
    """Send with one key until it is acknowledged; a server that dies meanwhile is no excuse."""
    headers = {"authorization": f"Bearer {token}", "Idempotency-Key": key}
    async with httpx.AsyncClient(timeout=30) as client:
        for _ in range(600):
            try:
                answer = await client.post(f"{server.url}/api/v1{path}", json=body, headers=headers)
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
                continue
            assert answer.status_code in {200, 201}, answer.text
            return answer.json()
    raise AssertionError("never acknowledged")


async def test_every_acknowledged_quote_and_award_is_there(
    app: FastAPI, settings: Settings, owner: asyncpg.Connection
) -> None:
    buyer = await register(app)
    vendors = [await register(app, role="vendor") for _ in range(VENDORS)]
    request = await make_published(buyer)
    chance = random.Random(20261121)
    async with served(settings) as server:
        tokens = [await sign_in(server, vendor) for vendor in vendors]
        chooser = await sign_in(server, buyer)
        sending = [
            asyncio.create_task(
                insist(
                    server,
                    token,
                    f"/requests/{request['id']}/quotes",
                    offer_body(request),
                    f"quote-{n}",
                )
            )
            for n, token in enumerate(tokens)
        ]
        for _ in range(2):
            await asyncio.sleep(chance.uniform(0.05, 0.4))
            await server.kill()
            await server.start()
        quotes = await asyncio.gather(*sending)
        chosen = [quote["id"] for quote in quotes[:3]]
        await insist(
            server,
            chooser,
            f"/requests/{request['id']}/shortlist",
            {"quote_ids": chosen},
            "shortlist",
        )
        award = {"allocations": [{"quote_id": chosen[0]}]}
        awarding = asyncio.create_task(
            insist(server, chooser, f"/requests/{request['id']}/award", award, "award")
        )
        await asyncio.sleep(chance.uniform(0.01, 0.1))
        await server.kill()
        await server.start()
        await awarding
    stored = {row["id"] for row in await owner.fetch("select id::text from procurement_quotes")}
    assert stored == {quote["id"] for quote in quotes}
    assert len(stored) == VENDORS
    halves = await owner.fetchval(
        """select count(*) from procurement_quotes q where (
             select count(*) from procurement_quote_versions v
             join procurement_quote_lines l on l.version_id = v.id where v.quote_id = q.id) <> 2"""
    )
    assert halves == 0
    numbers = await owner.fetch("select number from procurement_quotes")
    assert {row["number"][-6:] for row in numbers} == {"000001"}
    states = await owner.fetch("select state, count(*) from procurement_quotes group by state")
    assert {row["state"]: row["count"] for row in states} == {"accepted": 1, "standby": VENDORS - 1}
    assert await owner.fetchval("select count(*) from procurement_deals") == 1
    events = await owner.fetch(
        "select type, count(*) from kit_outbox_events where type in ('quote.submitted', 'request.awarded', 'deal.opened') group by type"
    )
    assert {row["type"]: row["count"] for row in events} == {
        "quote.submitted": VENDORS,
        "request.awarded": 1,
        "deal.opened": 1,
    }
