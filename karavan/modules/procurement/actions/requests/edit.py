"""Change a draft, or throw it away."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import InvalidTransitionError
from karavan.kit.versions import refuse_stale
from karavan.modules.media.public import release
from karavan.modules.procurement.actions.approvals.void import void_outdated
from karavan.modules.procurement.actions.requests.writing import (
    check_money,
    write_attachments,
    write_fields,
    write_lines,
)
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Request
from karavan.modules.procurement.queries.rows import live_lines, locked_request
from karavan.modules.procurement.request_content import differences, snapshot
from karavan.modules.procurement.schemas.requests import RequestPatch
from karavan.modules.procurement.states import RequestState


async def edit(
    session: AsyncSession, actor: Actor, request_id: UUID, body: RequestPatch
) -> Request:
    """Change a draft. What was published is changed by `amend`, which tells the vendors.

    An approval of what the draft said before becomes void.

    Raises:
        NotFoundError: it is no request of the actor's organisation.
        InvalidTransitionError: it is no draft any more.
        ConflictError: somebody else changed it since the caller read it.
        ValidationError: an amount, a line or a file does not fit.
    """
    request = await _locked_draft(session, request_id, "edit")
    refuse_stale(request, body.version)
    lines = await live_lines(session, request.id)
    before, currency = snapshot(request, lines), request.currency
    given = body.model_fields_set
    write_fields(request, body, only_set=True)
    check_money(
        request,
        lines,
        previous_currency=currency,
        budget=body.budget,
        budget_given="budget" in given,
        lines=body.lines if "lines" in given else None,
    )
    if "lines" in given:
        lines = await write_lines(session, request, body.lines, lines)
    if "attachment_ids" in given:
        await write_attachments(session, actor, request, body.attachment_ids)
    after = snapshot(request, lines)
    changed = differences(before, after)
    if not changed:
        return request
    request.version += 1
    fields = sorted({change["field"].split("/")[0] for change in changed})
    record_audit(
        session,
        actor,
        "request.edit",
        target_type="request",
        target_id=request.id,
        target_label=REQUEST.label_of(request),
        before={name: before[name] for name in fields if name != "lines"},
        after={name: after[name] for name in fields if name != "lines"} | {"fields": fields},
    )
    REQUEST.record(session, request, "edited", actor, data={"fields": fields})
    await void_outdated(session, request, lines)
    await session.flush()
    return request


async def delete(
    session: AsyncSession, actor: Actor, request_id: UUID, *, version: int | None = None
) -> None:
    """Throw a draft away. A request that vendors have seen can be cancelled, never deleted.

    Raises:
        NotFoundError: it is no request of the actor's organisation.
        InvalidTransitionError: it is no draft any more.
        ConflictError: somebody else changed it since the caller read it.
    """
    request = await _locked_draft(session, request_id, "delete")
    refuse_stale(request, version)
    record_audit(
        session,
        actor,
        "request.delete",
        target_type="request",
        target_id=request.id,
        target_label=REQUEST.label_of(request),
        before={"title": request.title, "version": request.version},
    )
    REQUEST.record(session, request, "deleted", actor)
    files = [UUID(str(file["id"])) for file in request.attachments or []]
    await release(session, request.organisation_id, files)
    await session.flush()
    await session.delete(request)
    await session.flush()


async def _locked_draft(session: AsyncSession, request_id: UUID, verb: str) -> Request:
    request = await locked_request(session, request_id)
    if request.state != RequestState.DRAFT:
        allowed = [t.name for t in REQUEST.transitions if request.state in t.sources]
        raise InvalidTransitionError(state=request.state, transition=verb, allowed=allowed)
    return request
