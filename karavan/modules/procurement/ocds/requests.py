"""The request that stands for an imported process."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import ConflictError
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.procurement.actions.requests.create import create
from karavan.modules.procurement.actions.requests.edit import edit
from karavan.modules.procurement.actions.requests.end import cancel
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import OcdsProcess, Request
from karavan.modules.procurement.ocds.mapping import MappedRequest
from karavan.modules.procurement.ocds.values import Notes
from karavan.modules.procurement.schemas.requests import RequestBody, RequestPatch
from karavan.modules.procurement.states import RequestState

_NOT_OF_A_PATCH = {"attachment_ids"}


async def start_request(
    session: AsyncSession, actor: Actor, ocid: str, mapped: MappedRequest
) -> Request:
    """A request for a process that is imported for the first time.

    What can still be bought becomes a draft, which a person reviews and publishes. What is over becomes history.

    Raises:
        ConflictError: another request of the organisation has the ocid already.
    """
    taken = await session.scalar(
        select(Request.id).where(
            Request.organisation_id == actor.organisation_id, Request.ocid == ocid
        )
    )
    if taken is not None:
        raise ConflictError("A request of your own has this ocid.", request_id=str(taken))
    request = await create(session, actor, mapped.body)
    request.ocid = ocid
    await session.flush()
    await _end(session, actor, request, mapped.state)
    return request


async def update_request(
    session: AsyncSession,
    actor: Actor,
    request: Request,
    process: OcdsProcess,
    mapped: MappedRequest,
    notes: Notes,
) -> None:
    """Let later releases change the request, as long as nobody here has.

    A published request is a promise to vendors, and a draft that somebody has worked on is theirs: the releases are
    kept and the history is told, but the request stays as it is.
    """
    if request.state != RequestState.DRAFT:
        if request.published_at is not None:
            notes.add("", "published", "The request is published here and was left as it is.")
        return
    if request.version != process.request_version:
        notes.add("", "edited", "The draft was changed here since, and was left as it is.")
        return
    await edit(session, actor, request.id, _patch_of(mapped.body))
    await _end(session, actor, request, mapped.state)
    process.request_version = request.version


def _patch_of(body: RequestBody) -> RequestPatch:
    names = set(RequestBody.model_fields) - _NOT_OF_A_PATCH
    return RequestPatch(**{name: getattr(body, name) for name in names})


async def _end(session: AsyncSession, actor: Actor, request: Request, state: RequestState) -> None:
    if state == RequestState.CANCELLED:
        reason = "The imported process was cancelled."
        await cancel(session, actor, request.id, TransitionBody(reason=reason))
    elif state == RequestState.CLOSED:
        await _record_as_history(session, actor, request)


async def _record_as_history(session: AsyncSession, actor: Actor, request: Request) -> None:
    """Mark a draft as history.

    No transition leads there, and none should: nothing is closed here. The draft was never published, has no number
    and no quotes, and nobody outside knows of it; the process that it copies ended elsewhere.
    """
    before = request.state
    request.state = RequestState.CLOSED
    request.closed_at = await database_now(session)
    request.version += 1
    record_audit(
        session,
        actor,
        "request.record_history",
        target_type="request",
        target_id=request.id,
        target_label=REQUEST.label_of(request),
        before={"state": str(before)},
        after={"state": str(request.state)},
    )
    REQUEST.record(session, request, "history_recorded", actor)
    await session.flush()
