"""Putting jobs into the queue, running a worker on it, and looking at what came of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import asyncpg

from karavan.kit.db import Database
from karavan.kit.jobs import enqueue
from karavan.kit.jobs import worker as job_worker
from karavan.kit.jobs.execution import JobRuntime
from karavan.kit.scopes import SYSTEM, Scope


async def put(database: Database, name: str, scope: Scope = SYSTEM, **options: Any) -> int | None:
    """Enqueue a job in a transaction of its own."""
    async with database.transaction(scope) as session:
        return await enqueue(session, name, **options)


async def states(owner: asyncpg.Connection) -> list[tuple[str, str, int]]:
    """Name, status and attempts of every job."""
    rows = await owner.fetch(
        "select task_name, status::text, attempts from jobs.procrastinate_jobs order by id"
    )
    return [tuple(row) for row in rows]


@contextlib.asynccontextmanager
async def running(runtime: JobRuntime, *, concurrency: int = 4) -> AsyncIterator[None]:
    """A worker as in production, stopped as by a signal when the block ends."""
    async with job_worker.opened(job_worker.build_queue(runtime)) as queue:
        task = asyncio.create_task(job_worker.run_queue(queue, concurrency=concurrency))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
