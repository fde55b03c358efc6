"""Answers of the platform desk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from karavan.kit.jobs.desk import JobState
from karavan.kit.schemas import View


class JobView(View):
    """One job of the queue."""

    id: int
    name: str
    queue: str
    state: JobState
    arguments: dict[str, Any]
    attempts: int
    run_at: datetime | None = Field(description="Not before this moment.")
    enqueued_at: datetime | None
    error: str | None = Field(description="Why its latest attempt failed.")
    failed_at: datetime | None


class DeadLetterView(View):
    """An event that a handler could not be given."""

    sequence: int
    handler: str
    event_type: str
    organisation_id: UUID | None
    aggregate_id: UUID
    occurred_at: datetime
    attempts: int
    error: str | None


class DeadLetterDecision(View):
    """The delivery after it has been given another chance, or given up."""

    sequence: int
    handler: str
    state: str
