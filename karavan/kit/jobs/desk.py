"""What a person at the jobs desk sees and does. Every function needs a system transaction."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import HAS_EVENTS


class JobState(StrEnum):
    """Where a job stands, in a person's words."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


_STATUSES = {
    JobState.WAITING: ["todo"],
    JobState.RUNNING: ["doing"],
    JobState.SUCCEEDED: ["succeeded"],
    JobState.FAILED: ["failed"],
    JobState.CANCELLED: ["cancelled", "aborted"],
}
_STATE_OF = {status: state for state, statuses in _STATUSES.items() for status in statuses}


class JobRow(Struct, frozen=True, kw_only=True):
    """One job. `error` is that of its latest attempt, if that failed."""

    id: int
    name: str
    queue: str
    state: JobState
    arguments: dict[str, Any]
    attempts: int
    run_at: datetime | None
    enqueued_at: datetime | None
    error: str | None
    failed_at: datetime | None


_SELECT = """
select job.id, job.task_name as name, job.queue_name as queue, job.status::text as status, job.args as arguments,
       job.attempts, job.scheduled_at as run_at, failure.error, failure.failed_at,
       (select min(event.at) from jobs.procrastinate_events event where event.job_id = job.id) as enqueued_at
  from jobs.procrastinate_jobs job
  left join jobs.failures failure on failure.job_id = job.id
"""
_LIST = text(
    _SELECT
    + """
    where (cast(:before_id as bigint) is null or job.id < :before_id)
      and (cast(:statuses as text[]) is null or job.status::text = any(:statuses))
      and (cast(:queue as text) is null or job.queue_name = :queue)
    order by job.id desc limit :limit
    """
)
_ONE = text(_SELECT + " where job.id = :id for update of job")


async def list_jobs(
    session: AsyncSession,
    *,
    state: JobState | None,
    queue: str | None,
    before_id: int | None,
    limit: int,
) -> list[JobRow]:
    """Jobs, newest first."""
    rows = await session.execute(
        _LIST,
        {
            "statuses": None if state is None else _STATUSES[state],
            "queue": queue,
            "before_id": before_id,
            "limit": limit,
        },
    )
    return [_row(row) for row in rows.mappings()]


async def lock_job(session: AsyncSession, job_id: int) -> JobRow | None:
    """One job, locked; nothing when there is none of this number."""
    row = (await session.execute(_ONE, {"id": job_id})).mappings().one_or_none()
    return None if row is None else _row(row)


async def retry_job(session: AsyncSession, job_id: int) -> None:
    """Put a failed job, already locked, back into its queue, with all its retries before it."""
    await session.execute(
        text(
            "select jobs.procrastinate_retry_job_v2(:id, null, null::integer, null::varchar, null::varchar)"
        ),
        {"id": job_id},
    )
    await session.execute(
        text("update jobs.procrastinate_jobs set attempts = 0 where id = :id"), {"id": job_id}
    )
    session.info[HAS_EVENTS] = True


async def discard_job(session: AsyncSession, job_id: int) -> None:
    """Give a failed job, already locked, up for good: it stays in the list as cancelled until the queue is swept."""
    await session.execute(
        text(
            "update jobs.procrastinate_jobs set status = 'cancelled'"
            " where id = :id and status = 'failed'"
        ),
        {"id": job_id},
    )


def _row(values: Mapping[Any, Any]) -> JobRow:
    given = dict(values)
    return JobRow(state=_STATE_OF[given.pop("status")], **given)
