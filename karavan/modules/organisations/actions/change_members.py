"""Change a member's role, remove a member, leave."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor, Role
from karavan.kit.errors import NotFoundError
from karavan.kit.events import record_event
from karavan.modules.identity.public import account_of, end_sessions
from karavan.modules.organisations.actions.withdraw_invites import withdraw_invites_of
from karavan.modules.organisations.errors import LastOwnerError, RoleAboveOwnError
from karavan.modules.organisations.models import Membership
from karavan.modules.organisations.permissions import MEMBERS_MANAGE
from karavan.modules.organisations.queries import own_organisation
from karavan.modules.organisations.roles import rank_of


async def change_role(session: AsyncSession, actor: Actor, user_id: UUID, role: Role) -> Membership:
    """Give a member of the actor's organisation another role. It holds from their next request on.

    Raises:
        NotFoundError: the organisation has no such member.
        RoleAboveOwnError: the old or the new role is above the actor's own.
        LastOwnerError: nobody else is an owner.
    """
    member = await _locked_member(session, actor, user_id)
    previous = Role(member.role)
    if max(rank_of(previous), rank_of(role)) > await present_rank(session, actor):
        raise RoleAboveOwnError(role=role.value, own=actor.role.value)
    if previous is role:
        return member
    if previous is Role.OWNER:
        await _require_another_owner(session, actor.organisation_id, user_id)
    member.role = role.value
    await _record(
        session,
        actor,
        user_id,
        action="member.change_role",
        event="member.role_changed",
        before={"role": previous.value},
        after={"role": role.value},
    )
    return member


async def remove_member(session: AsyncSession, actor: Actor, user_id: UUID) -> None:
    """Remove a member, or leave. Their sessions that act for the organisation end, and so do the invitations they sent.

    An invitation lives on its sender's word: whoever is removed could otherwise come back by one sent to themselves.

    Raises:
        NotFoundError: the organisation has no such member.
        ForbiddenError: the actor may not manage members and removes somebody else.
        RoleAboveOwnError: the member's role is above the actor's own.
        LastOwnerError: nobody else is an owner.
    """
    leaves = user_id == actor.user_id
    if not leaves:
        actor.require(MEMBERS_MANAGE)
    member = await _locked_member(session, actor, user_id)
    role = Role(member.role)
    if not leaves and rank_of(role) > await present_rank(session, actor):
        raise RoleAboveOwnError(role=role.value, own=actor.role.value)
    if role is Role.OWNER:
        await _require_another_owner(session, actor.organisation_id, user_id)
    # Recorded first: once the membership is gone, the person's name can no longer be read.
    await _record(
        session,
        actor,
        user_id,
        action="member.leave" if leaves else "member.remove",
        event="member.removed",
        before={"role": role.value},
        after={},
    )
    await end_sessions(
        session,
        user_id=user_id,
        organisation_id=actor.organisation_id,
        reason="left" if leaves else "member_removed",
    )
    await withdraw_invites_of(session, actor, user_id)
    await session.delete(member)
    await session.flush()


async def _locked_member(session: AsyncSession, actor: Actor, user_id: UUID) -> Membership:
    """The membership, after locking the organisation: of two owners who leave at once, one is second."""
    await own_organisation(session, actor, lock=True)
    member = await session.get(Membership, (actor.organisation_id, user_id), populate_existing=True)
    if member is None:
        raise NotFoundError
    return member


async def present_rank(session: AsyncSession, actor: Actor) -> int:
    """The actor's rank now that the organisation is locked: they may have been demoted while they waited."""
    own = await session.get(
        Membership, (actor.organisation_id, actor.user_id), populate_existing=True
    )
    return 0 if own is None else rank_of(Role(own.role))


async def _require_another_owner(
    session: AsyncSession, organisation_id: UUID, user_id: UUID
) -> None:
    others = await session.execute(
        select(func.count())
        .select_from(Membership)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.OWNER.value,
            Membership.user_id != user_id,
        )
    )
    if others.scalar_one() == 0:
        raise LastOwnerError


async def _record(
    session: AsyncSession,
    actor: Actor,
    user_id: UUID,
    *,
    action: str,
    event: str,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    account = await account_of(session, user_id)
    record_audit(
        session,
        actor,
        action,
        target_type="user",
        target_id=user_id,
        target_label=account.display_name if account else "",
        before=dict(before),
        after=dict(after),
    )
    record_event(
        session,
        event,
        organisation_id=actor.organisation_id,
        aggregate_id=actor.organisation_id,
        payload={
            "user_id": str(user_id),
            "actor_user_id": str(actor.user_id),
            "before": before,
            "after": after,
        },
    )
