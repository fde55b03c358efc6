"""The job worker: procrastinate's, with our jobs registered in it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import procrastinate
from procrastinate import jobs as queue_jobs
from procrastinate.job_context import JobContext as QueueContext

from karavan.kit.jobs.execution import JobRuntime, retry_after_s, run_job
from karavan.kit.jobs.registry import JobDefinition, defined_jobs
from karavan.kit.tenancy import SYSTEM_ROLE

SHUTDOWN_TIMEOUT_S = 25.0
_POLL_INTERVAL_S = 1.0
_LOCK_RELEASE_S = 0.02


class _Backoff(procrastinate.BaseRetryStrategy):
    """Our own decision about the next attempt, in the words of the queue."""

    def __init__(self, definition: JobDefinition) -> None:
        self._definition = definition

    def get_retry_decision(
        self, *, exception: BaseException, job: queue_jobs.Job
    ) -> procrastinate.RetryDecision | None:
        delay_s = retry_after_s(self._definition, job.attempts + 1, exception)
        if delay_s is None:
            return None
        return procrastinate.RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=delay_s))


def build_queue(runtime: JobRuntime, *, connections: int = 4) -> procrastinate.App:
    """The queue with every declared job, not yet connected.

    Its connections act as the system role from their start, and find the queue's tables by their search path: the
    application role itself can do nothing there but enqueue.
    """
    connector = procrastinate.PsycopgConnector(
        conninfo=runtime.database.url,
        min_size=1,
        max_size=connections,
        kwargs={
            "application_name": "karavan jobs",
            "options": f"-c search_path=jobs -c role={SYSTEM_ROLE}",
        },
    )
    queue = procrastinate.App(connector=connector)
    for definition in defined_jobs().values():
        _register(queue, runtime, definition)
    return queue


def _register(queue: procrastinate.App, runtime: JobRuntime, definition: JobDefinition) -> None:
    async def run(context: QueueContext, /, **arguments: Any) -> None:
        job = context.job
        assert job.id is not None
        try:
            await run_job(runtime, definition.name, job.id, job.attempts + 1, arguments)
        finally:
            if job.lock is not None:
                # The queue looks for the next job of a lock only when something wakes it, and the end of this one
                # is written a moment after we return.
                asyncio.get_running_loop().call_later(_LOCK_RELEASE_S, runtime.database.on_events)

    task: Any = queue.task(
        name=definition.name,
        queue=definition.queue,
        retry=_Backoff(definition),
        pass_context=True,
    )(run)
    if definition.cron is not None:
        # A tick whose predecessor still waits is left out: sweeps do not pile up behind a stopped worker.
        queue.periodic(cron=definition.cron, queueing_lock=f"scheduled:{definition.name}")(task)


@contextlib.asynccontextmanager
async def opened(queue: procrastinate.App) -> AsyncIterator[procrastinate.App]:
    """The queue, connected for as long as the block lasts."""
    async with queue.open_async():
        yield queue


async def run_queue(queue: procrastinate.App, *, concurrency: int) -> None:
    """Run jobs until cancelled; then let the running ones finish, for a bounded time.

    Args:
        concurrency: jobs at a time.
    """
    await queue.run_worker_async(
        concurrency=concurrency,
        fetch_job_polling_interval=_POLL_INTERVAL_S,
        shutdown_graceful_timeout=SHUTDOWN_TIMEOUT_S,
        install_signal_handlers=False,
        listen_notify=True,
    )
