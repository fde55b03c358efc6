"""A worker killed with SIGKILL in the middle of an import: another one goes on, and no row is written twice."""

import asyncio
import os
import signal
import sys
from uuid import UUID

import asyncpg
from fastapi import FastAPI

from karavan.kit.db import Database
from karavan.kit.jobs import JobContext
from karavan.kit.jobs.maintenance import rescue
from karavan.settings import Settings
from tests.factories.accounts import register
from tests.factories.files import upload
from tests.factories.procurement import ok
from tests.factories.products import PRODUCTS
from tests.factories.tables import csv_bytes
from tests.journeys.test_killed_servers import ROOT

ROWS = 12_000
LIMIT_S = 120
IMPORTS = f"{PRODUCTS}/import"


async def start_worker(settings: Settings) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "KARAVAN_DATABASE_URL": settings.database_url,
        "KARAVAN_DATABASE_OWNER_URL": settings.database_owner_url,
        "KARAVAN_DATA_DIR": str(settings.data_dir),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "karavan", "worker", env=environment, cwd=ROOT
    )


async def test_a_killed_import_is_finished_by_another_worker(
    app: FastAPI, settings: Settings, owner: asyncpg.Connection, database: Database, drain
) -> None:
    supplier = await register(app, role="vendor")
    rows = [
        ["Артикул", "Наименование", "Цена", "Остаток"],
        *([f"S-{n}", f"Товар {n}", n + 1, 3] for n in range(ROWS)),
    ]
    file = ok(await upload(supplier.client, csv_bytes(rows), "Прайс.csv", "import"), 201)
    run = ok(await supplier.client.post(IMPORTS, json={"media_id": file["id"]}), 201)
    await drain()
    ok(await supplier.client.post(f"{IMPORTS}/{run['id']}/start", json={}))
    worker = await start_worker(settings)
    try:
        done = 0
        for _ in range(LIMIT_S * 100):
            done = await owner.fetchval(
                "select position from kit_imports where id = $1", UUID(run["id"])
            )
            if done:
                break
            await asyncio.sleep(0.01)
    finally:
        worker.send_signal(signal.SIGKILL)
        await worker.wait()
    half = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}"))
    assert half["state"] == "running"
    assert 0 < half["report"]["created"] < ROWS
    assert half["report"]["created"] == await owner.fetchval(
        "select count(*) from catalogue_products"
    )
    # Its last beat was two minutes ago: the sweep gives its jobs to whoever lives.
    await owner.execute(
        "update jobs.procrastinate_workers set last_heartbeat = now() - interval '2 minutes'"
    )
    await rescue(JobContext(database=database, settings=settings, services={}, job_id=1))
    await drain()
    whole = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}"))
    assert (whole["state"], whole["report"]["rows"], whole["report"]["created"]) == (
        "finished", ROWS, ROWS,
    )  # fmt: skip
    for table in ("products", "price_changes", "stock_levels", "stock_movements"):
        assert await owner.fetchval(f"select count(*) from catalogue_{table}") == ROWS
    assert await owner.fetchval("select count(distinct sku) from catalogue_products") == ROWS
    created = await owner.fetchval(
        "select sum(jsonb_array_length(payload::jsonb -> 'created')) from kit_outbox_events"
        " where type = 'products.imported'"
    )
    assert created == ROWS
