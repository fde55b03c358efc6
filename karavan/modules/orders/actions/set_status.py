"""An order is moved by the name of the state that it shall reach, in either wording."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import InvalidTransitionError
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.orders.actions.answer import confirm, process, reject
from karavan.modules.orders.actions.end import agree_cancel, cancel, complete
from karavan.modules.orders.actions.rows import visible_order
from karavan.modules.orders.actions.ship import deliver, ship
from karavan.modules.orders.lifecycle import ORDER, SELLER, party_of
from karavan.modules.orders.models import Order
from karavan.modules.orders.schemas.orders import ConfirmBody, ShipBody, StatusBody
from karavan.modules.orders.states import OrderState

_ACTIONS: dict[OrderState, Callable[..., Awaitable[Order]]] = {
    OrderState.REJECTED: reject,
    OrderState.PROCESSING: process,
    OrderState.DELIVERED: deliver,
    OrderState.COMPLETED: complete,
    OrderState.CANCELLED: cancel,
}


async def set_status(
    session: AsyncSession, actor: Actor, order_id: UUID, body: StatusBody
) -> Order:
    """Take the transition that leads to the wanted state; every rule of that transition holds.

    Raises:
        InvalidTransitionError: none leads there, such as back to `pending`.
    """
    wanted = body.status.state
    common: dict[str, Any] = {"reason": body.reason, "version": body.version}
    if wanted is OrderState.CONFIRMED:
        return await confirm(session, actor, order_id, ConfirmBody(lines=body.lines, **common))
    if wanted is OrderState.SHIPPED:
        shipping = ShipBody(
            lines=body.lines,
            carrier=body.carrier,
            tracking_number=body.tracking_number,
            note=body.note,
            **common,
        )
        return await ship(session, actor, order_id, shipping)
    if wanted not in _ACTIONS:
        order = await visible_order(session, order_id)
        raise InvalidTransitionError(
            state=order.state,
            transition=wanted.value,
            allowed=[one.name for one in ORDER.transitions if order.state in one.sources],
        )
    if wanted is OrderState.CANCELLED:
        order = await visible_order(session, order_id)
        sells = party_of(order, actor.organisation_id) == SELLER
        if sells and order.state == OrderState.PROCESSING:
            # The seller answers the buyer's wish: without one it is refused there.
            return await agree_cancel(session, actor, order_id, TransitionBody(**common))
    return await _ACTIONS[wanted](session, actor, order_id, TransitionBody(**common))
