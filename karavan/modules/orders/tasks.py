"""The clock, for orders: what falls due happens by the same actions that people take."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.modules.orders.actions.end import agree_cancel, cancel, complete
from karavan.modules.orders.actions.run_standing import run_due
from karavan.modules.orders.models import Order
from karavan.modules.orders.states import OrderState

_BATCH = 100


@scheduled("*/5 * * * *", name="orders.fall_due")
async def let_orders_fall_due(context: JobContext) -> None:
    """Complete what was delivered 14 days ago, grant wishes to cancel that nobody has answered for a day, and cancel what
    no seller has answered or shipped; every five minutes, a batch to a transaction.
    """
    while True:
        async with context.database.transaction(SYSTEM) as session:
            now = await database_now(session)
            due = await session.scalars(
                select(Order)
                .where(Order.due_at <= now)
                .order_by(Order.due_at, Order.id)
                .limit(_BATCH)
                .with_for_update(key_share=True, skip_locked=True)
            )
            orders = due.all()
            for order in orders:
                await _fall_due(session, order)
        if len(orders) < _BATCH:
            return


async def _fall_due(session: AsyncSession, order: Order) -> None:
    if order.state == OrderState.DELIVERED and order.complaints_open == 0:
        await complete(session, None, order.id)
    elif order.state in (OrderState.PENDING, OrderState.CONFIRMED) and order.invoice_id is None:
        await cancel(session, None, order.id)
    elif (
        order.state == OrderState.PROCESSING
        and order.cancel_asked_at is not None
        and order.invoice_id is None
    ):
        await agree_cancel(session, None, order.id)
    else:
        # An invoice or a complaint holds it open: people decide now.
        order.due_at = None
    await session.flush()


@scheduled("* * * * *", name="orders.run_standing")
async def run_standing_orders(context: JobContext) -> None:
    """Place the standing orders whose turn has come, every minute."""
    while await run_due(context.database):
        pass
