"""Orders under concurrency: nothing is sold twice, no credit is given twice, and of two people who act at once one wins."""

import asyncio
from collections import Counter

from tests.factories.accounts import register, sign_in
from tests.factories.links import make_link
from tests.factories.orders import (
    OPEN_TERMS,
    ORDERS,
    Trade,
    make_trade,
    move,
    place,
    read,
    stock_of,
)
from tests.factories.procurement import kzt, ok

ROUNDS = 4
BUYERS = 8
ORDERS_OF_EACH = 25


async def test_two_hundred_orders_for_fifty_pieces(app, owner):
    trade = await make_trade(app, owner, stock="50")
    buyers = [trade.buyer]
    for _ in range(BUYERS - 1):
        buyer = await register(app, role="buyer")
        await make_link(buyer, trade.seller, **OPEN_TERMS)
        buyers.append(buyer)

    async def order(index: int) -> int:
        # Bundles of both products, named in opposite orders.
        coffee, tea = trade.lines("1", "1")
        lines = [coffee, tea] if index % 2 else [tea, coffee]
        answer = await buyers[index % BUYERS].client.post(
            ORDERS, json={**trade.body(), "lines": lines}
        )
        assert answer.status_code in {201, 409}, answer.text
        if answer.status_code == 409:
            assert answer.json()["code"] == "order.out_of_stock"
        return answer.status_code

    counted = Counter(await asyncio.gather(*(order(i) for i in range(BUYERS * ORDERS_OF_EACH))))
    assert counted == {201: 50, 409: 150}
    for product in trade.products:
        assert await stock_of(owner, product) == ("50", "50", "0")
    numbers = [row["number"] for row in await owner.fetch("select number from orders_orders")]
    assert sorted(int(number[-6:]) for number in numbers) == list(range(1, 51))
    assert await owner.fetchval("select count(*) from orders_lines") == 100


async def test_credit_is_given_once(app, owner):
    trade = await make_trade(app, owner, credit_limit=kzt(250_000))
    for _ in range(ROUNDS):
        # Each would fit alone; both together would not.
        answers = await asyncio.gather(
            *(trade.buyer.client.post(ORDERS, json=trade.body("2")) for _ in range(3))
        )
        assert sorted(one.status_code for one in answers) == [201, 409, 409]
        codes = {one.json()["code"] for one in answers if one.status_code == 409}
        assert codes == {"order.credit_limit"}
        (placed,) = [one.json() for one in answers if one.status_code == 201]
        await move(trade.buyer, placed, "cancel")
    assert await stock_of(owner, trade.products[0]) == ("100", "0", "100")


async def test_a_confirmation_and_a_cancellation_at_once(trade, owner):
    for _ in range(ROUNDS):
        order = await place(trade, "10")
        path = f"{ORDERS}/{order['id']}"
        version = order["version"]
        confirmed, cancelled = await asyncio.gather(
            trade.seller.client.post(f"{path}/confirm", json={"version": version}),
            trade.buyer.client.post(f"{path}/cancel", json={"version": version}),
        )
        assert sorted((confirmed.status_code, cancelled.status_code)) == [200, 409]
        state = (await read(trade.buyer, order))["state"]
        assert state == ("confirmed" if confirmed.status_code == 200 else "cancelled")
        if state == "confirmed":
            await move(trade.buyer, order, "cancel")
    assert await stock_of(owner, trade.products[0]) == ("100", "0", "100")
    assert await owner.fetchval("select sum(reserved_amount) from orders_orders") == 0


async def test_a_cart_is_ordered_once(trade: Trade, owner):
    colleague = await sign_in(trade.buyer)
    for turn in range(1, ROUNDS + 1):
        ok(await trade.buyer.client.post("/api/v1/cart/items", json=trade.lines("1")[0]), 201)
        body = {"supplier_organisation_id": str(trade.seller.organisation_id)}
        answers = await asyncio.gather(
            *(one.client.post(ORDERS, json=body) for one in (trade.buyer, colleague))
        )
        assert sorted(one.status_code for one in answers) == [201, 409]
        assert await owner.fetchval("select count(*) from orders_orders") == turn


async def test_a_block_and_an_order_at_once(trade, owner):
    path = f"/api/v1/links/{trade.link['id']}"
    for _ in range(ROUNDS):
        blocked, ordered = await asyncio.gather(
            trade.seller.client.post(f"{path}/block", json={}),
            trade.buyer.client.post(ORDERS, json=trade.body("1")),
        )
        assert blocked.status_code == 200
        assert ordered.status_code in {201, 404}
        ok(await trade.seller.client.post(f"{path}/unblock", json={}))
    placed = await owner.fetchval("select count(*) from orders_orders")
    assert await stock_of(owner, trade.products[0]) == ("100", str(placed), str(100 - placed))
