"""Invite somebody by e-mail."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Role
from karavan.kit.clock import database_now
from karavan.kit.ids import new_id
from karavan.kit.mail import send_mail
from karavan.modules.identity.public import accounts_of, email_key, new_opaque_token, token_hash
from karavan.modules.organisations.actions.change_members import present_rank
from karavan.modules.organisations.actions.invite_records import announce_invite, record_invite
from karavan.modules.organisations.errors import (
    AlreadyMemberError,
    RoleAboveOwnError,
)
from karavan.modules.organisations.models import Invite, Membership
from karavan.modules.organisations.queries import own_organisation
from karavan.modules.organisations.roles import rank_of
from karavan.settings import Settings

INVITE_TTL_DAYS = 7


async def invite_member(
    session: AsyncSession, settings: Settings, actor: Actor, *, email: str, role: Role, locale: str
) -> Invite:
    """Invite an address to the actor's organisation. An earlier invitation of the same address is replaced.

    Whether the address has an account elsewhere makes no difference to the answer.

    Raises:
        RoleAboveOwnError: the role is above the actor's own.
        AlreadyMemberError: a member has this address.
    """
    # Invitations of one organisation are made one after another, so that an address never has two open ones.
    organisation = await own_organisation(session, actor, lock=True)
    if rank_of(role) > await present_rank(session, actor):
        raise RoleAboveOwnError(role=role.value, own=actor.role.value)
    key = email_key(email)
    members = await session.execute(
        select(Membership.user_id).where(Membership.organisation_id == actor.organisation_id)
    )
    colleagues = await accounts_of(session, members.scalars())
    if any(email_key(colleague.email) == key for colleague in colleagues.values()):
        raise AlreadyMemberError
    now = await database_now(session)
    await session.execute(
        update(Invite)
        .where(
            Invite.organisation_id == actor.organisation_id,
            Invite.email_key == key,
            Invite.accepted_at.is_(None),
            Invite.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    token = new_opaque_token()
    invite = Invite(
        id=new_id(),
        organisation_id=actor.organisation_id,
        email=email,
        email_key=key,
        role=role.value,
        locale=locale,
        token_hash=token_hash(token),
        invited_by_user_id=actor.user_id,
        invited_by_name=actor.display_name,
        created_at=now,
        expires_at=now + timedelta(days=INVITE_TTL_DAYS),
    )
    session.add(invite)
    await send_mail(
        session,
        to=email,
        template="invite",
        locale=locale,
        context={
            "inviter": actor.display_name,
            "organisation": organisation.name,
            "role": role.value,
            "link": f"{settings.base_url}/invite/{token}",
            "days": INVITE_TTL_DAYS,
        },
        idempotency_key=f"invite:{invite.id}",
    )
    record_invite(
        session, actor, invite, "invite.create", after={"email": email, "role": role.value}
    )
    announce_invite(session, invite, "member.invited", actor)
    await session.flush()
    return invite
