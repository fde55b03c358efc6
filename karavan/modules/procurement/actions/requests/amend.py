"""Change what vendors were asked, in the open."""

from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import invalid
from karavan.kit.ids import new_id
from karavan.modules.procurement.actions.approvals.require import refuse_growth
from karavan.modules.procurement.actions.approvals.void import void_awards
from karavan.modules.procurement.actions.requests.publish import told_to_vendors
from karavan.modules.procurement.actions.requests.writing import (
    write_attachments,
    write_fields,
    write_lines,
)
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Quote, Request, RequestRevision
from karavan.modules.procurement.queries.rows import live_lines, locked_request
from karavan.modules.procurement.request_content import (
    differences,
    estimated_amount,
    refuse_wrong_money,
    snapshot,
)
from karavan.modules.procurement.schemas.requests import AmendBody
from karavan.modules.procurement.states import OPEN_QUOTE, ApprovalPurpose


async def amend(session: AsyncSession, actor: Actor, request_id: UUID, body: AmendBody) -> Request:
    """Make a new revision. Open quotes answer the old one: they are flagged `needs_reconfirm`, and their vendors told.

    Raises:
        SpendingLimitError: the request may cost more than was allowed when it was published.
        DeadlinePassedError: nobody could answer the new revision in time.
        ValidationError: nothing changes, the deadline would move earlier, or a value does not fit.
    """
    request = await locked_request(session, request_id)
    now = await database_now(session)
    move = REQUEST.check(request, "amend", actor, now, body)
    lines = await live_lines(session, request.id)
    before, given = snapshot(request, lines), body.model_fields_set
    allowed = estimated_amount(request, lines)
    _refuse_unfit(request, body)
    write_fields(request, body, only_set=True)
    if "lines" in given:
        lines = await write_lines(
            session, request, body.lines, lines, removed_in=request.revision + 1
        )
    if "attachment_ids" in given:
        await write_attachments(session, actor, request, body.attachment_ids)
    changes = differences(before, snapshot(request, lines))
    if not changes:
        raise invalid("#", "nothing_changed", "The amendment changes nothing.")
    asked, purpose = estimated_amount(request, lines), ApprovalPurpose.PUBLISH
    await refuse_growth(session, actor, purpose, allowed, asked, request.currency)
    request.revision += 1
    session.add(
        RequestRevision(
            id=new_id(),
            request_id=request.id,
            organisation_id=request.organisation_id,
            revision=request.revision,
            snapshot=before,
            changes=changes,
            changed_by=actor.user_id,
            changed_by_name=actor.display_name,
            note=body.note,
        )
    )
    vendors = await _flag_open_quotes(session, request)
    await void_awards(session, request)
    fields = sorted({change["field"].split("/")[0] for change in changes})
    REQUEST.apply(
        session,
        move,
        before={"revision": request.revision - 1},
        after={"revision": request.revision, "fields": fields},
        data={
            **told_to_vendors(request),
            "revision": request.revision,
            "fields": fields,
            "note": body.note,
            "vendor_organisation_ids": [str(one) for one in vendors],
        },
    )
    await session.flush()
    return request


async def _flag_open_quotes(session: AsyncSession, request: Request) -> list[UUID]:
    """One statement, so that no quote is missed: the request's lock keeps new ones out until the end."""
    await session.flush()
    flagged = await session.scalars(
        update(Quote)
        .where(Quote.request_id == request.id, Quote.state.in_(OPEN_QUOTE))
        .values(needs_reconfirm=True, version=Quote.version + 1, updated_at=func.now())
        .returning(Quote.organisation_id)
        .execution_options(synchronize_session=False)
    )
    return sorted(flagged)


def _refuse_unfit(request: Request, body: AmendBody) -> None:
    given = body.model_fields_set
    refuse_wrong_money(request.currency, body.budget, body.lines)
    if "lines" in given and not body.lines:
        raise invalid("#/lines", "required", "A request needs at least one line.")
    if "quotes_due_at" not in given or request.quotes_due_at is None:
        return
    if body.quotes_due_at is None or body.quotes_due_at < request.quotes_due_at:
        detail = "The deadline may stay or move later, never earlier."
        raise invalid("#/quotes_due_at", "earlier", detail)
