"""Routes of the jobs desk."""

from typing import Annotated

from fastapi import Path, Query

from karavan.kit.authz import Actor, requires
from karavan.kit.dead_letters import list_dead_letters
from karavan.kit.errors import invalid
from karavan.kit.jobs.desk import JobState, list_jobs
from karavan.kit.pagination import Cursor, CursorParameters, Feed
from karavan.kit.routing import router as module_router
from karavan.kit.unit_of_work import SystemTx
from karavan.modules.administration.actions.dead_letters import (
    discard_dead_letter,
    retry_dead_letter,
)
from karavan.modules.administration.actions.failed_jobs import discard_job, retry_job
from karavan.modules.administration.permissions import JOBS_MANAGE
from karavan.modules.administration.schemas import DeadLetterDecision, DeadLetterView, JobView

router = module_router("/admin", "administration")

Manager = Annotated[Actor, requires(JOBS_MANAGE)]
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
HandlerName = Annotated[str, Path(max_length=200, pattern=r"^[A-Za-z0-9_.]+$")]


@router.get("/jobs")
async def list_queued_jobs(
    _: Manager,
    session: SystemTx,
    cursor: Cursor,
    *,
    state: JobState | None = None,
    queue: Annotated[str | None, Query(max_length=128, pattern=r"^[A-Za-z0-9_.-]+$")] = None,
) -> Feed[JobView]:
    """Jobs of the whole platform, newest first; `state=failed` are those that somebody should look at."""
    rows = await list_jobs(
        session, state=state, queue=queue, before_id=cursor.position(), limit=cursor.size + 1
    )
    items = [JobView.model_validate(row) for row in rows[: cursor.size]]
    more = len(rows) > cursor.size
    return Feed(items=items, next=cursor.encode(items[-1].id) if more else None)


@router.post("/jobs/{job_id}/retry")
async def retry_failed_job(actor: Manager, session: SystemTx, job_id: Number) -> JobView:
    """Put a failed job back into its queue."""
    return JobView.model_validate(await retry_job(session, actor, job_id))


@router.post("/jobs/{job_id}/discard")
async def discard_failed_job(actor: Manager, session: SystemTx, job_id: Number) -> JobView:
    """Give a failed job up for good."""
    return JobView.model_validate(await discard_job(session, actor, job_id))


@router.get("/dead-letters")
async def list_undelivered_events(
    _: Manager,
    session: SystemTx,
    cursor: Cursor,
    *,
    handler: Annotated[str | None, Query(max_length=200, pattern=r"^[A-Za-z0-9_.]+$")] = None,
) -> Feed[DeadLetterView]:
    """Events that a handler failed on until it was given up, newest first."""
    rows = await list_dead_letters(
        session, handler=handler, before=_position(cursor), limit=cursor.size + 1
    )
    items = [DeadLetterView.model_validate(row) for row in rows[: cursor.size]]
    last = items[-1] if len(rows) > cursor.size else None
    return Feed(
        items=items,
        next=None if last is None else cursor.encode(f"{last.sequence}:{last.handler}"),
    )


@router.post("/dead-letters/{sequence}/{handler}/retry")
async def retry_undelivered_event(
    actor: Manager, session: SystemTx, sequence: Number, handler: HandlerName
) -> DeadLetterDecision:
    """Let the handler have the event again."""
    await retry_dead_letter(session, actor, sequence, handler)
    return DeadLetterDecision(sequence=sequence, handler=handler, state="pending")


@router.post("/dead-letters/{sequence}/{handler}/discard")
async def discard_undelivered_event(
    actor: Manager, session: SystemTx, sequence: Number, handler: HandlerName
) -> DeadLetterDecision:
    """Let the handler do without the event for good."""
    await discard_dead_letter(session, actor, sequence, handler)
    return DeadLetterDecision(sequence=sequence, handler=handler, state="discarded")


def _position(cursor: CursorParameters) -> tuple[int, str] | None:
    text = cursor.decoded()
    if text is None:
        return None
    number, separator, handler = text.partition(":")
    if not separator or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise invalid("#/query/cursor", "cursor", "This cursor did not come from this feed.")
    if not handler.isprintable():
        raise invalid("#/query/cursor", "cursor", "This cursor did not come from this feed.")
    return int(number), handler
