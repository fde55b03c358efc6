"""One attempt at one job, the same in a worker and in a test: run, and say what happens next."""

import asyncio
import random
from typing import Any

import structlog
from msgspec import Struct
from prometheus_client import Counter
from sqlalchemy import text

from karavan.kit.db import Database
from karavan.kit.jobs.registry import (
    JobContext,
    JobDefinition,
    PermanentFailureError,
    RetryLaterError,
    defined_jobs,
)
from karavan.kit.scopes import SYSTEM
from karavan.kit.services import Services
from karavan.settings import Settings

FINISHED_ATTEMPTS = Counter(
    "karavan_job_attempts", "Attempts at jobs, by how they ended.", ["job", "outcome"]
)

_RETRY_FIRST_S = 5.0
_RETRY_MAX_S = 3600.0


class UnknownJobError(Exception):
    """No job of this name is declared in this version of the program."""


class JobRuntime(Struct, frozen=True):
    """What every job of a process is given."""

    database: Database
    settings: Settings
    services: Services


def retry_delay_s(attempt: int) -> float:
    """Seconds to wait after the failed attempt: 5 · 3ⁿ, at most an hour, between half and one and a half of it.

    The spread keeps jobs that failed together, as when a provider is down, from coming back together.

    Args:
        attempt: 1 after the first failure.
    """
    steady_s = min(_RETRY_FIRST_S * 3.0 ** min(attempt - 1, 10), _RETRY_MAX_S)
    return steady_s * random.uniform(0.5, 1.5)  # noqa: S311  # spreads load, hides nothing


def retry_after_s(definition: JobDefinition, attempt: int, error: BaseException) -> float | None:
    """Seconds until the next attempt, or nothing when the failure is for good.

    Args:
        attempt: the one that has failed, from 1.
    """
    if isinstance(error, asyncio.CancelledError):
        # The worker is shutting down: another one takes the job at once, whatever its number of attempts.
        return 0
    if isinstance(error, PermanentFailureError):
        return None
    if attempt > definition.retries:
        return None
    if isinstance(error, RetryLaterError):
        return max(error.after_s, 0)
    return retry_delay_s(attempt)


def _unknown(name: str) -> JobDefinition:
    async def fail(_: JobContext, **_arguments: object) -> None:
        raise UnknownJobError(f"no job is called {name}; was it renamed or removed?")

    return JobDefinition(name=name, function=fail, retries=0, queue="", timeout_s=1)


async def run_job(
    runtime: JobRuntime, name: str, job_id: int, attempt: int, arguments: dict[str, Any]
) -> None:
    """Run one attempt. What goes wrong is written down for the jobs desk and raised again.

    Args:
        attempt: from 1.
        arguments: as they were enqueued.
    """
    definition = defined_jobs().get(name) or _unknown(name)
    if definition.cron is not None:
        # The tick's own time; a scheduled job asks the database what time it is when it matters.
        arguments = {key: value for key, value in arguments.items() if key != "timestamp"}
    try:
        context = JobContext(
            database=runtime.database,
            settings=runtime.settings,
            services=runtime.services,
            job_id=job_id,
            attempt=attempt,
            last_attempt=attempt > definition.retries,
        )
        with structlog.contextvars.bound_contextvars(job=name, job_id=job_id):
            async with asyncio.timeout(definition.timeout_s):
                await definition.function(context, **arguments)
    except Exception as error:
        final = retry_after_s(definition, attempt, error) is None
        FINISHED_ATTEMPTS.labels(name, "failed" if final else "retried").inc()
        await record_failure(runtime.database, job_id, attempt, describe(error))
        raise
    FINISHED_ATTEMPTS.labels(name, "succeeded").inc()


def describe(error: BaseException) -> str:
    """An error in one line for a person at a desk."""
    return f"{type(error).__name__}: {error}"[:2000]


_RECORD_FAILURE = text(
    """
    insert into jobs.failures (job_id, attempts, error) values (:job_id, :attempts, :error)
    on conflict (job_id) do update
      set attempts = excluded.attempts, error = excluded.error, failed_at = clock_timestamp()
    """
)


async def record_failure(database: Database, job_id: int, attempts: int, error: str) -> None:
    """Write down why an attempt failed; the queue itself keeps only that it did."""
    async with database.transaction(SYSTEM) as session:
        await session.execute(
            _RECORD_FAILURE, {"job_id": job_id, "attempts": attempts, "error": error}
        )
