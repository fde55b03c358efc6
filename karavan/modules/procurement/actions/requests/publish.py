"""Put a request before the vendors."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.numbering import next_number
from karavan.modules.procurement.actions.approvals.require import require_subject
from karavan.modules.procurement.actions.approvals.subjects import publish_subject
from karavan.modules.procurement.actions.invitations.invite import record_invited
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Invitation, Request, RequestLine
from karavan.modules.procurement.queries.rows import live_lines, locked_request
from karavan.modules.procurement.states import Visibility


async def publish(
    session: AsyncSession, actor: Actor, request_id: UUID, body: TransitionBody
) -> Request:
    """Publish a draft. It needs a line, a deadline in the future, an invitation when only invited vendors may quote, and
    the approvals that the spending limits ask for. It gets its number now.

    Raises:
        ValidationError: names everything that is missing, at once.
        ApprovalRequiredError: somebody's agreement is missing.
    """
    request = await locked_request(session, request_id)
    now = await database_now(session)
    move = REQUEST.check(request, "publish", actor, now, body)
    lines = await live_lines(session, request.id)
    invited = list(
        await session.scalars(
            select(Invitation.organisation_id)
            .where(Invitation.request_id == request.id)
            .order_by(Invitation.organisation_id)
        )
    )
    if missing := _missing(request, lines, invited, now):
        raise ValidationError("The request is not complete yet.", errors=missing)
    await require_subject(session, actor, request, publish_subject(request, lines))
    request.published_at = now
    request.number = await next_number(
        session, request.organisation_id, series="RFQ", year=now.year
    )
    REQUEST.apply(
        session,
        move,
        after={"number": request.number},
        data={
            **told_to_vendors(request),
            "invited_organisation_ids": [str(one) for one in invited],
        },
    )
    if invited:
        record_invited(session, actor, request, invited)
    await session.flush()
    return request


def told_to_vendors(request: Request) -> dict[str, object]:
    """Facts for the handlers that choose whom to tell and what to say."""
    due = request.quotes_due_at
    return {
        "title": request.title,
        "category": request.category,
        "visibility": request.visibility,
        "sealed": request.sealed,
        "currency": request.currency,
        "delivery_country": request.delivery_country,
        "quotes_due_at": rfc3339(due) if due else None,
        "buyer_name": request.organisation_name,
    }


def _missing(
    request: Request, lines: Sequence[RequestLine], invited: Sequence[UUID], now: datetime
) -> list[FieldError]:
    found: list[tuple[str, str, str]] = []
    if not lines:
        found.append(("#/lines", "required", "Add at least one line."))
    if request.quotes_due_at is None:
        found.append(("#/quotes_due_at", "required", "Say until when quotes are taken."))
    elif request.quotes_due_at <= now:
        found.append(("#/quotes_due_at", "past", "The deadline must be in the future."))
    if request.visibility == Visibility.INVITED and not invited:
        found.append(("#/invitations", "required", "Invite at least one vendor."))
    return [FieldError(pointer=p, code=code, detail=detail) for p, code, detail in found]
