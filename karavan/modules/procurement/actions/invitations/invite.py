"""Ask vendors to quote."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import (
    FieldError,
    InvalidTransitionError,
    NotFoundError,
    ValidationError,
    invalid,
)
from karavan.kit.ids import new_id
from karavan.modules.organisations.public import organisation_cards
from karavan.modules.procurement.errors import DeadlinePassedError, NotOpenError
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Invitation, Request
from karavan.modules.procurement.queries.rows import locked_request
from karavan.modules.procurement.schemas.requests import INVITATIONS_MAX, InviteVendorsBody
from karavan.modules.procurement.states import RequestState


async def invite(
    session: AsyncSession, actor: Actor, request_id: UUID, body: InviteVendorsBody
) -> Request:
    """Invite vendors to a draft, who hear of it when it is published, or to a published request, who hear of it now.

    Whoever is invited already stays so, and asking again changes nothing; whoever declined is asked anew.

    Raises:
        NotFoundError: it is no request of the actor's organisation.
        NotOpenError: the request takes no quotes any more.
        DeadlinePassedError: nobody could quote in time.
        ValidationError: an organisation is unknown, or is the buyer itself, or there would be too many.
    """
    request = await locked_request(session, request_id)
    if request.state not in {RequestState.DRAFT, RequestState.PUBLISHED}:
        raise NotOpenError(state=request.state)
    published = request.state == RequestState.PUBLISHED
    if published and request.quotes_due_at and request.quotes_due_at <= await database_now(session):
        raise DeadlinePassedError(quotes_due_at=rfc3339(request.quotes_due_at))
    wanted = list(dict.fromkeys(body.organisation_ids))
    cards = await organisation_cards(session, wanted)
    # A personal organisation is nobody's supplier, and its existence nobody's business.
    names = {one: card.name for one, card in cards.items() if card.kind == "company"}
    _refuse_unfit(request, body.organisation_ids, names)
    asked = await _ask(session, actor, request, wanted, names)
    if not asked:
        return request
    request.version += 1
    record_audit(
        session,
        actor,
        "request.invite",
        target_type="request",
        target_id=request.id,
        target_label=REQUEST.label_of(request),
        after={"invited": [names[one] for one in asked]},
    )
    if published:
        record_invited(session, actor, request, asked)
    await session.flush()
    return request


async def _ask(
    session: AsyncSession,
    actor: Actor,
    request: Request,
    wanted: Sequence[UUID],
    names: dict[UUID, str],
) -> list[UUID]:
    """Write the invitations; returns those who were not invited before, or had declined."""
    found = await session.scalars(select(Invitation).where(Invitation.request_id == request.id))
    present = {invitation.organisation_id: invitation for invitation in found}
    asked = [one for one in wanted if one not in present or present[one].declined_at is not None]
    if len(present.keys() | set(asked)) > INVITATIONS_MAX:
        detail = f"A request can invite {INVITATIONS_MAX} vendors in all."
        raise invalid("#/organisation_ids", "too_many", detail)
    for one in asked:
        if again := present.get(one):
            again.declined_at = again.decline_reason = again.viewed_at = None
            continue
        session.add(
            Invitation(
                id=new_id(),
                request_id=request.id,
                organisation_id=one,
                organisation_name=names[one],
                buyer_organisation_id=request.organisation_id,
                invited_by=actor.user_id,
            )
        )
    return asked


def record_invited(
    session: AsyncSession, actor: Actor, request: Request, organisation_ids: Sequence[UUID]
) -> None:
    """Tell the handlers whom to tell; vendors never learn of one another from it."""
    due = request.quotes_due_at
    REQUEST.record(
        session,
        request,
        "invited",
        actor,
        data={
            "title": request.title,
            "buyer_name": request.organisation_name,
            "quotes_due_at": rfc3339(due) if due else None,
            "organisation_ids": [str(one) for one in organisation_ids],
        },
    )


async def withdraw_invitation(
    session: AsyncSession, actor: Actor, request_id: UUID, organisation_id: UUID
) -> None:
    """Take back the invitation to a draft. A vendor who has heard of the request stays invited.

    Raises:
        NotFoundError: there is no such request or invitation.
        InvalidTransitionError: the request is published.
    """
    request = await locked_request(session, request_id)
    if request.state != RequestState.DRAFT:
        raise InvalidTransitionError(state=request.state, transition="withdraw-invitation")
    gone = await session.scalar(
        delete(Invitation)
        .where(Invitation.request_id == request.id, Invitation.organisation_id == organisation_id)
        .returning(Invitation.organisation_name)
    )
    if gone is None:
        raise NotFoundError
    request.version += 1
    record_audit(
        session,
        actor,
        "request.withdraw_invitation",
        target_type="request",
        target_id=request.id,
        target_label=REQUEST.label_of(request),
        before={"invited": [gone]},
    )
    await session.flush()


def _refuse_unfit(request: Request, asked: Sequence[UUID], names: dict[UUID, str]) -> None:
    errors = []
    for index, one in enumerate(asked):
        if one == request.organisation_id:
            code, detail = "own_organisation", "An organisation cannot invite itself."
        elif one not in names:
            code, detail = "unknown_organisation", "There is no such organisation."
        else:
            continue
        errors.append(FieldError(pointer=f"#/organisation_ids/{index}", code=code, detail=detail))
    if errors:
        raise ValidationError(errors=errors)
