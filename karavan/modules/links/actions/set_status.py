"""A link is moved by naming the state that it is to reach."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import invalid
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.links.actions.decide import accept, block, deny, unblock
from karavan.modules.links.actions.end import leave, withdraw
from karavan.modules.links.actions.rows import locked_link
from karavan.modules.links.models import Link
from karavan.modules.links.schemas import AcceptLinkBody, LinkStatusBody, LinkTermsBody
from karavan.modules.links.states import LinkState

_MOVES = {
    LinkState.DENIED: deny,
    LinkState.BLOCKED: block,
    LinkState.WITHDRAWN: withdraw,
    LinkState.LEFT: leave,
}


async def set_status(
    session: AsyncSession, actor: Actor, link_id: UUID, body: LinkStatusBody
) -> Link:
    """Take the transition that leads to the named state, with all that it asks.

    Raises:
        ValidationError: terms were sent where nothing is accepted.
        DomainError: what the transition refuses.
    """
    wanted = LinkState(body.status)
    plain = TransitionBody(reason=body.reason, version=body.version)
    accepts = wanted is LinkState.ACCEPTED
    if body.terms is not None and not accepts:
        raise invalid("#/terms", "unexpected", "Terms are set where a request is accepted.")
    if not accepts:
        return await _MOVES[wanted](session, actor, link_id, plain)
    link = await locked_link(session, link_id)
    if link.state == LinkState.BLOCKED and body.terms is None:
        return await unblock(session, actor, link_id, plain)
    given = AcceptLinkBody(
        reason=body.reason, version=body.version, terms=body.terms or LinkTermsBody()
    )
    return await accept(session, actor, link_id, given)
