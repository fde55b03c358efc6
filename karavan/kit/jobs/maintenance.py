"""The queue's own sweeps, and what it tells about itself."""

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.jobs.execution import record_failure
from karavan.kit.jobs.registry import JobContext, defined_jobs, scheduled
from karavan.kit.scopes import SYSTEM

STALLED_AFTER_S = 60
"""A worker beats every 10 s; one that has missed six is taken for dead."""

_STALLED = text(
    """
    select job.id, job.task_name, job.attempts
      from jobs.procrastinate_jobs job
      left join jobs.procrastinate_workers worker on worker.id = job.worker_id
     where job.status = 'doing'
       and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => :after_s))
     order by job.id
       for update of job skip locked
     limit 100
    """
)
_GIVE_BACK = text(
    "select jobs.procrastinate_retry_job_v2(:id, clock_timestamp(), null::integer, null::varchar, null::varchar)"
)
_GIVE_UP = text("select jobs.procrastinate_finish_job_v1(:id, 'failed', false)")


@scheduled("* * * * *", name="jobs.rescue")
async def rescue(context: JobContext) -> None:
    """Give back the jobs of workers that died with them.

    A job that has taken its worker with it more often than it may be retried has failed: it would take the next one.
    """
    lost: list[tuple[int, int]] = []
    async with context.database.transaction(SYSTEM) as session:
        stalled = (await session.execute(_STALLED, {"after_s": STALLED_AFTER_S})).all()
        for row in stalled:
            definition = defined_jobs().get(row.task_name)
            if definition is not None and row.attempts > definition.retries:
                await session.execute(_GIVE_UP, {"id": row.id})
                lost.append((row.id, row.attempts + 1))
            else:
                await session.execute(_GIVE_BACK, {"id": row.id})
    for job_id, attempts in lost:
        await record_failure(
            context.database, job_id, attempts, "the worker died each time it ran this job"
        )


_SWEEP = text(
    """
    delete from jobs.procrastinate_jobs where id in (
      select job.id from jobs.procrastinate_jobs job
       where job.status = cast(:status as jobs.procrastinate_job_status)
         and exists (
           select from jobs.procrastinate_events event
            where event.job_id = job.id
            group by event.job_id
           having max(event.at) < now() - make_interval(hours => :hours))
       limit 10000)
    """
)
_KEPT_HOURS = {"succeeded": 24, "cancelled": 24 * 30, "aborted": 24 * 30, "failed": 24 * 90}


@scheduled("17 * * * *", name="jobs.sweep")
async def sweep(context: JobContext) -> None:
    """Forget finished jobs: done ones after a day, failed ones after ninety."""
    async with context.database.transaction(SYSTEM) as session:
        for status, hours in _KEPT_HOURS.items():
            await session.execute(_SWEEP, {"status": status, "hours": hours})


class QueueDepth(Struct, frozen=True):
    """How many jobs of a queue are in one state."""

    queue: str
    state: str
    count: int


async def queue_depths(session: AsyncSession) -> list[QueueDepth]:
    """Waiting, running and failed jobs by queue; needs a system transaction. Each count reads a partial index."""
    rows = await session.execute(
        text(
            """
            select queue_name, status::text, count(*) from jobs.procrastinate_jobs where status = 'todo' group by 1, 2
            union all
            select queue_name, status::text, count(*) from jobs.procrastinate_jobs where status = 'doing' group by 1, 2
            union all
            select queue_name, status::text, count(*) from jobs.procrastinate_jobs where status = 'failed' group by 1, 2
            """
        )
    )
    return [QueueDepth(*row) for row in rows]


async def live_workers(session: AsyncSession) -> int:
    """Workers whose heart has beaten lately; needs a system transaction."""
    statement = text(
        "select count(*) from jobs.procrastinate_workers"
        " where last_heartbeat > now() - make_interval(secs => :after_s)"
    )
    return int((await session.execute(statement, {"after_s": STALLED_AFTER_S})).scalar_one())
