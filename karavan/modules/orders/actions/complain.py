"""Complaints hold an order open: the clock does not complete it before they are settled."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.modules.orders.actions.ship import COMPLETED_AFTER
from karavan.modules.orders.models import Order
from karavan.modules.orders.states import OrderState


async def hold_open(session: AsyncSession, order: Order, complaints_open: int) -> None:
    """Say how many complaints about an order are not settled. With the last of them the clock runs again, and what is past
    due by then is completed at its next turn.

    Args:
        order: locked; the transaction must be the system's, or act as it.
    """
    order.complaints_open = complaints_open
    if order.state == OrderState.DELIVERED and order.delivered_at is not None:
        due_at = max(await database_now(session), order.delivered_at + COMPLETED_AFTER)
        order.due_at = None if complaints_open else due_at
