"""Routes of the audit trail."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from fastapi.responses import StreamingResponse
from msgspec.structs import asdict

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor, requires
from karavan.kit.db import begin_writing
from karavan.kit.pagination import Cursor, Feed
from karavan.kit.routing import router as module_router
from karavan.kit.schemas import Moment
from karavan.kit.scopes import Scope
from karavan.kit.unit_of_work import Tx, database_of
from karavan.modules.audit.chain import verify
from karavan.modules.audit.export import MEDIA_TYPES, ExportFormat, export_entries
from karavan.modules.audit.permissions import AUDIT_READ
from karavan.modules.audit.queries import AuditFilters, read_entries
from karavan.modules.audit.schemas import AuditEntryView, AuditVerification

router = module_router("/audit", "audit")

Reader = Annotated[Actor, requires(AUDIT_READ)]


async def _filters(
    *,
    action: Annotated[
        str | None,
        Query(max_length=100, description="`request.publish`, or `request` for all of it."),
    ] = None,
    actor: Annotated[UUID | None, Query(description="The person who did it.")] = None,
    target_type: Annotated[str | None, Query(max_length=100)] = None,
    target_id: UUID | None = None,
    since: Annotated[Moment | None, Query(alias="from", description="Not before.")] = None,
    until: Annotated[Moment | None, Query(alias="to", description="Before.")] = None,
    text: Annotated[
        str | None, Query(max_length=100, description="In names, actions, labels and reasons.")
    ] = None,
) -> AuditFilters:
    return AuditFilters(
        action=action,
        actor=actor,
        target_type=target_type,
        target_id=target_id,
        since=since,
        until=until,
        text=text,
    )


Filters = Annotated[AuditFilters, Depends(_filters)]


@router.get("")
async def list_audit_entries(
    session: Tx, actor: Reader, filters: Filters, cursor: Cursor
) -> Feed[AuditEntryView]:
    """What was done in the organisation, newest first."""
    entries = await read_entries(
        session,
        actor.organisation_id,
        filters,
        before_sequence=cursor.position(),
        limit=cursor.size + 1,
    )
    items = entries[: cursor.size]
    more = len(entries) > cursor.size
    return Feed(items=items, next=cursor.encode(items[-1].sequence) if more else None)


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}, "application/jsonl": {}}}},
)
async def export_audit_entries(
    request: Request,
    session: Tx,
    actor: Reader,
    filters: Filters,
    file_format: Annotated[ExportFormat, Query(alias="format")] = ExportFormat.CSV,
) -> StreamingResponse:
    """The same entries as a file: CSV for spreadsheets, or one JSON object a line. Itself an entry in the trail."""
    await begin_writing(session)
    record_audit(
        session,
        actor,
        "audit.export",
        target_type="audit",
        target_id=actor.organisation_id,
        target_label=file_format.value,
    )
    content = export_entries(
        database_of(request), Scope(actor.organisation_id, actor.user_id), filters, file_format
    )
    return StreamingResponse(
        content,
        media_type=MEDIA_TYPES[file_format],
        headers={"content-disposition": f'attachment; filename="audit.{file_format.value}"'},
    )


@router.get("/verify")
async def verify_audit_chain(session: Tx, actor: Reader) -> AuditVerification:
    """Recompute the chain of hashes and compare it with what was sealed."""
    return AuditVerification(**asdict(await verify(session, actor.organisation_id)))
