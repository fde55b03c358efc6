"""Servers killed with SIGKILL while orders are placed: what was acknowledged is there, once and whole."""

import asyncio
import random

import asyncpg

from karavan.settings import Settings
from tests.factories.orders import Trade, stock_of
from tests.journeys.test_killed_servers import insist, served, sign_in

PLACED = 20


async def test_every_acknowledged_order_is_there(
    settings: Settings, owner: asyncpg.Connection, trade: Trade
) -> None:
    chance = random.Random(20261122)
    async with served(settings) as server:
        token = await sign_in(server, trade.buyer)
        sending = [
            asyncio.create_task(
                insist(server, token, "/orders", trade.body("2", "1"), f"order-{number}")
            )
            for number in range(PLACED)
        ]
        for _ in range(2):
            await asyncio.sleep(chance.uniform(0.05, 0.3))
            await server.kill()
            await server.start()
        orders = await asyncio.gather(*sending)
    stored = {row["id"] for row in await owner.fetch("select id::text from orders_orders")}
    assert stored == {order["id"] for order in orders}
    assert len(stored) == PLACED
    numbers = [row["number"] for row in await owner.fetch("select number from orders_orders")]
    assert sorted(int(number[-6:]) for number in numbers) == list(range(1, PLACED + 1))
    for table, count in (("orders_lines", 2), ("orders_moves", 1)):
        assert await owner.fetchval(f"select count(*) from {table}") == PLACED * count
    assert await stock_of(owner, trade.products[0]) == ("100", "40", "60")
    assert await stock_of(owner, trade.products[1]) == ("100", "20", "80")
    events = "select count(*) from kit_outbox_events where type = 'order.placed'"
    assert await owner.fetchval(events) == PLACED
