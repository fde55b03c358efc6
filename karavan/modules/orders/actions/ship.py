"""Goods leave, in whole or in parts, and arrive."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.decimals import plain
from karavan.kit.errors import invalid
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.catalogue.public import release, ship_allocated
from karavan.modules.orders.actions.rows import (
    add_up,
    chosen,
    demands,
    facts,
    lines_of,
    locked_order,
    new_move,
)
from karavan.modules.orders.errors import AlreadyInvoicedError
from karavan.modules.orders.lifecycle import ORDER, SELLER
from karavan.modules.orders.models import Order, OrderLine, Shipment
from karavan.modules.orders.schemas.orders import ShipBody
from karavan.modules.orders.states import OrderState

COMPLETED_AFTER = timedelta(days=14)
"""A delivered order that nobody complains about is completed by the clock."""


async def ship(session: AsyncSession, actor: Actor, order_id: UUID, body: ShipBody) -> Order:
    """Send all that is left, or a part of it: the rest stays in processing, unless it is said never to come.

    Without lines everything leaves that has not left yet.
    """
    order = await locked_order(session, order_id)
    now = await database_now(session)
    move = ORDER.check(order, "ship", actor, now, body)
    lines = await lines_of(session, order.id)
    left = {line.id: line.confirmed_quantity - line.shipped_quantity for line in lines}
    # An empty list is what somebody gets who writes nought everywhere: then nothing may leave.
    quantities = left if body.lines is None else chosen(body.lines, left)
    going = [(line, quantities.get(line.id, Decimal(0))) for line in lines]
    going = [(line, quantity) for line, quantity in going if quantity > 0]
    if not going:
        raise invalid("#/lines", "nothing", "Nothing is left to be shipped.")
    await ship_allocated(session, order.id, demands(going), actor=actor)
    for line, quantity in going:
        line.shipped_quantity += quantity
    if body.cancel_rest:
        await drop_rest(session, actor, order, lines)
    is_last = all(line.shipped_quantity == line.confirmed_quantity for line in lines)
    shipment = await _shipment(session, actor, order, going, body)
    if is_last:
        order.shipped_at = now
    told = {
        "carrier": shipment.carrier,
        "tracking_number": shipment.tracking_number,
        "shipment": shipment.position,
        "partly": not is_last,
    }
    ORDER.apply(
        session,
        move,
        target=OrderState.SHIPPED if is_last else OrderState.PROCESSING,
        event=None if is_last else "part_shipped",
        after={"tracking_number": shipment.tracking_number, "shipment": shipment.position},
        data=facts(order, lines, **told),
    )
    session.add(
        new_move(
            order,
            "ship" if is_last else "ship-part",
            SELLER,
            actor,
            reason=move.reason,
            facts={key: value for key, value in told.items() if value not in ("", False)},
        )
    )
    return order


async def deliver(
    session: AsyncSession, actor: Actor, order_id: UUID, body: TransitionBody
) -> Order:
    """Note that the goods have arrived. The buyer has 14 days to complain; then the order completes itself."""
    order = await locked_order(session, order_id)
    now = await database_now(session)
    move = ORDER.check(order, "deliver", actor, now, body)
    order.delivered_at = now
    order.due_at = now + COMPLETED_AFTER
    ORDER.apply(session, move, data=facts(order, await lines_of(session, order.id)))
    session.add(new_move(order, "deliver", SELLER, actor, reason=move.reason))
    return order


async def drop_rest(
    session: AsyncSession, actor: Actor | None, order: Order, lines: Sequence[OrderLine]
) -> None:
    """Give up what has not left: stock and credit are free of it, and the order comes to what was shipped.

    Raises:
        AlreadyInvoicedError: an invoice says another sum.
    """
    rest = [(line, line.confirmed_quantity - line.shipped_quantity) for line in lines]
    if not any(quantity > 0 for _, quantity in rest):
        return
    if order.invoice_id is not None:
        raise AlreadyInvoicedError(invoice_id=str(order.invoice_id), number=order.invoice_number)
    for line, quantity in rest:
        line.confirmed_quantity -= quantity
    add_up(order, lines)
    order.reserved_amount = order.total_amount
    await release(session, order.id, demands(rest), reason=order.number, actor=actor)


async def _shipment(
    session: AsyncSession,
    actor: Actor,
    order: Order,
    going: Sequence[tuple[OrderLine, Decimal]],
    body: ShipBody,
) -> Shipment:
    earlier = await session.scalar(
        select(func.count()).select_from(Shipment).where(Shipment.order_id == order.id)
    )
    shipment = Shipment(
        order_id=order.id,
        organisation_id=order.organisation_id,
        buyer_organisation_id=order.buyer_organisation_id,
        position=(earlier or 0) + 1,
        carrier=body.carrier,
        tracking_number=body.tracking_number,
        note=body.note,
        lines=[{"line_id": str(line.id), "quantity": plain(quantity)} for line, quantity in going],
        created_by_name=actor.display_name,
    )
    session.add(shipment)
    await session.flush()
    return shipment
