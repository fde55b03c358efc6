"""Work for later: enqueued in the transaction that makes it necessary, run by a worker, retried until it is done.

`docs/subsystems/jobs.md` tells how it works and what a job may rely on.
"""

from karavan.kit.jobs.registry import (
    JobContext,
    JobDefinition,
    PermanentFailureError,
    RetryLaterError,
    defined_jobs,
    enqueue,
    job,
    scheduled,
)

__all__ = [
    "JobContext",
    "JobDefinition",
    "PermanentFailureError",
    "RetryLaterError",
    "defined_jobs",
    "enqueue",
    "job",
    "scheduled",
]
