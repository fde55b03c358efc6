"""Start a draft."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.ids import new_id
from karavan.modules.procurement.actions.requests.writing import (
    columns_of,
    write_attachments,
    write_lines,
)
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Request
from karavan.modules.procurement.request_content import refuse_wrong_money
from karavan.modules.procurement.schemas.requests import RequestBody, RequestContent
from karavan.modules.procurement.states import RequestState


async def create(session: AsyncSession, actor: Actor, body: RequestContent) -> Request:
    """A new draft of the actor's organisation. Nobody outside it knows of it until it is published.

    Args:
        body: its content; a `RequestBody` carries dates and files too.

    Raises:
        ValidationError: an amount is in another currency, a file is unknown, or a line names an id.
    """
    refuse_wrong_money(body.currency, body.budget, body.lines)
    request = Request(
        id=new_id(),
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        state=RequestState.DRAFT,
        created_by=actor.user_id,
        created_by_name=actor.display_name,
        attachments=[],
        revision=1,
        version=1,
        **columns_of(body, only_set=False),
    )
    if isinstance(body, RequestBody):
        await write_attachments(session, actor, request, body.attachment_ids)
    session.add(request)
    await session.flush()
    await write_lines(session, request, body.lines, [])
    record_audit(
        session,
        actor,
        "request.create",
        target_type="request",
        target_id=request.id,
        target_label=request.title,
        after={"title": request.title, "lines": len(body.lines)},
    )
    REQUEST.record(session, request, "created", actor)
    await session.flush()
    return request
