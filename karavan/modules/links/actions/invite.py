"""A supplier makes an invitation to hand out, and takes it back."""

import io
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import ForbiddenError, invalid
from karavan.kit.ids import new_id
from karavan.kit.locks import find_row
from karavan.modules.identity.public import new_opaque_token, token_hash
from karavan.modules.links.actions.terms import values_of
from karavan.modules.links.errors import InvitationUnusableError
from karavan.modules.links.models import LinkInvitation
from karavan.modules.links.schemas import CreateLinkInvitationBody
from karavan.modules.links.views import invitation_state
from karavan.modules.organisations.public import organisation_card
from karavan.settings import Settings

LASTS = timedelta(days=30)
LASTS_AT_MOST = timedelta(days=366)


async def create_invitation(
    session: AsyncSession, actor: Actor, body: CreateLinkInvitationBody
) -> tuple[LinkInvitation, str]:
    """Make an invitation of the actor's organisation.

    Returns:
        The invitation, and its token, of which only the hash is kept.

    Raises:
        ForbiddenError: the organisation sells nothing.
        ValidationError: the end is past or more than a year away; or see `values_of`.
    """
    organisation = await organisation_card(session, actor.organisation_id)
    if organisation is None or not organisation.sells:
        raise ForbiddenError("Only an organisation that sells invites buyers.")
    now = await database_now(session)
    expires_at = body.expires_at or now + LASTS
    if expires_at <= now:
        raise invalid("#/expires_at", "past", "Choose a moment in the future.")
    if expires_at > now + LASTS_AT_MOST:
        raise invalid("#/expires_at", "too_late", "An invitation lasts a year at most.")
    if body.terms is not None:
        await values_of(session, actor.organisation_id, body.terms)
    token = new_opaque_token()
    invitation = LinkInvitation(
        id=new_id(),
        organisation_id=actor.organisation_id,
        organisation_name=organisation.name,
        name=body.name,
        token_hash=token_hash(token),
        accepts_at_once=body.accepts_at_once,
        terms=body.terms.model_dump(mode="json") if body.terms else None,
        uses=0,
        uses_max=body.uses_max,
        created_by=actor.user_id,
        created_by_name=actor.display_name,
        expires_at=expires_at,
    )
    session.add(invitation)
    _record(session, actor, invitation, "link-invitation.create")
    await session.flush()
    return invitation, token


async def revoke_invitation(session: AsyncSession, actor: Actor, invitation_id: UUID) -> None:
    """Take an invitation back. Links that came by it stay.

    Raises:
        NotFoundError: the organisation has no such invitation.
        InvitationUnusableError: it was revoked before.
    """
    invitation = await find_row(
        session,
        select(LinkInvitation).where(
            LinkInvitation.id == invitation_id,
            LinkInvitation.organisation_id == actor.organisation_id,
        ),
        lock=True,
    )
    now = await database_now(session)
    if invitation.revoked_at is not None:
        raise InvitationUnusableError(state=invitation_state(invitation, now))
    invitation.revoked_at = now
    _record(session, actor, invitation, "link-invitation.revoke")


def _record(session: AsyncSession, actor: Actor, invitation: LinkInvitation, action: str) -> None:
    record_audit(
        session,
        actor,
        action,
        target_type="link-invitation",
        target_id=invitation.id,
        target_label=invitation.name,
        after={
            "accepts_at_once": invitation.accepts_at_once,
            "uses_max": invitation.uses_max,
            "expires_at": rfc3339(invitation.expires_at),
        },
    )


def invitation_url(settings: Settings, token: str) -> str:
    """The page of the web application that an invitation leads to."""
    return f"{settings.base_url}/join/{token}"


def qr_svg(address: str) -> str:
    """An address as a QR code (ISO/IEC 18004) with error correction M and the quiet zone of four modules, as an SVG
    document that scales to its place.
    """
    out = io.BytesIO()
    import segno

    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, omitsize=True, dark="#000", light="#fff"
    )
    return out.getvalue().decode().strip()
