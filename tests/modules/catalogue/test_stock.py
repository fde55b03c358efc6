"""Stock: exact under everybody's hands at once, and every movement a row with its reason."""

import asyncio
import random
from decimal import Decimal
from uuid import UUID

import pytest

from karavan.kit.db import Database
from karavan.kit.ids import new_id
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.errors import NotAllocatedError, OutOfStockError
from karavan.modules.catalogue.public import Demand, allocate, release, ship_allocated
from tests.conftest import app_url
from tests.factories.accounts import add_member, register
from tests.factories.procurement import ok, pointers, problem
from tests.factories.products import PRODUCTS, make_product, put_stock

BUYERS, PIECES = 200, 50


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor")


@pytest.fixture
async def pool(owner_url):
    """Connections enough for a crowd."""
    database = Database(app_url(owner_url), pool_size=16)
    yield database
    await database.close()


async def levels(owner, product_id: str):
    rows = await owner.fetch(
        "select on_hand, allocated from catalogue_stock_levels where product_id = $1"
        " order by location_id",
        UUID(product_id),
    )
    return [(row["on_hand"], row["allocated"]) for row in rows]


async def available(owner, product_id: str) -> Decimal:
    return await owner.fetchval(
        "select available from catalogue_products where id = $1", UUID(product_id)
    )


async def take(pool: Database, demands: list[Demand], order_id: UUID | None = None) -> bool:
    """An order of these demands; whether it got all of them."""
    try:
        async with pool.transaction(SYSTEM) as session:
            await allocate(session, demands, order_id or new_id())
    except OutOfStockError:
        return False
    return True


async def test_two_hundred_buyers_get_fifty_pieces(supplier, owner, pool):
    product = await make_product(supplier)
    await put_stock(supplier, product["id"], str(PIECES))
    one = [Demand(UUID(product["id"]), Decimal(1))]
    got = await asyncio.gather(*(take(pool, one) for _ in range(BUYERS)))
    assert sum(got) == PIECES
    assert await levels(owner, product["id"]) == [(PIECES, PIECES)]
    assert await available(owner, product["id"]) == 0
    counted = await owner.fetchrow(
        "select count(*), sum(quantity) from catalogue_stock_movements where kind = 'allocated'"
    )
    assert tuple(counted) == (PIECES, PIECES)
    # Orders come and go by the second: only that it sold out is an event.
    told = await owner.fetch(
        "select payload from kit_outbox_events where type = 'product.stock_changed' order by sequence"
    )
    assert len(told) == 2
    assert '"after": "0.000"' in told[1]["payload"]


async def test_demands_of_one_product_are_added_up_before_they_are_met(supplier, owner, pool):
    product = await make_product(supplier)
    await put_stock(supplier, product["id"], "5")
    three = Demand(UUID(product["id"]), Decimal(3))
    async with pool.transaction(SYSTEM) as session:
        with pytest.raises(OutOfStockError) as refused:
            await allocate(session, [three, three], new_id())
    assert refused.value.meta == {
        "products": [{"product_id": product["id"], "asked": "6", "available": "5"}]
    }
    assert await levels(owner, product["id"]) == [(5, 0)]


async def test_all_or_nothing_and_every_short_product_is_named(supplier, owner, pool):
    plenty = await make_product(supplier, sku="A")
    few = await make_product(supplier, sku="B")
    none = await make_product(supplier, sku="C")
    await put_stock(supplier, plenty["id"], "100")
    await put_stock(supplier, few["id"], "1.5")
    demands = [Demand(UUID(one["id"]), Decimal(2)) for one in (plenty, few, none)]
    async with pool.transaction(SYSTEM) as session:
        with pytest.raises(OutOfStockError) as refused:
            await allocate(session, demands, new_id())
    short = {row["product_id"]: row["available"] for row in refused.value.meta["products"]}
    assert short == {few["id"]: "1.5", none["id"]: "0"}
    assert await levels(owner, plenty["id"]) == [(100, 0)]


async def test_opposite_orders_wait_for_nobody_in_a_circle(supplier, owner, pool):
    """Families too: variants share the row of their head, whose stock is the sum of theirs."""
    head = await make_product(supplier, sku="SHIRT")
    axes = [{"name": "size", "values": ["S", "M", "L", "XL"]}]
    path = f"{PRODUCTS}/{head['id']}/variants/generate"
    family = ok(await supplier.client.post(path, json={"axes": axes}))
    other = await make_product(supplier, sku="MUG")
    ids = [one["id"] for one in family["variants"]] + [other["id"]]
    for product_id in ids:
        await put_stock(supplier, product_id, "1000")

    async def order(seed: int) -> bool:
        chosen = random.Random(seed).sample(ids, k=3)
        return await take(pool, [Demand(UUID(one), Decimal("0.5")) for one in chosen])

    async def count(seed: int) -> None:
        """The supplier counts and edits meanwhile."""
        product_id = ids[seed % len(ids)]
        await put_stock(supplier, product_id, "1")
        ok(await supplier.client.patch(f"{PRODUCTS}/{head['id']}", json={"tax_rate": str(seed)}))

    done = await asyncio.gather(
        *(order(seed) for seed in range(60)), *(count(seed) for seed in range(10))
    )
    assert [one for one in done if one is not None] == [True] * 60
    sums = [await available(owner, one) for one in ids]
    assert sum(sums) == 5 * 1000 + 10 - 60 * 3 * Decimal("0.5")
    assert await available(owner, head["id"]) == sum(sums[:4])


async def test_places_are_emptied_in_their_order_and_orders_give_back_or_ship(
    supplier, owner, pool
):
    post = supplier.client.post
    near = ok(await post("/api/v1/stock-locations", json={"name": "Near", "position": 1}), 201)
    far = ok(await post("/api/v1/stock-locations", json={"name": "Far", "position": 2}), 201)
    product = await make_product(supplier)
    await put_stock(supplier, product["id"], "2", location_id=far["id"])
    stock = await put_stock(supplier, product["id"], "3.25", location_id=near["id"])
    assert [one["location"]["name"] for one in stock["levels"]] == ["Near", "Far"]
    assert (stock["on_hand"], stock["available"]) == ("5.25", "5.25")
    order_id, product_id = new_id(), UUID(product["id"])
    async with pool.transaction(SYSTEM) as session:
        taken = await allocate(session, [Demand(product_id, Decimal(4))], order_id)
    assert [(str(one.location_id), one.quantity) for one in taken] == [
        (near["id"], Decimal("3.25")),
        (far["id"], Decimal("0.75")),
    ]
    assert (await owner.fetchval("select ordered_at from catalogue_products")) is not None
    async with pool.transaction(SYSTEM) as session:
        await ship_allocated(session, order_id, [Demand(product_id, Decimal("3.5"))])
    async with pool.transaction(SYSTEM) as session:
        with pytest.raises(NotAllocatedError):
            await release(session, order_id, [Demand(product_id, Decimal("0.501"))])
    async with pool.transaction(SYSTEM) as session:
        await release(session, order_id, reason="cancelled")
        # A second time there is nothing left to give back.
        assert await release(session, order_id) == []
    stock = ok(await supplier.client.get(f"{PRODUCTS}/{product['id']}/stock"))
    assert (stock["on_hand"], stock["allocated"], stock["available"]) == ("1.75", "0", "1.75")
    assert await available(owner, product["id"]) == Decimal("1.75")
    path = f"{PRODUCTS}/{product['id']}/stock/movements"
    first = ok(await supplier.client.get(path, params={"size": 4}))
    rest = ok(await supplier.client.get(path, params={"size": 4, "cursor": first["next"]}))
    seen = [(one["kind"], one["quantity"], one["location_name"]) for one in first["items"]]
    assert seen[0] == ("released", "-0.5", "Far")
    assert sorted(seen[1:3]) == [("shipped", "-0.25", "Far"), ("shipped", "-3.25", "Near")]
    kinds = [one["kind"] for one in first["items"] + rest["items"]]
    assert kinds == ["released", "shipped", "shipped", "allocated", "allocated"] + ["received"] * 2
    assert rest["next"] is None
    assert first["items"][0]["reason"] == "cancelled"


async def test_a_count_needs_its_reason_and_never_takes_what_is_promised(supplier, owner, pool):
    product = await make_product(supplier)
    path = f"{PRODUCTS}/{product['id']}/stock"
    level = (await put_stock(supplier, product["id"], "10"))["levels"][0]
    async with pool.transaction(SYSTEM) as session:
        await allocate(session, [Demand(UUID(product["id"]), Decimal(4))], new_id())
    count = {"kind": "adjust", "quantity": "7", "reason": "Broken in the store"}
    post = supplier.client.post
    assert pointers(await post(path, json={**count, "reason": " "})) == [("#/reason", "required")]
    problem(await post(path, json={**count, "version": level["version"]}), 409, "conflict")
    refused = problem(
        await post(path, json={**count, "quantity": "3.999"}), 409, "catalogue.stock_promised"
    )
    assert refused["meta"]["levels"][0]["allocated"] == "4.000"
    assert pointers(await post(path, json={**count, "quantity": "7.0001"}))[0][0] == "#/quantity"
    assert pointers(await post(path, json={"kind": "receive", "quantity": "0"})) == [
        ("#/quantity", "zero")
    ]
    assert await levels(owner, product["id"]) == [(10, 4)]
    stock = ok(await post(path, json=count))
    assert (stock["on_hand"], stock["allocated"], stock["available"]) == ("7", "4", "3")
    moved = ok(await supplier.client.get(f"{path}/movements"))["items"][0]
    assert (moved["kind"], moved["quantity"], moved["reason"], moved["actor_name"]) == (
        "adjusted", "-3", "Broken in the store", "Aigerim Nurlanova",
    )  # fmt: skip


async def test_who_may_touch_stock(app, supplier, owner):
    product = await make_product(supplier)
    stranger = await register(app, role="vendor")
    sales, buyer = await add_member(supplier, "sales"), await add_member(supplier, "buyer")
    path = f"{PRODUCTS}/{product['id']}/stock"
    body = {"kind": "receive", "quantity": "1"}
    problem(await stranger.client.post(path, json=body), 404, "not_found")
    problem(await stranger.client.get(path), 404, "not_found")
    problem(await stranger.client.get(f"{path}/movements"), 404, "not_found")
    problem(await buyer.client.post(path, json=body), 403, "forbidden")
    assert await owner.fetchval("select count(*) from catalogue_stock_movements") == 0
    stock = ok(await sales.client.post(path, json=body))
    place = stock["levels"][0]["location"]
    foreign = {**body, "location_id": place["id"]}
    theirs = await make_product(stranger)
    problem(
        await stranger.client.post(f"{PRODUCTS}/{theirs['id']}/stock", json=foreign),
        404,
        "not_found",
    )
    address = f"/api/v1/stock-locations/{place['id']}"
    problem(await stranger.client.patch(address, json={"name": "Mine"}), 404, "not_found")
    problem(await supplier.client.delete(address), 409, "catalogue.location_in_use")
    ok(await supplier.client.patch(address, json={"name": "Cellar", "version": 1}))
    problem(
        await supplier.client.patch(address, json={"name": "Attic", "version": 1}), 409, "conflict"
    )
    taken = await supplier.client.post("/api/v1/stock-locations", json={"name": "Cellar"})
    problem(taken, 409, "catalogue.location_name_taken")
    empty = ok(await supplier.client.post("/api/v1/stock-locations", json={"name": "Empty"}), 201)
    ok(await supplier.client.delete(f"/api/v1/stock-locations/{empty['id']}"), 204)
    names = [one["name"] for one in ok(await buyer.client.get("/api/v1/stock-locations"))]
    assert names == ["Cellar"]
