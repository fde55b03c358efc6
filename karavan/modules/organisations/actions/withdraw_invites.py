"""Take invitations back."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import NotFoundError
from karavan.modules.organisations.actions.invite_records import announce_invite, record_invite
from karavan.modules.organisations.errors import InviteUnusableError
from karavan.modules.organisations.models import Invite
from karavan.modules.organisations.queries import state_of


async def revoke_invite(session: AsyncSession, actor: Actor, invite_id: UUID) -> None:
    """Take back an open invitation of the actor's organisation.

    Raises:
        NotFoundError: the organisation has no such invitation.
        InviteUnusableError: it was accepted or revoked before.
    """
    invite = (
        await session.execute(
            select(Invite)
            .where(Invite.id == invite_id, Invite.organisation_id == actor.organisation_id)
            .with_for_update(key_share=True)
        )
    ).scalar_one_or_none()
    if invite is None:
        raise NotFoundError
    now = await database_now(session)
    state = state_of(invite, now)
    if state in {"accepted", "revoked"}:
        raise InviteUnusableError(state=state)
    invite.revoked_at = now
    record_invite(session, actor, invite, "invite.revoke", before={"email": invite.email})
    announce_invite(session, invite, "invite.revoked", actor)


async def withdraw_invites_of(session: AsyncSession, actor: Actor, user_id: UUID) -> None:
    """Take back every open invitation to the actor's organisation that a person has sent."""
    now = await database_now(session)
    open_ones = await session.scalars(
        select(Invite)
        .where(
            Invite.organisation_id == actor.organisation_id,
            Invite.invited_by_user_id == user_id,
            Invite.accepted_at.is_(None),
            Invite.revoked_at.is_(None),
            Invite.expires_at > now,
        )
        .order_by(Invite.id)
        .with_for_update(key_share=True)
    )
    for invite in open_ones:
        invite.revoked_at = now
        record_invite(session, actor, invite, "invite.revoke", before={"email": invite.email})
        announce_invite(session, invite, "invite.revoked", actor)
