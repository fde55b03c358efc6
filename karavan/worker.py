"""The worker's composition root: events to their handlers, jobs, and the clock."""

import asyncio
import contextlib
import importlib
import pkgutil
import signal
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import structlog

import karavan.modules
import karavan.processes
import karavan.tables  # every mapped class, so that foreign keys between modules resolve
from karavan.kit import drain as draining
from karavan.kit.db import Database
from karavan.kit.jobs.execution import JobRuntime
from karavan.kit.jobs.worker import build_queue, opened, run_queue
from karavan.kit.relay import Hook, Relay
from karavan.kit.telemetry import configure_logging, configure_tracing
from karavan.kit.wakeups import CONNECTION_ERRORS, Waker
from karavan.modules.audit.public import seal
from karavan.settings import Settings
from karavan.wiring import services_for

log = structlog.get_logger()

_LOOK_S = 3
JOB_CONCURRENCY = 8
RELAY_CONCURRENCY = 4


def register_handlers_and_jobs() -> None:
    """Import everything that hears of events or is run by the queue; importing twice does nothing."""
    for name in (
        "karavan.kit.jobs.maintenance",
        "karavan.kit.realtime",
        "karavan.kit.outbox",
        "karavan.kit.idempotency",
        "karavan.kit.mail",
        "karavan.kit.ratelimit",
        *_parts(karavan.modules.__path__, "karavan.modules."),
        *_parts(karavan.processes.__path__, "karavan.processes."),
    ):
        importlib.import_module(name)


def _parts(path: Iterable[str], prefix: str) -> Iterator[str]:
    """Every `handlers`, `deal_handlers`, `tasks`, … of the packages below `path`, in alphabetical order."""
    for child in sorted(pkgutil.iter_modules(path, prefix), key=lambda found: found.name):
        if child.ispkg:
            package = importlib.import_module(child.name)
            yield from _parts(package.__path__, f"{child.name}.")
        elif child.name.endswith(("handlers", "tasks")):
            yield child.name


def after_batch() -> list[Hook]:
    """What the relay does when it has delivered something: link the new audit entries into their chains."""
    return [seal]


def runtime_of(settings: Settings, database: Database) -> JobRuntime:
    """What the jobs of this process are given."""
    return JobRuntime(database=database, settings=settings, services=services_for(settings))


async def drain(settings: Settings, database: Database, *, allow_failures: bool = False) -> int:
    """Do all that is due, in this process and at once; see `karavan.kit.drain`."""
    register_handlers_and_jobs()
    return await draining.drain(runtime_of(settings, database), allow_failures=allow_failures)


async def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; then take nothing new and let running jobs finish, for a bounded time.

    Any number of workers may run. Each shows its life in `jobs.procrastinate_workers`, which readiness and the
    rescue of lost jobs look at. When one of its parts breaks, the whole worker ends, to be started anew.
    """
    configure_logging(settings)
    configure_tracing(settings)
    register_handlers_and_jobs()
    # A job may hold its transaction while it looks something up in another.
    pool_size = 2 * (JOB_CONCURRENCY + RELAY_CONCURRENCY)
    database = Database(settings.database_url, pool_size=pool_size)
    await _tell_of_waiting(database)
    waker = Waker(database)
    waker.start()
    relay = Relay(database, concurrency=RELAY_CONCURRENCY, after_batch=after_batch())
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    try:
        async with opened(build_queue(runtime_of(settings, database))) as queue:
            # Until here nothing runs that would need time to end, so a signal ends the process at once.
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, stop.set)
            parts = {
                asyncio.create_task(relay.run(), name="relay"),
                asyncio.create_task(run_queue(queue, concurrency=JOB_CONCURRENCY), name="jobs"),
            }
            stopping = asyncio.create_task(stop.wait(), name="stop")
            log.info("worker.started")
            done, _ = await asyncio.wait({*parts, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for part in (*parts, stopping):
                part.cancel()
            await asyncio.gather(*parts, stopping, return_exceptions=True)
            for part in done - {stopping}:
                # A part never ends by itself: this raises what broke it.
                part.result()
                raise RuntimeError(f"the worker's {part.get_name()} ended")
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(ValueError):
                loop.remove_signal_handler(number)
        await waker.close()
        await database.close()
        log.info("worker.stopped")


async def _tell_of_waiting(database: Database) -> None:
    """Say at once that the database does not answer: the queue waits half a minute for it before it gives up."""
    try:
        async with asyncio.timeout(_LOOK_S):
            connection = await database.connect()
        connection.terminate()
    except CONNECTION_ERRORS as error:
        parts = urlsplit(database.url)
        log.warning(
            "worker.waiting",
            waits_for=f"the database at {parts.hostname}:{parts.port or 5432}{parts.path}",
            error=str(error) or f"no answer in {_LOOK_S} s",
            mend="start it, or correct KARAVAN_DATABASE_URL; `karavan doctor` tells more",
        )
