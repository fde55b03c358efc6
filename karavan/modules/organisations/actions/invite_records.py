"""What the trail and the events say of an invitation."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.events import record_event
from karavan.modules.organisations.models import Invite


def record_invite(
    session: AsyncSession,
    actor: Actor,
    invite: Invite,
    action: str,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    record_audit(
        session,
        actor,
        action,
        target_type="invite",
        target_id=invite.id,
        target_label=invite.email,
        before=dict(before or {}),
        after=dict(after or {}),
    )


def announce_invite(session: AsyncSession, invite: Invite, event: str, actor: Actor) -> None:
    record_event(
        session,
        event,
        organisation_id=invite.organisation_id,
        aggregate_id=invite.id,
        payload={
            "invite_id": str(invite.id),
            "role": invite.role,
            "actor_user_id": str(actor.user_id),
        },
    )
