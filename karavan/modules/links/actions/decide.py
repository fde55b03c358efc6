"""What the supplier decides: accept, deny, block, unblock."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.links.actions.note import add_note
from karavan.modules.links.actions.request import COOLING_PERIOD
from karavan.modules.links.actions.rows import (
    facts,
    live_link,
    lock_pair,
    locked_link,
    note_move,
)
from karavan.modules.links.actions.terms import Values, add_version, values_of
from karavan.modules.links.errors import AlreadyLinkedError
from karavan.modules.links.lifecycle import LINK, SUPPLIER
from karavan.modules.links.models import Link
from karavan.modules.links.schemas import AcceptLinkBody
from karavan.modules.links.states import LinkState


async def accept(session: AsyncSession, actor: Actor, link_id: UUID, body: AcceptLinkBody) -> Link:
    """Accept a request, with the terms that the buyer gets. The catalogue opens to them at once."""
    link = await locked_link(session, link_id)
    now = await database_now(session)
    move = LINK.check(link, "accept", actor, now, body)
    values = await values_of(session, link.supplier_organisation_id, body.terms)
    add_version(session, link, values, actor)
    link.decided_at = now
    note_move(session, link, "accept", SUPPLIER, actor, move.reason)
    return LINK.apply(session, move, data=facts(link))


async def accept_at_once(session: AsyncSession, link: Link, values: Values, now: datetime) -> Link:
    """Accept what a supplier's own invitation has promised. Runs as the system: the supplier is not there."""
    move = LINK.check(link, "accept", None, now)
    add_version(session, link, values, None)
    link.decided_at = now
    note_move(session, link, "accept", "system", None)
    return LINK.apply(session, move, data=facts(link, at_once=True))


async def deny(session: AsyncSession, actor: Actor, link_id: UUID, body: TransitionBody) -> Link:
    """Deny a request. The buyer is told why, and may ask again after 7 days."""
    link = await locked_link(session, link_id)
    now = await database_now(session)
    move = LINK.check(link, "deny", actor, now, body)
    link.denial_reason = move.reason
    link.decided_at = now
    link.retry_at = now + COOLING_PERIOD
    note_move(session, link, "deny", SUPPLIER, actor, move.reason)
    return LINK.apply(session, move, data=facts(link, retry_at=rfc3339(link.retry_at)))


async def block(session: AsyncSession, actor: Actor, link_id: UUID, body: TransitionBody) -> Link:
    """Block the buyer: catalogue and prices are out of their sight at once, and they cannot ask again.

    Open orders go on under their terms. The reason is kept as a note of the supplier's own; the buyer is not told it.
    """
    link = await locked_link(session, link_id)
    now = await database_now(session)
    move = LINK.check(link, "block", actor, now, body)
    if link.state == LinkState.DENIED:
        pair = (link.consumer_organisation_id, link.supplier_organisation_id)
        await lock_pair(session, *pair)
        other = await live_link(session, *pair)
        if other is not None:
            raise AlreadyLinkedError(
                "The buyer has another live link since. Decide about that one.",
                link_id=str(other.id),
                state=other.state,
            )
    if move.reason is not None:
        add_note(session, actor, link, move.reason)
    link.decided_at = now
    note_move(session, link, "block", SUPPLIER, actor)
    # The event reaches the other side, the trail only one's own.
    return LINK.apply(
        session, replace(move, reason=None), after=_why(move.reason), data=facts(link)
    )


async def unblock(session: AsyncSession, actor: Actor, link_id: UUID, body: TransitionBody) -> Link:
    """Take a block back. The link is where it was before: accepted on its terms, or denied.

    A buyer who was denied may ask again at once.
    """
    link = await locked_link(session, link_id)
    now = await database_now(session)
    move = LINK.check(link, "unblock", actor, now, body)
    was_accepted = link.terms_version > 0
    link.decided_at = now
    link.retry_at = None if was_accepted else now
    note_move(session, link, "unblock", SUPPLIER, actor)
    target = LinkState.ACCEPTED if was_accepted else LinkState.DENIED
    return LINK.apply(session, move, target=target, data=facts(link))


def _why(reason: str | None) -> dict[str, str]:
    return {} if reason is None else {"note": reason}
