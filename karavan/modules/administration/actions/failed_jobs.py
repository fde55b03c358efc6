"""What becomes of a job that has failed: another chance, or none."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import InvalidTransitionError, NotFoundError
from karavan.kit.jobs import desk
from karavan.kit.jobs.desk import JobRow, JobState


async def retry_job(session: AsyncSession, actor: Actor, job_id: int) -> JobRow:
    """Put a failed job back into its queue.

    Raises:
        NotFoundError: there is no such job, or it has been swept away.
        InvalidTransitionError: it has not failed.
    """
    job = await _failed(session, job_id, "retry")
    await desk.retry_job(session, job_id)
    return await _decided(session, actor, "retry", job)


async def discard_job(session: AsyncSession, actor: Actor, job_id: int) -> JobRow:
    """Give a failed job up: nobody is asked to look at it any more, and it is never run again.

    Raises:
        NotFoundError: there is no such job, or it has been swept away.
        InvalidTransitionError: it has not failed.
    """
    job = await _failed(session, job_id, "discard")
    await desk.discard_job(session, job_id)
    return await _decided(session, actor, "discard", job)


async def _failed(session: AsyncSession, job_id: int, transition: str) -> JobRow:
    job = await desk.lock_job(session, job_id)
    if job is None:
        raise NotFoundError
    if job.state is not JobState.FAILED:
        raise InvalidTransitionError(state=job.state, transition=transition, allowed=[])
    return job


async def _decided(session: AsyncSession, actor: Actor, verb: str, job: JobRow) -> JobRow:
    decided = await desk.lock_job(session, job.id)
    assert decided is not None
    record_audit(
        session,
        actor,
        f"job.{verb}",
        target_type="job",
        # The trail names its targets by UUID; a job has a number.
        target_id=UUID(int=job.id),
        target_label=f"{job.name} {job.id}",
        before={"state": job.state, "attempts": job.attempts},
        after={"state": decided.state, "attempts": decided.attempts},
    )
    return decided
