"""An order's rows. To strangers they are absent, by these queries and by the policies, so absence answers 404."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.decimals import plain
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.public import Demand
from karavan.modules.orders.models import Order, OrderLine, OrderMove
from karavan.modules.orders.pricing import Priced, sums_of
from karavan.modules.orders.schemas.orders import LineQuantity

_SIDES = caller_is(Order.organisation_id, Order.buyer_organisation_id)


async def locked_order(session: AsyncSession, order_id: UUID) -> Order:
    """An order of which the caller is a side, locked until the transaction ends.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Order).where(Order.id == order_id, _SIDES), lock=True)


async def visible_order(session: AsyncSession, order_id: UUID) -> Order:
    """The same, unlocked.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Order).where(Order.id == order_id, _SIDES))


async def lines_of(session: AsyncSession, order_id: UUID) -> Sequence[OrderLine]:
    """The lines in their order. Whoever changes them holds the order's row."""
    found = await session.scalars(
        select(OrderLine)
        .where(
            OrderLine.order_id == order_id,
            caller_is(OrderLine.organisation_id, OrderLine.buyer_organisation_id),
        )
        .order_by(OrderLine.position)
        .execution_options(populate_existing=True)
    )
    return found.all()


def new_move(
    order: Order,
    name: str,
    side: str,
    actor: Actor | None,
    *,
    reason: str | None = None,
    facts: dict[str, Any] | None = None,
) -> OrderMove:
    """What has happened, for both sides to read; `order.state` is the state reached."""
    return OrderMove(**move_values(order, name, side, actor), reason=reason, facts=facts or {})


def move_values(order: Order, name: str, side: str, actor: Actor | None) -> dict[str, Any]:
    """Values of a move without particulars."""
    return {
        "order_id": order.id,
        "organisation_id": order.organisation_id,
        "buyer_organisation_id": order.buyer_organisation_id,
        "name": name,
        "state": str(order.state),
        "side": side,
        "actor_name": actor.display_name if actor else "",
    }


def add_up(order: Order, lines: Sequence[OrderLine]) -> None:
    """Set the order's amounts, and those of its lines, from what the seller will deliver."""
    sums = sums_of(
        [
            Priced(
                line.confirmed_quantity,
                line.unit_price_amount,
                line.list_price_amount,
                line.tax_rate,
            )
            for line in lines
        ],
        order.currency,
    )
    for line, net in zip(lines, sums.totals.line_nets, strict=True):
        line.net_amount = net.amount
    order.net_amount = sums.totals.tax_exclusive.amount
    order.tax_amount = sums.totals.tax.amount
    order.total_amount = sums.totals.tax_inclusive.amount
    order.discount_amount = sums.discount


def chosen(
    given: Sequence[LineQuantity], most: Mapping[UUID, Decimal], *, least: Decimal | None = None
) -> dict[UUID, Decimal]:
    """Quantities by line as somebody has written them.

    Args:
        most: the largest quantity of every line of the order.
        least: the smallest one; nothing says more than nought.

    Raises:
        ValidationError: naming each line that is unknown, named twice, or has too much or too little.
    """
    quantities: dict[UUID, Decimal] = {}
    errors = []
    for index, one in enumerate(given):
        field, code, detail = "line_id", "", ""
        if one.line_id not in most:
            code, detail = "unknown", "The order has no such line."
        elif one.line_id in quantities:
            code, detail = "duplicate", "This line is named twice."
        elif one.quantity > most[one.line_id]:
            field, code = "quantity", "too_much"
            detail = f"There are only {plain(most[one.line_id])} of it."
        elif (one.quantity <= 0) if least is None else (one.quantity < least):
            field, code, detail = "quantity", "too_little", "Write a larger quantity."
        if code:
            errors.append(FieldError(pointer=f"#/lines/{index}/{field}", code=code, detail=detail))
        quantities[one.line_id] = one.quantity
    if errors:
        raise ValidationError(errors=errors)
    return quantities


def demands(quantities: Sequence[tuple[OrderLine, Any]]) -> list[Demand]:
    """Quantities of lines as the stock functions take them, without those of nothing."""
    return [Demand(line.product_id, quantity) for line, quantity in quantities if quantity > 0]


def facts(order: Order, lines: Sequence[OrderLine], **further: Any) -> dict[str, Any]:
    """What handlers of an order's events are told. Quantities are those that the seller delivers, as text."""
    return {
        "kind": order.kind,
        "number": order.number,
        "buyer_name": order.buyer_organisation_name,
        "seller_name": order.organisation_name,
        "total": {"amount": order.total_amount, "currency": order.currency},
        "representative_user_id": (
            str(order.representative_user_id) if order.representative_user_id else None
        ),
        "lines": [
            {
                "line_id": str(line.id),
                "product_id": str(line.product_id),
                "parent_id": str(line.parent_id) if line.parent_id else None,
                "quantity": plain(line.confirmed_quantity),
            }
            for line in lines
        ],
        **further,
    }
