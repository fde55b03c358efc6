"""Events in, for prices: whatever changes what buyers get has it worked out again."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.modules.catalogue.models import CustomerGroupMember, PriceAssignment
from karavan.modules.catalogue.price_tasks import resolve_later
from karavan.modules.links.public import link_view, links_of_consumer
from karavan.modules.organisations.public import new_name


@handles(
    "price_list.created",
    "price_list.changed",
    "price_list.prices_changed",
    "price_list.removed",
    "customer_group.changed",
    "customer_group.removed",
)
async def resolve_after_change(session: AsyncSession, event: Event) -> None:
    """A supplier has changed prices, or who gets which."""
    await resolve_later(session, UUID(event.payload["parties"]["seller"]))


@handles("link.accepted", "link.terms_changed", "link.blocked", "link.unblocked", "link.left")
async def resolve_after_link(session: AsyncSession, event: Event) -> None:
    """A buyer may have other lists now, by the terms of their link."""
    link = await link_view(session, event.aggregate_id)
    if link is not None:
        await resolve_later(session, link.supplier_organisation_id)


@handles("organisation.updated")
async def follow_buyers_name(session: AsyncSession, event: Event) -> None:
    """Keep the names of buyers beside the lists and groups that they are in."""
    renamed = await new_name(session, event)
    if renamed is None:
        return
    organisation_id, name = renamed
    await session.execute(
        update(CustomerGroupMember)
        .where(CustomerGroupMember.member_organisation_id == organisation_id)
        .values(member_name=name)
    )
    await session.execute(
        update(PriceAssignment)
        .where(PriceAssignment.kind == "organisation", PriceAssignment.target_id == organisation_id)
        .values(target_name=name)
    )
    await session.execute(
        update(PriceAssignment)
        .where(
            PriceAssignment.kind == "link",
            PriceAssignment.target_id.in_(await links_of_consumer(session, organisation_id)),
        )
        .values(target_name=name)
    )
