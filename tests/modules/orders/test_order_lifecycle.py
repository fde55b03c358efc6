"""Every state × transition × role of an order, on both sides."""

from enum import StrEnum
from uuid import UUID, uuid4

from karavan.modules.orders.lifecycle import ORDER
from tests.factories.clones import clone
from tests.factories.matrix import people_of_both_sides
from tests.factories.orders import place
from tests.kit.lifecycle_matrix import Subject, try_everything


async def test_every_state_transition_and_role(trade, owner):
    placed = await place(trade, "1")
    people = await people_of_both_sides({"seller": trade.seller, "buyer": trade.buyer})
    template = UUID(placed["id"])

    async def fresh(state: StrEnum) -> UUID:
        order_id = uuid4()
        await clone(
            owner, "orders_orders", "id", template, id=order_id, number=f"ORD-{order_id}", version=5
        )
        await clone(owner, "orders_lines", "order_id", template, order_id=order_id)
        return order_id

    tried = await try_everything(
        Subject(
            lifecycle=ORDER,
            path="/api/v1/orders/{id}",
            table="orders_orders",
            people=people,
            fresh=fresh,
            # A copy has nothing allocated that could leave, and no wish to cancel that could be answered.
            fallible=frozenset({"ship", "agree-cancel", "refuse-cancel"}),
        ),
        owner,
    )
    assert tried == 9 * 10 * 15
