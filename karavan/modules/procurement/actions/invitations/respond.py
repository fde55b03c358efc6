"""What an invited vendor does before quoting: look, or decline."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import NotFoundError
from karavan.modules.procurement.errors import (
    AlreadyQuotedError,
    DeadlinePassedError,
    NotOpenError,
)
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Invitation, Quote, Request
from karavan.modules.procurement.queries.rows import visible_request
from karavan.modules.procurement.schemas.requests import DeclineBody
from karavan.modules.procurement.states import WAITING_QUOTE, RequestState


async def note_viewed(session: AsyncSession, actor: Actor, request_id: UUID) -> None:
    """Note when an invited vendor first opened the request, so that the buyer knows whom to remind.

    Raises:
        NotFoundError: the caller cannot see such a request.
    """
    await visible_request(session, request_id)
    await session.execute(
        update(Invitation)
        .where(
            Invitation.request_id == request_id,
            Invitation.organisation_id == actor.organisation_id,
            Invitation.viewed_at.is_(None),
        )
        .values(viewed_at=func.now())
    )


async def decline(
    session: AsyncSession, actor: Actor, request_id: UUID, body: DeclineBody
) -> Request:
    """Say that the vendor will not quote. The buyer is told why, and may invite the vendor again.

    Raises:
        NotFoundError: the actor's organisation was not invited.
        NotOpenError: the request takes no quotes any more.
        DeadlinePassedError: the time for quotes is over.
        AlreadyQuotedError: the vendor has a live quote.
    """
    request = await visible_request(session, request_id)
    found = await session.scalars(
        select(Invitation)
        .where(
            Invitation.request_id == request_id,
            Invitation.organisation_id == actor.organisation_id,
        )
        .with_for_update()
    )
    invitation = found.one_or_none()
    if invitation is None:
        raise NotFoundError
    now = await database_now(session)
    if request.state != RequestState.PUBLISHED:
        raise NotOpenError(state=request.state)
    if request.quotes_due_at is not None and request.quotes_due_at <= now:
        raise DeadlinePassedError(quotes_due_at=rfc3339(request.quotes_due_at))
    quoted = await session.scalar(
        select(Quote.id).where(
            Quote.request_id == request_id,
            Quote.organisation_id == actor.organisation_id,
            Quote.state.in_(WAITING_QUOTE),
        )
    )
    if quoted is not None:
        raise AlreadyQuotedError(quote_id=str(quoted))
    if invitation.declined_at is not None:
        return request
    invitation.declined_at = now
    invitation.decline_reason = body.reason or None
    if invitation.viewed_at is None:
        invitation.viewed_at = now
    record_audit(
        session,
        actor,
        "request.decline",
        target_type="request",
        target_id=request.id,
        target_label=REQUEST.label_of(request),
        reason=invitation.decline_reason,
    )
    REQUEST.record(
        session,
        request,
        "declined",
        actor,
        reason=invitation.decline_reason,
        data={
            "title": request.title,
            "vendor_organisation_id": str(actor.organisation_id),
            "vendor_name": actor.organisation_name,
        },
    )
    await session.flush()
    return request
