"""Declaring jobs and enqueueing them."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import HAS_EVENTS, Database
from karavan.kit.services import Services
from karavan.settings import Settings

DEFAULT_QUEUE = "default"


class JobContext(Struct, frozen=True, kw_only=True):
    """What a job works with. It opens its own transactions, and has none open while it calls the outside.

    Attributes:
        job_id: number of the job; the same in every attempt, so it can serve as an idempotency key.
        attempt: 1 the first time.
        last_attempt: whether a failure now is for good.
    """

    database: Database
    settings: Settings
    services: Services
    job_id: int
    attempt: int = 1
    last_attempt: bool = False


JobFunction = Callable[..., Awaitable[None]]


class JobDefinition(Struct, frozen=True, kw_only=True):
    """A declared job.

    Attributes:
        retries: attempts after the first.
        timeout_s: how long one attempt may take.
        cron: when it runs by itself, in UTC; nothing when it only runs on demand.
    """

    name: str
    function: JobFunction
    retries: int
    queue: str
    timeout_s: float
    cron: str | None = None


class PermanentFailureError(Exception):
    """Raised by a job that no retry can help, such as an address that the provider refuses for good."""


class RetryLaterError(Exception):
    """Raised by a job that knows when to try again, such as after a provider's `Retry-After`."""

    def __init__(self, detail: str, *, after_s: float) -> None:
        super().__init__(detail)
        self.after_s = after_s


_jobs: dict[str, JobDefinition] = {}


def _define(definition: JobDefinition) -> None:
    if definition.name in _jobs:
        raise ValueError(f"job {definition.name} is declared twice")
    _jobs[definition.name] = definition


def job(
    name: str, *, retries: int = 5, queue: str = DEFAULT_QUEUE, timeout_s: float = 300
) -> Callable[[JobFunction], JobFunction]:
    """Declare a job: `@job("mail.deliver", retries=5)` on `async def deliver(context: JobContext, *, mail_id: str)`.

    A worker that dies runs it again, so repeating it must have the same effect as running it once.

    Args:
        name: `module.verb`; it stands in the database, so renaming it orphans what waits.

    Raises:
        ValueError: the name is taken.
    """

    def declare(function: JobFunction) -> JobFunction:
        _define(
            JobDefinition(
                name=name, function=function, retries=retries, queue=queue, timeout_s=timeout_s
            )
        )
        return function

    return declare


def scheduled(
    cron: str,
    *,
    name: str | None = None,
    retries: int = 0,
    queue: str = DEFAULT_QUEUE,
    timeout_s: float = 300,
) -> Callable[[JobFunction], JobFunction]:
    """Declare a job that the clock starts, once per tick however many workers there are.

    Args:
        cron: five fields, in UTC; a sixth would be seconds.
        name: by default made of the module and the function.
        retries: none by default, as the next tick comes anyway.
    """

    def declare(function: JobFunction) -> JobFunction:
        module = function.__module__.removeprefix("karavan.").removeprefix("modules.")
        _define(
            JobDefinition(
                name=name or f"{module}.{function.__qualname__}",
                function=function,
                retries=retries,
                queue=queue,
                timeout_s=timeout_s,
                cron=cron,
            )
        )
        return function

    return declare


def defined_jobs() -> dict[str, JobDefinition]:
    """Every declared job by its name."""
    return dict(_jobs)


_ENQUEUE = text(
    "select jobs.enqueue(:name, :queue, cast(:arguments as jsonb), :run_at, :lock, :queueing_lock, :priority)"
)


async def enqueue(
    session: AsyncSession,
    name: str,
    *,
    queue: str | None = None,
    run_at: datetime | None = None,
    lock: str | None = None,
    queueing_lock: str | None = None,
    priority: int = 0,
    **arguments: Any,
) -> int | None:
    """Enqueue a job in the current transaction: it exists if and only if that commits.

    Args:
        name: of the job; need not be declared in this process.
        queue: by default the job's own.
        run_at: not before this moment.
        lock: jobs with the same lock run one after another, in the order in which they were enqueued.
        queueing_lock: at most one job with it waits at a time. A second transaction that uses the same one waits
            for the first to end, so it is for handlers and small transactions.
        priority: higher goes first.
        arguments: plain JSON values, identifiers rather than contents: they stand in logs and on the jobs desk.

    Returns:
        The job's number, or nothing when a job with the same `queueing_lock` waits already.
    """
    if queue is None:
        queue = _jobs[name].queue if name in _jobs else DEFAULT_QUEUE
    number: int | None = (
        await session.execute(
            _ENQUEUE,
            {
                "name": name,
                "queue": queue,
                "arguments": json.dumps(arguments),
                "run_at": run_at,
                "lock": lock,
                "queueing_lock": queueing_lock,
                "priority": priority,
            },
        )
    ).scalar_one()
    session.info[HAS_EVENTS] = True
    return number
