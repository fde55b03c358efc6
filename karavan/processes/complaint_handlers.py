"""Orders hear of complaints: one that is open holds its order open."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.modules.orders.public import hold_open, locked_order
from karavan.modules.support.public import running_complaints


@handles("complaint.resolved", "complaint.withdrawn", "complaint.appealed", "order.delivered")
async def count_complaints(session: AsyncSession, event: Event) -> None:
    """Count the order's complaints anew behind its lock, so that a repetition changes nothing. An order that is delivered
    while one is open waits as well.
    """
    of_order = event.type.startswith("order.")
    order_id = event.aggregate_id if of_order else UUID(event.payload["data"]["order_id"])
    order = await locked_order(session, order_id)
    await hold_open(session, order, await running_complaints(session, order.id))
