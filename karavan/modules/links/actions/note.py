"""Notes of the supplier's people."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import ForbiddenError
from karavan.modules.links.actions.rows import visible_link
from karavan.modules.links.lifecycle import SUPPLIER, party_of
from karavan.modules.links.models import Link, LinkNote
from karavan.modules.links.schemas import LinkNoteBody


def add_note(session: AsyncSession, actor: Actor, link: Link, text: str) -> LinkNote:
    """Write down something about a link that the other side never reads."""
    note = LinkNote(
        link_id=link.id,
        organisation_id=link.supplier_organisation_id,
        text=text,
        author_user_id=actor.user_id,
        author_name=actor.display_name,
    )
    session.add(note)
    return note


async def write_note(
    session: AsyncSession, actor: Actor, link_id: UUID, body: LinkNoteBody
) -> Link:
    """Note something about a buyer.

    Raises:
        NotFoundError: the actor is a stranger to the link.
        ForbiddenError: the actor is on the buyer's side.
    """
    link = await visible_link(session, link_id)
    side = party_of(link, actor.organisation_id)
    if side != SUPPLIER:
        raise ForbiddenError("Only the supplier may do this.", side=side)
    add_note(session, actor, link, body.text)
    await session.flush()
    return link
