"""Giving a failed job another chance."""

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
    job = await desk.lock_job(session, job_id)
    if job is None:
        raise NotFoundError
    if job.state is not JobState.FAILED:
        raise InvalidTransitionError(state=job.state, transition="retry", allowed=[])
    await desk.retry_job(session, job_id)
    record_audit(
        session,
        actor,
        "job.retry",
        target_type="job",
        # The trail names its targets by UUID; a job has a number.
        target_id=UUID(int=job_id),
        target_label=f"{job.name} {job_id}",
        before={"state": job.state, "attempts": job.attempts},
        after={"state": JobState.WAITING, "attempts": 0},
    )
    retried = await desk.lock_job(session, job_id)
    assert retried is not None
    return retried
