"""Events in: an organisation that is renamed is renamed in its links."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.modules.links.models import Link, LinkInvitation
from karavan.modules.organisations.public import organisation_card


@handles("organisation.updated")
async def follow_name(session: AsyncSession, event: Event) -> None:
    """Keep the names that links show, so that a list needs no join and can be searched."""
    if "name" not in event.payload["changed"]:
        return
    organisation_id = UUID(event.payload["organisation_id"])
    card = await organisation_card(session, organisation_id)
    if card is None:
        return
    await session.execute(
        update(Link)
        .where(Link.consumer_organisation_id == organisation_id)
        .values(consumer_organisation_name=card.name, updated_at=Link.updated_at)
    )
    await session.execute(
        update(Link)
        .where(Link.supplier_organisation_id == organisation_id)
        .values(supplier_organisation_name=card.name, updated_at=Link.updated_at)
    )
    await session.execute(
        update(LinkInvitation)
        .where(LinkInvitation.organisation_id == organisation_id)
        .values(organisation_name=card.name)
    )
