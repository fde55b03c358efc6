"""Doing at once, in this process, all that a worker would do: for tests, demo data and commands."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from karavan.kit.jobs import defined_jobs
from karavan.kit.jobs.execution import JobRuntime, UnknownJobError, retry_after_s, run_job
from karavan.kit.outbox import bury_unknown, due_lanes, fan_out, give_turn
from karavan.kit.scopes import SYSTEM

_ROUNDS_MAX = 1000

_ENTER = text("select worker_id from jobs.procrastinate_register_worker_v1()")
_LEAVE = text("select jobs.procrastinate_unregister_worker_v1(:worker_id)")
_BEAT = text("select jobs.procrastinate_update_heartbeat_v1(:worker_id)")
_FETCH = text(
    "select id, task_name, args, attempts"
    " from jobs.procrastinate_fetch_job_v2(null::varchar[], :worker_id) where id is not null"
)
_FINISH = text(
    "select jobs.procrastinate_finish_job_v1(:id, cast(:status as jobs.procrastinate_job_status), false)"
)
_RETRY = text(
    "select jobs.procrastinate_retry_job_v2(:id, clock_timestamp() + make_interval(secs => :delay_s),"
    " null::integer, null::varchar, null::varchar)"
)


async def drain(runtime: JobRuntime, *, allow_failures: bool = False) -> int:
    """Give events to their handlers and run jobs, in order and one at a time, until nothing is due.

    What is to be retried or to run later is not due now, and is left.

    Args:
        allow_failures: go on when a handler or a job fails, as a worker would.

    Returns:
        How many handlers and jobs ran.

    Raises:
        Exception: what the first handler or job raised, once its failure has been recorded.
        RuntimeError: there is no end to it: something keeps making more work.
    """
    total = 0
    async with _listed(runtime) as worker_id:
        for _ in range(_ROUNDS_MAX):
            done = await _relay(runtime, allow_failures=allow_failures)
            done += await _run_jobs(runtime, worker_id, allow_failures=allow_failures)
            if done == 0:
                return total
            total += done
    raise RuntimeError("events and jobs keep making new ones")


@asynccontextmanager
async def _listed(runtime: JobRuntime) -> AsyncIterator[int]:
    """Stand among the workers: a job of nobody who is known to live would be given to another one."""
    async with runtime.database.transaction(SYSTEM) as session:
        worker_id: int = (await session.execute(_ENTER)).scalar_one()
    try:
        yield worker_id
    finally:
        async with runtime.database.transaction(SYSTEM) as session:
            await session.execute(_LEAVE, {"worker_id": worker_id})


async def _relay(runtime: JobRuntime, *, allow_failures: bool) -> int:
    done = await fan_out(runtime.database)
    await bury_unknown(runtime.database)
    for lane in await due_lanes(runtime.database):
        turn = await give_turn(runtime.database, lane)
        if turn.error is not None and not allow_failures:
            turn.error.add_note(f"in {lane.handler} on {turn.event}")
            raise turn.error
        done += turn.happened
    return done


async def _run_jobs(runtime: JobRuntime, worker_id: int, *, allow_failures: bool) -> int:
    done = 0
    while True:
        async with runtime.database.transaction(SYSTEM) as session:
            await session.execute(_BEAT, {"worker_id": worker_id})
            job = (await session.execute(_FETCH, {"worker_id": worker_id})).one_or_none()
        if job is None:
            return done
        done += 1
        delay_s: float | None = None
        status = "succeeded"
        failure: Exception | None = None
        try:
            await run_job(runtime, job.task_name, job.id, job.attempts + 1, job.args)
        except Exception as error:  # noqa: BLE001  # recorded as a worker would, then raised unless allowed
            failure, status = error, "failed"
            definition = defined_jobs().get(job.task_name)
            if definition is not None and not isinstance(error, UnknownJobError):
                delay_s = retry_after_s(definition, job.attempts + 1, error)
        async with runtime.database.transaction(SYSTEM) as session:
            if delay_s is None:
                await session.execute(_FINISH, {"id": job.id, "status": status})
            else:
                await session.execute(_RETRY, {"id": job.id, "delay_s": delay_s})
        if failure is not None and not allow_failures:
            failure.add_note(f"in job {job.task_name}({job.args})")
            raise failure
