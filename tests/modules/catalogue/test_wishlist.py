"""The wishlist: told once when a product becomes cheaper or is back, and never of what one may not buy."""

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.links import make_link, move
from tests.factories.prices import assign, cell, make_list, put
from tests.factories.procurement import kzt, ok, problem
from tests.factories.products import PRODUCTS, make_published, put_stock

WISHES = "/api/v1/wishlist"


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor")


@pytest.fixture
async def buyer(app):
    return await register(app)


async def set_price(supplier, product, amount: int):
    body = {"price": kzt(amount)}
    ok(await supplier.client.patch(f"{PRODUCTS}/{product['id']}", json=body))


async def wish(account, product):
    return await account.client.post(f"{WISHES}/items", json={"product_id": product["id"]})


async def told(owner, *, of: str = "wish") -> list[tuple[str, str]]:
    rows = await owner.fetch(
        "select n.kind, p.email from notifications_items n join identity_users p on p.id = n.user_id"
        " where n.kind like $1 order by n.sequence",
        f"{of}%",
    )
    return [(row["kind"], row["email"]) for row in rows]


async def test_it_is_kept_by_person_and_shows_what_is_offered(app, supplier, buyer, owner):
    product = await make_published(supplier, owner)
    path = f"{WISHES}/items/{product['id']}"
    assert ok(await wish(buyer, product), 201)["contained"] is True
    ok(await wish(buyer, product), 201)
    found = ok(await buyer.client.get(WISHES))
    assert [(one["product"]["id"], one["price_then"]) for one in found["items"]] == [
        (product["id"], kzt(150_000))
    ]
    assert found["items"][0]["product"]["your_tiers"][0]["price"] == kzt(150_000)
    colleague, sales = await add_member(buyer, "buyer"), await add_member(buyer, "sales")
    ok(await wish(colleague, product), 201)
    assert ok(await buyer.client.get(WISHES))["total"] == 1
    ok(await buyer.client.delete(path), 204)
    ok(await buyer.client.delete(path), 204)
    assert ok(await buyer.client.get(path))["contained"] is False
    assert ok(await colleague.client.get(path))["contained"] is True
    problem(await sales.client.get(WISHES), 403, "forbidden")
    secret = await make_published(supplier, owner, sku="SECRET", visibility="linked")
    problem(await wish(buyer, secret), 404, "not_found")


async def test_a_drop_is_told_once_and_a_rise_never(app, supplier, buyer, owner, drain):
    product = await make_published(supplier, owner, names={"en": "Cup", "ru": "Чашка"})
    ok(await wish(buyer, product), 201)
    await set_price(supplier, product, 140_000)
    await drain()
    await set_price(supplier, product, 145_000)
    await drain()
    assert await told(owner) == [("wish.price_dropped", buyer.email)]
    # The list of somebody else is no news.
    rival = await register(app)
    link = await make_link(rival, supplier)
    made = await make_list(supplier, "VIP", cell(product, 100_000))
    ok(await assign(supplier, made, "link", link["id"]), 201)
    await drain()
    assert len(await told(owner)) == 1
    # One's own is.
    mine = await make_list(supplier, "Cafes", cell(product, 144_000))
    ok(await assign(supplier, mine, "link", (await make_link(buyer, supplier))["id"]), 201)
    ok(await put(supplier, mine, cell(product, 143_000)))
    await drain()
    assert await told(owner) == [("wish.price_dropped", buyer.email)] * 2
    feed = ok(await buyer.client.get("/api/v1/notifications"))["items"]
    newest = next(one for one in feed if one["kind"] == "wish.price_dropped")
    assert "1,430" in newest["body"] or "1 430" in newest["body"].replace("\u00a0", " ")
    assert "“Cup”" in newest["title"]
    # Nobody of one's own has done it, least of all oneself.
    assert newest["actor_name"] is None
    ok(await buyer.client.patch("/api/v1/users/profile", json={"locale": "ru"}))
    feed = ok(await buyer.client.get("/api/v1/notifications"))["items"]
    assert "«Чашка»: цена снизилась" in [one["title"] for one in feed]


async def test_back_in_stock_is_told_to_who_may_buy(app, supplier, buyer, owner, drain):
    blocked = await register(app)
    links = [await make_link(one, supplier) for one in (buyer, blocked)]
    product = await make_published(supplier, owner, visibility="linked")
    for one in (buyer, blocked):
        ok(await wish(one, product), 201)
    await move(supplier, links[1], "block")
    assert ok(await blocked.client.get(WISHES))["total"] == 0
    await put_stock(supplier, product["id"], "5")
    await put_stock(supplier, product["id"], "5")
    await drain()
    assert await told(owner) == [("wish.back_in_stock", buyer.email)]
    await set_price(supplier, product, 1)
    await drain()
    assert await told(owner) == [
        ("wish.back_in_stock", buyer.email), ("wish.price_dropped", buyer.email),
    ]  # fmt: skip
