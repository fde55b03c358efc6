"""Ways in which an order ends: completed, cancelled at once, or cancelled because the seller agrees."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.db import as_system
from karavan.kit.errors import invalid
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.catalogue.public import release
from karavan.modules.orders.actions.rows import facts, lines_of, locked_order, new_move
from karavan.modules.orders.actions.ship import drop_rest
from karavan.modules.orders.lifecycle import BUYER, ORDER, SELLER
from karavan.modules.orders.models import Order
from karavan.modules.orders.states import OrderState

SILENCE_AGREES_AFTER = timedelta(hours=24)
SYSTEM = "system"


async def complete(
    session: AsyncSession, actor: Actor | None, order_id: UUID, body: TransitionBody | None = None
) -> Order:
    """Accept what was delivered. Without a word of the buyer it happens by itself after 14 days, unless a complaint is
    open.
    """
    order = await locked_order(session, order_id)
    now = await database_now(session)
    move = ORDER.check(order, "complete", actor, now, body)
    # Read first: a buyer may write the order only together with its new state.
    lines = await lines_of(session, order.id)
    order.ended_at = now
    order.due_at = None
    ORDER.apply(session, move, data=facts(order, lines))
    session.add(new_move(order, "complete", BUYER if actor else SYSTEM, actor, reason=move.reason))
    return order


async def cancel(
    session: AsyncSession, actor: Actor | None, order_id: UUID, body: TransitionBody | None = None
) -> Order:
    """Cancel an order that nobody has taken in hand yet: stock and credit are free again. The seller says why.

    Without an answer of the seller it happens by itself after 30 days, and after 60 when nothing is shipped.
    """
    order = await locked_order(session, order_id)
    now = await database_now(session)
    move = ORDER.check(order, "cancel", actor, now, body)
    side = move.situation.party
    if side == SELLER and move.reason is None:
        raise invalid("#/reason", "required", "Say why.")
    await _release_all(session, actor, order)
    lines = await lines_of(session, order.id)
    order.reserved_amount = 0
    order.ended_at = now
    order.due_at = None
    ORDER.apply(session, move, data=facts(order, lines, side=side))
    session.add(new_move(order, "cancel", side, actor, reason=move.reason))
    return order


async def request_cancel(
    session: AsyncSession, actor: Actor, order_id: UUID, body: TransitionBody
) -> Order:
    """Ask the seller to cancel what is in hand already. If nothing was shipped, a day's silence agrees."""
    order = await locked_order(session, order_id)
    now = await database_now(session)
    move = ORDER.check(order, "request-cancel", actor, now, body)
    lines = await lines_of(session, order.id)
    order.cancel_asked_at = now
    nothing_left_yet = not any(line.shipped_quantity for line in lines)
    order.due_at = now + SILENCE_AGREES_AFTER if nothing_left_yet else None
    until = rfc3339(order.due_at) if order.due_at else None
    ORDER.apply(session, move, data=facts(order, lines, until=until))
    session.add(
        new_move(
            order,
            "request-cancel",
            BUYER,
            actor,
            reason=move.reason,
            facts={"until": until} if until else None,
        )
    )
    return order


async def agree_cancel(
    session: AsyncSession, actor: Actor | None, order_id: UUID, body: TransitionBody | None = None
) -> Order:
    """Agree to the buyer's wish. What has left already is delivered all the same: then only the rest is cancelled."""
    order = await locked_order(session, order_id)
    now = await database_now(session)
    move = ORDER.check(order, "agree-cancel", actor, now, body)
    lines = await lines_of(session, order.id)
    some_left = any(line.shipped_quantity for line in lines)
    order.cancel_asked_at = None
    order.due_at = None
    if some_left:
        await drop_rest(session, actor, order, lines)
        order.shipped_at = now
    else:
        await _release_all(session, actor, order)
        order.reserved_amount = 0
        order.ended_at = now
    ORDER.apply(
        session,
        move,
        target=OrderState.SHIPPED if some_left else OrderState.CANCELLED,
        event="rest_cancelled" if some_left else None,
        data=facts(order, lines, side=BUYER, agreed=True),
    )
    side = SELLER if actor else SYSTEM
    session.add(new_move(order, "agree-cancel", side, actor, reason=move.reason))
    return order


async def refuse_cancel(
    session: AsyncSession, actor: Actor, order_id: UUID, body: TransitionBody
) -> Order:
    """Refuse the buyer's wish to cancel: the order goes on."""
    order = await locked_order(session, order_id)
    move = ORDER.check(order, "refuse-cancel", actor, await database_now(session), body)
    order.cancel_asked_at = None
    order.due_at = None
    ORDER.apply(session, move, data=facts(order, await lines_of(session, order.id)))
    session.add(new_move(order, "refuse-cancel", SELLER, actor, reason=move.reason))
    return order


async def _release_all(session: AsyncSession, actor: Actor | None, order: Order) -> None:
    if actor is None:
        # The clock's transaction is the system's already.
        await release(session, order.id, reason=order.number)
        return
    # The stock is the seller's, whichever side gives it back.
    async with as_system(session):
        await release(session, order.id, reason=order.number, actor=actor)
