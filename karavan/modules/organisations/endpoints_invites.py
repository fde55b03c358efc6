"""Invitations."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Request, Response

from karavan.kit.authz import Actor, Credentials, Role, requires
from karavan.kit.clock import database_now
from karavan.kit.errors import UnauthenticatedError
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import SystemTx, Tx
from karavan.modules.identity.public import (
    DoorwayOf,
    SettingsOf,
    find_login,
    set_session_cookies,
)
from karavan.modules.organisations.account_schemas import TokensView
from karavan.modules.organisations.actions.accept_invite import (
    accept_as_member,
    accept_with_password,
    read_invite,
)
from karavan.modules.organisations.actions.invite import invite_member
from karavan.modules.organisations.actions.withdraw_invites import revoke_invite
from karavan.modules.organisations.models import Invite, Organisation
from karavan.modules.organisations.permissions import MEMBERS_MANAGE
from karavan.modules.organisations.queries import page_of_invites, state_of
from karavan.modules.organisations.schemas import (
    AcceptInviteBody,
    InviteBody,
    InvitePreviewView,
    InviteView,
)
from karavan.modules.organisations.views import tokens_view

router = make_router("/invites", "invites")

Token = Annotated[str, Path(min_length=20, max_length=100)]
Manager = Annotated[Actor, requires(MEMBERS_MANAGE)]


def _view(invite: Invite, state: str) -> InviteView:
    return InviteView(
        id=invite.id,
        email=invite.email,
        role=Role(invite.role),
        state=state,
        invited_by_name=invite.invited_by_name,
        created_at=invite.created_at,
        expires_at=invite.expires_at,
        accepted_at=invite.accepted_at,
    )


@router.get("")
async def list_invites(actor: Manager, session: Tx, paging: Paging) -> Page[InviteView]:
    """Invitations of one's organisation, the latest first."""
    invites, total = await page_of_invites(session, actor.organisation_id, paging)
    now = await database_now(session)
    return paging.answer([_view(invite, state_of(invite, now)) for invite in invites], total)


@router.post("", status_code=201)
async def create_invite(
    body: InviteBody, actor: Manager, session: Tx, settings: SettingsOf
) -> InviteView:
    """Invite somebody by e-mail. The link is good for seven days and replaces an earlier one."""
    invite = await invite_member(
        session,
        settings,
        actor,
        email=body.email,
        role=body.role,
        locale=body.locale or actor.locale,
    )
    return _view(invite, "pending")


@router.delete("/{invite_id}", status_code=204)
async def delete_invite(invite_id: UUID, actor: Manager, session: Tx) -> Response:
    """Take an invitation back. Its link is refused from now on."""
    await revoke_invite(session, actor, invite_id)
    return Response(status_code=204)


@router.get("/{token}")
async def preview_invite(token: Token, session: SystemTx) -> InvitePreviewView:
    """What the holder of an invitation's link may know before accepting it."""
    invite = await read_invite(session, token)
    organisation = await session.get_one(Organisation, invite.organisation_id)
    return InvitePreviewView(
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        email=invite.email,
        role=Role(invite.role),
        state=state_of(invite, await database_now(session)),
        invited_by_name=invite.invited_by_name,
        expires_at=invite.expires_at,
        has_account=await find_login(session, invite.email) is not None,
    )


@router.post("/{token}/accept")
async def accept_invite(
    token: Token,
    body: AcceptInviteBody,
    request: Request,
    response: Response,
    door: DoorwayOf,
) -> TokensView:
    """Accept an invitation, and act for the organisation from then on.

    As the signed-in person with an empty body; with the invited address's password; or, when it has no account, with
    a new password and a name.
    """
    credentials: Credentials | None = request.state.credentials
    if body.password is not None:
        tokens = await accept_with_password(
            door,
            token,
            password=body.password,
            display_name=body.display_name,
        )
    elif credentials is not None:
        tokens = await accept_as_member(door, token, credentials)
    else:
        raise UnauthenticatedError("Sign in to accept, or give a password.")
    set_session_cookies(response, door.settings, tokens)
    return tokens_view(tokens)
