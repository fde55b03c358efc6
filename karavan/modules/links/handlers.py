"""Events in: an organisation that is renamed is renamed in its links."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.modules.links.models import Link, LinkInvitation
from karavan.modules.organisations.public import keep_name


@handles("organisation.updated")
async def follow_name(session: AsyncSession, event: Event) -> None:
    """Keep the names that links show, so that a list needs no join and can be searched."""
    await keep_name(
        session,
        event,
        (Link.consumer_organisation_id, Link.consumer_organisation_name),
        (Link.supplier_organisation_id, Link.supplier_organisation_name),
        (LinkInvitation.organisation_id, LinkInvitation.organisation_name),
    )
