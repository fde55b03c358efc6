"""What the seller says to an order: confirm, in whole or in part, reject, and take in hand."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.decimals import plain
from karavan.kit.errors import invalid
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.catalogue.public import release
from karavan.modules.orders.actions.rows import (
    add_up,
    chosen,
    demands,
    facts,
    lines_of,
    locked_order,
    new_move,
)
from karavan.modules.orders.lifecycle import ORDER, SELLER
from karavan.modules.orders.models import Order, OrderLine
from karavan.modules.orders.schemas.orders import ConfirmBody, LineQuantity

SHIPPED_WITHIN = timedelta(days=60)
"""A confirmed order that nobody has taken in hand by then is cancelled by the clock."""


async def confirm(session: AsyncSession, actor: Actor, order_id: UUID, body: ConfirmBody) -> Order:
    """Confirm the order, in whole or with smaller quantities. What is not confirmed goes back to stock, and the buyer's
    credit is reserved for the rest alone.

    Lines that the body does not name are confirmed whole; a line of nought is not delivered.
    """
    order = await locked_order(session, order_id)
    now = await database_now(session)
    move = ORDER.check(order, "confirm", actor, now, body)
    lines = await lines_of(session, order.id)
    cut = _cut(lines, body.lines or ())
    before = order.total_amount
    if cut:
        for line, quantity in cut:
            line.confirmed_quantity -= quantity
        add_up(order, lines)
        order.reserved_amount = order.total_amount
        await release(session, order.id, demands(cut), reason=order.number, actor=actor)
    order.confirmed_at = now
    order.due_at = now + SHIPPED_WITHIN
    ORDER.apply(
        session,
        move,
        before={"total_amount": before} if cut else None,
        after={"total_amount": order.total_amount} if cut else None,
        data=facts(order, lines, partly=bool(cut)),
    )
    noted = {
        "cut": [
            {
                "sku": line.sku,
                "ordered": plain(line.quantity),
                "confirmed": plain(line.confirmed_quantity),
            }
            for line, _ in cut
        ]
    }
    session.add(
        new_move(order, "confirm", SELLER, actor, reason=move.reason, facts=noted if cut else None)
    )
    return order


async def reject(
    session: AsyncSession, actor: Actor, order_id: UUID, body: TransitionBody
) -> Order:
    """Reject the order. Stock and credit are free again, and the buyer is told why."""
    order = await locked_order(session, order_id)
    now = await database_now(session)
    move = ORDER.check(order, "reject", actor, now, body)
    await release(session, order.id, reason=order.number, actor=actor)
    order.reserved_amount = 0
    order.ended_at = now
    order.due_at = None
    lines = await lines_of(session, order.id)
    ORDER.apply(session, move, data=facts(order, lines))
    session.add(new_move(order, "reject", SELLER, actor, reason=move.reason))
    return order


async def process(
    session: AsyncSession, actor: Actor, order_id: UUID, body: TransitionBody
) -> Order:
    """Take a confirmed order in hand. From now on the buyer can only ask to cancel it."""
    order = await locked_order(session, order_id)
    move = ORDER.check(order, "process", actor, await database_now(session), body)
    order.due_at = None
    ORDER.apply(session, move, data=facts(order, await lines_of(session, order.id)))
    session.add(new_move(order, "process", SELLER, actor, reason=move.reason))
    return order


def _cut(
    lines: Sequence[OrderLine], given: Sequence[LineQuantity]
) -> list[tuple[OrderLine, Decimal]]:
    """By how much each line is lowered.

    Raises:
        ValidationError: a line is not of this order or named twice, more is confirmed than was ordered, or nothing at all.
    """
    quantities = chosen(given, {line.id: line.quantity for line in lines}, least=Decimal(0))
    cut = [(line, line.quantity - quantities.get(line.id, line.quantity)) for line in lines]
    if all(by == line.quantity for line, by in cut):
        raise invalid("#/lines", "nothing", "Nothing is left. Reject the order instead.")
    return [(line, by) for line, by in cut if by > 0]
