"""A consumer comes by an invitation: to a request, or straight to an accepted link."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.errors import NotFoundError
from karavan.kit.locks import find_row
from karavan.modules.identity.public import token_hash
from karavan.modules.links.actions.decide import accept_at_once
from karavan.modules.links.actions.request import open_request, unexpired_link
from karavan.modules.links.actions.rows import lock_pair
from karavan.modules.links.actions.terms import values_of
from karavan.modules.links.errors import (
    AlreadyLinkedError,
    InvitationUnusableError,
    OwnOrganisationError,
)
from karavan.modules.links.models import Link, LinkInvitation
from karavan.modules.links.schemas import JoinByInvitationBody, LinkTermsBody
from karavan.modules.links.states import LinkState
from karavan.modules.links.views import invitation_state
from karavan.modules.organisations.public import organisation_card


async def invitation_of(session: AsyncSession, token: str, *, lock: bool = False) -> LinkInvitation:
    """The invitation of a token, in whatever state; the transaction must be the system's.

    Raises:
        NotFoundError: no invitation has this token.
    """
    wanted = select(LinkInvitation).where(LinkInvitation.token_hash == token_hash(token))
    if lock:
        wanted = wanted.with_for_update(key_share=True)
    return await find_row(session, wanted)


async def join(session: AsyncSession, actor: Actor, token: str, body: JoinByInvitationBody) -> Link:
    """Come by an invitation. An accepted link is answered as it stands and uses nothing up.

    An invitation is the supplier's own word: it goes before the cooling period, but not before a block.

    Raises:
        NotFoundError: no invitation has this token.
        InvitationUnusableError: it was revoked, has expired or is used up.
        OwnOrganisationError: it is the actor's own organisation's.
        AlreadyLinkedError: the supplier has blocked the actor's organisation, or its request waits already.
    """
    async with as_system(session):
        invitation = await invitation_of(session, token, lock=True)
        if invitation.organisation_id == actor.organisation_id:
            raise OwnOrganisationError
        now = await database_now(session)
        link = await _linked(session, actor, invitation, now)
        if link is None:
            link = await _open(session, actor, invitation, body, now)
    return link


async def _linked(
    session: AsyncSession, actor: Actor, invitation: LinkInvitation, now: datetime
) -> Link | None:
    """The link that there is already, if the invitation has nothing to add to it."""
    supplier = invitation.organisation_id
    await lock_pair(session, actor.organisation_id, supplier)
    live = await unexpired_link(session, actor.organisation_id, supplier, now)
    if live is None:
        return None
    if live.state == LinkState.ACCEPTED:
        return live
    if live.state == LinkState.PENDING and invitation.accepts_at_once:
        _use(invitation, now)
        live.invitation_id = invitation.id
        return await _accept(session, live, invitation, now)
    raise AlreadyLinkedError(link_id=str(live.id), state=live.state)


async def _open(
    session: AsyncSession,
    actor: Actor,
    invitation: LinkInvitation,
    body: JoinByInvitationBody,
    now: datetime,
) -> Link:
    _use(invitation, now)
    supplier = await organisation_card(session, invitation.organisation_id)
    if supplier is None:
        raise NotFoundError
    link = await open_request(
        session, actor, supplier, now, message=body.message, invitation=invitation
    )
    if not invitation.accepts_at_once:
        return link
    return await _accept(session, link, invitation, now)


async def _accept(
    session: AsyncSession, link: Link, invitation: LinkInvitation, now: datetime
) -> Link:
    terms = LinkTermsBody.model_validate(invitation.terms or {})
    values = await values_of(session, link.supplier_organisation_id, terms, lenient=True)
    return await accept_at_once(session, link, values, now)


def _use(invitation: LinkInvitation, now: datetime) -> None:
    """Count a use.

    Raises:
        InvitationUnusableError: there is none left.
    """
    state = invitation_state(invitation, now)
    if state != "open":
        raise InvitationUnusableError(state=state)
    invitation.uses += 1
