"""Who deals with a complaint: the link's sales representative, and a manager for what is escalated."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import LEADERS, Actor, Role, declared_permissions
from karavan.kit.errors import ForbiddenError, InvalidTransitionError, invalid
from karavan.kit.versions import refuse_stale
from karavan.modules.identity.public import account_of
from karavan.modules.organisations.public import member_ids
from karavan.modules.support.actions.rows import facts, locked_complaint, new_move
from karavan.modules.support.lifecycle import COMPLAINT, SELLER, party_of
from karavan.modules.support.models import Complaint
from karavan.modules.support.permissions import COMPLAINT_ANSWER, COMPLAINT_DECIDE
from karavan.modules.support.schemas import ComplaintAssigneeBody
from karavan.modules.support.states import RUNNING

Person = tuple[UUID, str]
"""Somebody's id and name."""


async def people_for(
    session: AsyncSession, organisation_id: UUID, representative_id: UUID | None
) -> tuple[Person | None, Person | None]:
    """Who answers and who decides, of the supplier's people as they are now.

    The representative answers while they are of the team and may; otherwise whoever decides does. That is a manager, and in
    a firm without one its owner. The transaction must be allowed to see the supplier's members.
    """
    manager = await _first(session, organisation_id, [Role.MANAGER])
    if manager is None:
        manager = await _first(session, organisation_id, [Role.OWNER])
    if representative_id is not None:
        able = await member_ids(session, organisation_id, answering_roles())
        if representative_id in able:
            return await _named(session, representative_id), manager
    return manager, manager


def answering_roles() -> list[Role]:
    """Roles that may answer a complaint."""
    return [one for one in declared_permissions()[COMPLAINT_ANSWER] if isinstance(one, Role)]


async def assign(
    session: AsyncSession, actor: Actor, complaint_id: UUID, body: ComplaintAssigneeBody
) -> Complaint:
    """Give the complaint to somebody of the team who may answer; what was escalated, to somebody who may decide.

    Raises:
        NotFoundError, ForbiddenError: the actor is a stranger, or the buyer, or may not answer.
        InvalidTransitionError: the complaint is settled.
        ConflictError: the complaint has another version than the caller read.
        ValidationError: the person is not of the team, or may not do what is asked of them.
    """
    complaint = await locked_complaint(session, complaint_id)
    if party_of(complaint, actor.organisation_id) != SELLER:
        raise ForbiddenError("Only the seller may do this.", side="buyer")
    actor.require(COMPLAINT_ANSWER)
    if complaint.state not in RUNNING:
        raise InvalidTransitionError(state=complaint.state, transition="assign", allowed=[])
    refuse_stale(complaint, body.version)
    escalated = complaint.escalated_at is not None
    if escalated:
        actor.require(COMPLAINT_DECIDE)
    roles = [Role.MANAGER, *LEADERS] if escalated else answering_roles()
    if body.user_id not in await member_ids(session, complaint.organisation_id, roles):
        raise invalid("#/user_id", "unknown", "Nobody of your team who may do this has this id.")
    before = complaint.assignee_name
    person = await _named(session, body.user_id)
    if complaint.assignee_user_id == body.user_id or person is None:
        return complaint
    complaint.assignee_user_id, complaint.assignee_name = person
    complaint.version += 1
    record_audit(
        session,
        actor,
        "complaint.assign",
        target_type=COMPLAINT.name,
        target_id=complaint.id,
        target_label=complaint.number,
        before={"assignee": before},
        after={"assignee": complaint.assignee_name},
    )
    COMPLAINT.record(session, complaint, "assigned", actor, data=facts(complaint))
    session.add(new_move(complaint, "assign", actor))
    return complaint


async def _first(
    session: AsyncSession, organisation_id: UUID, roles: Sequence[Role]
) -> Person | None:
    # Identifiers grow with time: the first is who has been here longest.
    ids = await member_ids(session, organisation_id, roles)
    return await _named(session, ids[0]) if ids else None


async def _named(session: AsyncSession, user_id: UUID) -> Person | None:
    account = await account_of(session, user_id)
    return None if account is None else (user_id, account.display_name)
