"""Open a complaint: the order is one module's, the complaint another's."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.db import as_system
from karavan.kit.errors import ForbiddenError, invalid
from karavan.kit.money import Money
from karavan.modules.orders.public import (
    OrderLine,
    OrderState,
    hold_open,
    lines_of,
    locked_order,
)
from karavan.modules.support.public import (
    Complaint,
    NewComplaint,
    NotComplainableError,
    OpenComplaintBody,
    TooLateError,
    open_complaint,
    running_complaints,
)

_COMPLAINABLE = (OrderState.SHIPPED, OrderState.DELIVERED, OrderState.COMPLETED)
COMPLAINED_WITHIN = timedelta(days=90)
"""How long after its completion one may complain about an order."""


async def complain(session: AsyncSession, actor: Actor, body: OpenComplaintBody) -> Complaint:
    """Open a complaint about an order that has left, or about one of its lines, and hold the order open with it.

    Raises:
        NotFoundError: the actor's organisation knows no such order.
        ForbiddenError: the order was sold by it.
        NotComplainableError: nothing of it has left yet, or it never will.
        TooLateError: it was completed more than 90 days ago.
        AlreadyOpenError: there is a complaint about the same thing.
        ValidationError: the order has no such line, or a file is not the actor's.
    """
    order = await locked_order(session, body.order_id)
    if order.buyer_organisation_id != actor.organisation_id:
        raise ForbiddenError("Only the buyer may do this.", side="seller")
    if order.state not in _COMPLAINABLE:
        raise NotComplainableError(state=order.state)
    if order.state == OrderState.COMPLETED and order.ended_at is not None:
        until = order.ended_at + COMPLAINED_WITHIN
        if await database_now(session) > until:
            raise TooLateError(until=rfc3339(until))
    line = _line(await lines_of(session, order.id), body.line_id)
    complaint = await open_complaint(
        session,
        actor,
        NewComplaint(
            order_id=order.id,
            order_number=order.number,
            seller_id=order.organisation_id,
            seller_name=order.organisation_name,
            buyer_name=order.buyer_organisation_name,
            cost=Money(line.net_amount if line else order.net_amount, order.currency),
            order_amount=order.net_amount,
            representative_id=order.representative_user_id,
            line=(line.id, line.sku, line.name) if line else None,
            kind=body.kind,
            wanted=body.wanted,
            text=body.text,
            attachment_ids=body.attachment_ids,
        ),
    )
    # A buyer's own transaction may move an order only along its lifecycle.
    async with as_system(session):
        await hold_open(session, order, await running_complaints(session, order.id))
    return complaint


def _line(lines: Sequence[OrderLine], line_id: UUID | None) -> OrderLine | None:
    if line_id is None:
        return None
    for line in lines:
        if line.id == line_id:
            return line
    raise invalid("#/line_id", "unknown", "The order has no such line.")
