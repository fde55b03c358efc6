"""Invitations that a supplier hands out, and the way in by one."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response

from karavan.kit.authz import Actor, requires
from karavan.kit.clock import database_now
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import SystemTx, Tx
from karavan.modules.identity.public import SettingsOf
from karavan.modules.links import queries
from karavan.modules.links.actions.invite import (
    create_invitation,
    invitation_url,
    qr_svg,
    revoke_invitation,
)
from karavan.modules.links.actions.join import invitation_of, join
from karavan.modules.links.permissions import LINK_DECIDE, LINK_REQUEST
from karavan.modules.links.schemas import (
    CreateLinkInvitationBody,
    JoinByInvitationBody,
    LinkDetails,
    LinkInvitationPreview,
    LinkInvitationView,
    NewLinkInvitationView,
)
from karavan.modules.links.views import invitation_state, invitation_values, partner
from karavan.modules.organisations.public import organisation_card

router = make_router("/link-invitations", "link invitations")

Token = Annotated[str, Path(min_length=20, max_length=100)]
Decider = Annotated[Actor, requires(LINK_DECIDE)]


@router.get("")
async def list_invitations(session: Tx, actor: Decider, paging: Paging) -> Page[LinkInvitationView]:
    """The organisation's invitations for buyers, the latest first."""
    return await queries.list_invitations(session, actor, paging)


@router.post("", status_code=201)
async def create(
    body: CreateLinkInvitationBody, session: Tx, actor: Decider, settings: SettingsOf
) -> NewLinkInvitationView:
    """Make an invitation to hand out as a link or on paper. Its address and QR code are told this once."""
    invitation, token = await create_invitation(session, actor, body)
    url = invitation_url(settings, token)
    values = invitation_values(invitation, await database_now(session))
    return NewLinkInvitationView(**values, url=url, qr_svg=qr_svg(url))


@router.delete("/{invitation_id}", status_code=204)
async def revoke(invitation_id: UUID, session: Tx, actor: Decider) -> Response:
    """Take an invitation back. Its address is refused from now on; links that came by it stay."""
    await revoke_invitation(session, actor, invitation_id)
    return Response(status_code=204)


@router.get("/{token}")
async def preview(token: Token, session: SystemTx) -> LinkInvitationPreview:
    """What whoever holds an invitation may know before using it."""
    invitation = await invitation_of(session, token)
    card = await organisation_card(session, invitation.organisation_id)
    return LinkInvitationPreview(
        supplier=partner(card, invitation.organisation_id, invitation.organisation_name),
        state=invitation_state(invitation, await database_now(session)),
        accepts_at_once=invitation.accepts_at_once,
        expires_at=invitation.expires_at,
    )


@router.post("/{token}/accept")
async def accept_invitation(
    token: Token,
    body: JoinByInvitationBody,
    session: Tx,
    actor: Annotated[Actor, requires(LINK_REQUEST)],
) -> LinkDetails:
    """Come by an invitation: the link is accepted at once where the supplier has promised it, else a request waits."""
    return await queries.details(session, actor, await join(session, actor, token, body))
