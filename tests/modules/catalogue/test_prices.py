"""Price lists: what a buyer pays, why, and what is refused."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from karavan.kit.db import read_rows
from karavan.kit.ids import new_id
from karavan.kit.scopes import Scope
from karavan.modules.catalogue.public import price_at, prices_for
from tests.factories.accounts import add_member, register, visitor
from tests.factories.links import make_link, move
from tests.factories.prices import (
    GROUPS,
    LISTS,
    assign,
    cell,
    make_list,
    price_of,
    put,
    reasons,
    tiers,
)
from tests.factories.procurement import kzt, ok, pointers, problem
from tests.factories.products import PRODUCTS, make_product, make_published


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Kofe Almaty")


@pytest.fixture
async def buyer(app):
    return await register(app, organisation_name="Cafe Astana")


@pytest.fixture
async def product(supplier, owner):
    """It costs 1,500.00 ₸ without any list."""
    return await make_published(supplier, owner)


async def test_a_buyer_pays_by_their_lists_and_reads_why(
    app, supplier, buyer, product, owner, drain
):
    link = await make_link(buyer, supplier)
    rival = await register(app, organisation_name="Rival")
    await make_link(rival, supplier)
    await make_list(supplier, "Volume", cell(product, 140_000, "10"), for_everybody=True)
    vip = await make_list(
        supplier, "VIP", cell(product, 145_000), cell(product, 120_000, "50"), priority=5
    )
    ok(await assign(supplier, vip, "link", link["id"]), 201)
    rivals = await make_list(supplier, "Rivals", cell(product, 100_000), priority=9, merges=False)
    ok(await assign(supplier, rivals, "organisation", rival.organisation_id), 201)

    expected = [(1, 145_000), (10, 140_000), (50, 120_000)]
    live = await price_of(buyer, product, quantity="12.5")
    assert (tiers(live), live["price"]) == (expected, kzt(140_000))
    assert await owner.fetchval("select count(*) from catalogue_price_chains") == 0
    await drain()
    assert await owner.fetchval("select count(*) from catalogue_price_chains") == 3
    worked_out = await price_of(buyer, product, quantity="12.5")
    assert worked_out == live
    # The names of lists that are others' are no buyer's business.
    assert reasons(live) == [
        ("VIP", "smaller_quantity"), ("Volume", "won"), (None, "outranked"),
    ]  # fmt: skip
    seen = await price_of(supplier, product, buyer=str(buyer.organisation_id), quantity="12.5")
    assert (seen["price"], tiers(seen)) == (live["price"], expected)
    assert reasons(seen)[-2:] == [("Rivals", "not_assigned"), (None, "outranked")]
    assert reasons(await price_of(buyer, product, quantity="0.5"))[0] == ("VIP", "won")
    assert tiers(await price_of(rival, product)) == [(1, 100_000)]
    assert reasons(await price_of(rival, product)) == [
        ("Rivals", "won"), ("Volume", "more_pieces"), (None, "outranked"),
    ]  # fmt: skip
    # Visitors, and the supplier who names nobody, read what everybody gets.
    for who in (visitor(app), supplier.client):
        view = ok(await who.get(f"{PRODUCTS}/{product['id']}/price"))
        assert tiers(view) == [(1, 150_000), (10, 140_000)]


async def test_nobody_asks_for_another_and_strangers_read_nothing(app, supplier, buyer, product):
    hidden = await make_product(supplier, sku="DRAFT")
    made = await make_list(supplier, "VIP", cell(product, 100), cell(hidden, 5))
    path = f"{PRODUCTS}/{product['id']}/price"
    other = {"buyer": str(supplier.organisation_id)}
    problem(await buyer.client.get(path, params=other), 404, "not_found")
    problem(await visitor(app).get(path, params=other), 404, "not_found")
    problem(await buyer.client.get(f"{PRODUCTS}/{hidden['id']}/price"), 404, "not_found")
    assert (
        pointers(await buyer.client.get(path, params={"quantity": "0"}))[0][0] == "#/query/quantity"
    )
    address = f"{LISTS}/{made['id']}"
    for method, tail, body in (
        ("GET", "", None), ("PATCH", "", {"priority": 1}), ("DELETE", "", None), ("GET", "/prices", None),
        ("PUT", "/prices", {"prices": [cell(product, 1)]}), ("POST", "/adjust", {"action": "remove"}),
        ("POST", "/assignments", {"kind": "everybody"}),
        ("DELETE", f"/assignments/{product['id']}", None),
    ):  # fmt: skip
        answer = await buyer.client.request(method, address + tail, json=body)
        problem(answer, 404, "not_found")
    sales, viewer = await add_member(supplier, "sales"), await add_member(supplier, "viewer")
    problem(await sales.client.get(LISTS), 403, "forbidden")
    assert ok(await viewer.client.get(LISTS))["total"] == 1
    problem(
        await viewer.client.put(f"{address}/prices", json={"prices": [cell(product, 1)]}),
        403,
        "forbidden",
    )
    mine = await make_list(buyer, "Mine")
    theirs = await put(buyer, mine, cell(product, 1))
    assert pointers(theirs) == [("#/prices/0/product_id", "unknown")]


async def test_security_in_the_database_holds_alone(app, supplier, buyer, product, database, drain):
    """A buyer's transaction sees no list, and gets nobody's prices but their own, whomever it names."""
    rival = await register(app)
    link = await make_link(rival, supplier)
    await make_list(supplier, "Everybody", cell(product, 100_000), for_everybody=True)
    secret = await make_list(supplier, "Secret", cell(product, 90_000), priority=3)
    ok(await assign(supplier, secret, "link", link["id"]), 201)
    product_id, own = UUID(product["id"]), supplier.organisation_id
    expected = [
        (buyer, buyer, 100_000), (buyer, rival, 150_000), (rival, rival, 90_000),
        (supplier, rival, 90_000), (supplier, buyer, 100_000),
    ]  # fmt: skip
    for _ in range(2):
        for asker, named, amount in expected:
            async with database.transaction(Scope(asker.organisation_id)) as session:
                found = await prices_for(session, own, named.organisation_id, [product_id])
                assert [tier.amount for tier in found[product_id]] == [amount]
        async with database.transaction(Scope(buyer.organisation_id)) as session:
            for table in ("price_lists", "list_prices", "price_assignments", "resolved_prices"):
                assert await read_rows(session, f"select 1 from catalogue_{table}") == []
            assert await prices_for(session, new_id(), buyer.organisation_id, [product_id]) == {}
        await drain()


async def test_more_pieces_are_never_dearer_in_a_list(supplier, product, owner):
    made = await make_list(supplier, "L", cell(product, 1000), cell(product, 900, "10"))
    dear = await put(supplier, made, cell(product, 800), cell(product, 901, "20"))
    assert pointers(dear) == [("#/prices/0/price", "dearer"), ("#/prices/1/price", "dearer")]
    # Whoever says it in another language has the figures at hand.
    named = dear.json()["meta"]
    assert dear.json()["detail"].startswith(
        f"From {named['from_quantity']} on each piece would cost {named['cost']} "
    )
    assert f"from {named['than_from']} only {named['than_cost']} " in dear.json()["detail"]
    assert "From 10 on each piece would cost 9.00 KZT (L), from 1 only 8.00 KZT (L)." in dear.text
    same = cell(product, 900, "20")
    twice = await put(supplier, made, same, {**same, "from_quantity": "20.000"})
    assert pointers(twice) == [("#/prices/1/from_quantity", "duplicate")]
    usd = {**same, "price": {"amount": 5, "currency": "USD"}}
    assert pointers(await put(supplier, made, usd)) == [("#/prices/0/price/currency", "currency")]
    assert (
        pointers(await put(supplier, made, cell(product, 1, "0.5")))[0][0]
        == "#/prices/0/from_quantity"
    )
    rows = await owner.fetch("select from_quantity, amount from catalogue_list_prices order by 1")
    assert [tuple(row) for row in rows] == [(1, 1000), (10, 900)]
    assert await owner.fetchval("select version from catalogue_price_lists") == 2
    ok(await put(supplier, made, same, cell(product, None, "10")))
    rows = await owner.fetch("select from_quantity, amount from catalogue_list_prices order by 1")
    assert [tuple(row) for row in rows] == [(1, 1000), (20, 900)]


async def test_more_pieces_are_never_dearer_in_what_a_buyer_gets(supplier, buyer, product, owner):
    """Neither by a price, nor by an assignment, a group, a priority, or a list that begins later."""
    link = await make_link(buyer, supplier)
    volume = await make_list(supplier, "Volume", cell(product, 140_000, "10"), for_everybody=True)
    dearer = await put(supplier, volume, cell(product, 150_001, "5"))
    assert pointers(dearer) == [("#/prices/0/price", "dearer")]
    assert "(own price)" in dearer.text
    vip = await make_list(supplier, "VIP", cell(product, 130_000), priority=5)
    refused = problem(
        await assign(supplier, vip, "link", link["id"]), 409, "catalogue.more_pieces_dearer"
    )
    assert refused["meta"]["rows"] == [
        {"product_id": product["id"], "sku": "KOFE-1", "from_quantity": "10", "amount": 140_000,
         "list": "Volume", "than_from": "1", "than_amount": 130_000, "than_list": "VIP"}
    ]  # fmt: skip
    assert await owner.fetchval("select count(*) from catalogue_price_assignments") == 1
    # Standing alone it says all there is to say.
    alone = ok(await supplier.client.patch(f"{LISTS}/{vip['id']}", json={"merges": False}))
    ok(await assign(supplier, alone, "link", link["id"]), 201)
    assert tiers(await price_of(buyer, product)) == [(1, 130_000)]
    assert ("Volume", "stands_alone") in reasons(await price_of(buyer, product, quantity="10"))
    back = await supplier.client.patch(f"{LISTS}/{vip['id']}", json={"merges": True})
    problem(back, 409, "catalogue.more_pieces_dearer")
    assert (
        await owner.fetchval("select merges from catalogue_price_lists where name = 'VIP'") is False
    )
    later = await make_list(
        supplier, "Later", cell(product, 120_000), priority=9,
        valid_from=(datetime.now(UTC) + timedelta(days=3)).isoformat(),
    )  # fmt: skip
    problem(await assign(supplier, later, "everybody"), 409, "catalogue.more_pieces_dearer")
    group = ok(await supplier.client.post(GROUPS, json={"name": "Cafes"}), 201)
    cheap = await make_list(supplier, "Cheap", cell(product, 120_000), priority=9)
    ok(await assign(supplier, cheap, "group", group["id"]), 201)
    ok(await supplier.client.patch(f"{LISTS}/{vip['id']}", json={"active": False}))
    joined = await supplier.client.patch(
        f"{GROUPS}/{group['id']}", json={"member_ids": [str(buyer.organisation_id)]}
    )
    problem(joined, 409, "catalogue.more_pieces_dearer")
    assert await owner.fetchval("select count(*) from catalogue_customer_group_members") == 0


async def test_terms_of_a_link_name_a_list_and_a_dear_step_is_left_out(
    supplier, buyer, product, drain
):
    """Terms are agreed below the catalogue and refuse nothing: nobody pays more for more pieces all the same."""
    await make_list(supplier, "Volume", cell(product, 140_000, "10"), for_everybody=True)
    vip = await make_list(supplier, "VIP", cell(product, 130_000), priority=5)
    link = await make_link(buyer, supplier, price_list_id=vip["id"])
    for _ in range(2):
        assert tiers(await price_of(buyer, product)) == [(1, 130_000)]
        assert ("Volume", "dearer") in reasons(await price_of(buyer, product, quantity="10"))
        await drain()
    listed = ok(await supplier.client.get(f"{LISTS}/{vip['id']}"))
    assert [(one["kind"], one["target_name"]) for one in listed["assignments"]] == [
        ("terms", "Cafe Astana")
    ]
    problem(
        await supplier.client.delete(f"{LISTS}/{vip['id']}"), 409, "catalogue.price_list_in_use"
    )
    # Who is blocked gets what everybody gets, at once.
    await move(supplier, link, "block")
    assert tiers(await price_of(buyer, product)) == [(1, 150_000), (10, 140_000)]
    # The product's own price may fall below a list's.
    ok(await supplier.client.patch(f"{PRODUCTS}/{product['id']}", json={"price": kzt(135_000)}))
    assert tiers(await price_of(buyer, product)) == [(1, 135_000)]


async def test_a_list_begins_and_ends_by_the_clock_alone(supplier, buyer, product, owner, drain):
    day = timedelta(days=1)
    now = datetime.now(UTC)
    sale = await make_list(
        supplier, "Sale", cell(product, 100_000), for_everybody=True,
        valid_from=(now - day).isoformat(), valid_to=(now + day).isoformat(),
    )  # fmt: skip
    assert sale["holds"] is True
    await drain()
    assert tiers(await price_of(buyer, product)) == [(1, 100_000)]
    # No job has run and no event was recorded: the clock has gone on.
    await owner.execute("update catalogue_price_lists set valid_to = now() - interval '1 second'")
    assert tiers(await price_of(buyer, product)) == [(1, 150_000)]
    assert reasons(await price_of(supplier, product))[0] == ("Sale", "expired")
    await owner.execute(
        "update catalogue_price_lists set valid_from = now() + interval '1 hour', valid_to = null"
    )
    assert tiers(await price_of(buyer, product)) == [(1, 150_000)]
    assert reasons(await price_of(supplier, product))[0] == ("Sale", "not_yet_valid")
    backwards = {"valid_to": (now - day).isoformat()}
    refused = await supplier.client.patch(f"{LISTS}/{sale['id']}", json=backwards)
    assert pointers(refused) == [("#/valid_to", "order")]


async def test_the_grid_and_changes_of_many_prices(supplier, product, owner):
    tea = await make_published(
        supplier, owner, sku="TEA-1", names={"ru": "Чай чёрный"}, price=kzt(33_333)
    )
    made = await make_list(supplier, "Wholesale")
    grid = f"{LISTS}/{made['id']}/prices"
    adjust = f"{LISTS}/{made['id']}/adjust"
    copied = ok(
        await supplier.client.post(
            adjust, json={"action": "copy", "percent": "-10", "round_to": 100}
        )
    )
    assert (copied["changed"], copied["price_list"]["products_count"]) == (2, 2)
    rows = ok(await supplier.client.get(grid, params={"sort": "sku"}))["items"]
    assert [(one["sku"], one["steps"][0]["price"]["amount"]) for one in rows] == [
        ("KOFE-1", 135_000), ("TEA-1", 30_000),
    ]  # fmt: skip
    ok(await put(supplier, made, cell(tea, 25_000, "12"), cell(tea, 20_005, "100")))
    done = ok(
        await supplier.client.post(
            adjust, json={"action": "change", "percent": "0.01", "product_ids": [tea["id"]]}
        )
    )
    assert done["changed"] == 3
    found = ok(await supplier.client.get(grid, params={"q": "чай", "priced": "true"}))["items"]
    assert [(Decimal(s["from_quantity"]), s["price"]["amount"]) for s in found[0]["steps"]] == [
        (1, 30_003), (12, 25_003), (100, 20_007),
    ]  # fmt: skip
    second = await make_list(supplier, "Second")
    body = {"action": "copy", "from_list_id": made["id"], "amount": -5}
    ok(await supplier.client.post(f"{LISTS}/{second['id']}/adjust", json=body))
    ok(
        await supplier.client.post(
            f"{LISTS}/{second['id']}/adjust",
            json={"action": "remove", "product_ids": [product["id"]]},
        )
    )
    rows = await owner.fetch(
        "select from_quantity, amount from catalogue_list_prices where list_id = $1 order by 1",
        UUID(second["id"]),
    )
    assert [tuple(row) for row in rows] == [(1, 29_998), (12, 24_998), (100, 20_002)]
    assert ok(await supplier.client.get(grid, params={"priced": "false"}))["items"] == []
    too_much = {"action": "change", "amount": -20_008}
    assert pointers(await supplier.client.post(adjust, json=too_much)) == [("#/amount", "nought")]
    dear = {"action": "set", "amount": 26_000, "from_quantity": "50", "product_ids": [tea["id"]]}
    problem(await supplier.client.post(adjust, json=dear), 409, "catalogue.more_pieces_dearer")
    stale = {**dear, "amount": 1, "version": 1}
    problem(await supplier.client.post(adjust, json=stale), 409, "conflict")
    ok(await supplier.client.post(adjust, json={**dear, "amount": 20_007}))
    problem(
        await supplier.client.post(LISTS, json={"name": "Second", "currency": "KZT"}),
        409,
        "catalogue.price_list_name_taken",
    )
    ok(await supplier.client.delete(f"{LISTS}/{second['id']}"), 204)
    assert (
        await owner.fetchval(
            "select count(*) from catalogue_list_prices where list_id = $1", UUID(second["id"])
        )
        == 0
    )


async def test_groups_hold_linked_buyers_and_their_lists_follow(supplier, buyer, product):
    stranger = {"name": "Cafes", "member_ids": [str(buyer.organisation_id)]}
    refused = await supplier.client.post(GROUPS, json=stranger)
    assert pointers(refused) == [("#/member_ids/0", "unknown")]
    await make_link(buyer, supplier)
    group = ok(await supplier.client.post(GROUPS, json=stranger), 201)
    assert [one["name"] for one in group["members"]] == ["Cafe Astana"]
    made = await make_list(supplier, "For cafes", cell(product, 99_000))
    ok(await assign(supplier, made, "group", group["id"]), 201)
    problem(await assign(supplier, made, "group", group["id"]), 409, "catalogue.already_assigned")
    unknown = await assign(supplier, made, "group", product["id"])
    assert pointers(unknown) == [("#/target_id", "unknown")]
    assert tiers(await price_of(buyer, product)) == [(1, 99_000)]
    problem(await buyer.client.get(f"{GROUPS}/{group['id']}"), 404, "not_found")
    ok(await supplier.client.delete(f"{GROUPS}/{group['id']}"), 204)
    assert tiers(await price_of(buyer, product)) == [(1, 150_000)]
    assert ok(await supplier.client.get(f"{LISTS}/{made['id']}"))["assignments"] == []


async def test_lists_of_another_currency_do_not_mix(supplier, buyer, product, database):
    usd = {"price": {"amount": 300, "currency": "USD"}, "product_id": product["id"]}
    dollars = await make_list(supplier, "Dollars", currency="USD", priority=3, for_everybody=True)
    ok(await put(supplier, dollars, {**usd, "from_quantity": "1"}))
    await make_list(supplier, "Tenge", cell(product, 100_000, "10"), for_everybody=True)
    view = await price_of(buyer, product, quantity="10")
    assert (view["price"], len(view["tiers"])) == ({"amount": 300, "currency": "USD"}, 1)
    assert ("Tenge", "other_currency") in reasons(view)
    assert [one["from_quantity"] for one in view["explanation"]] == ["1", "10", "1"]
    async with database.transaction(Scope(buyer.organisation_id)) as session:
        found = await prices_for(
            session, supplier.organisation_id, buyer.organisation_id, [UUID(product["id"])]
        )
    assert price_at(found[UUID(product["id"])], Decimal(10)).price.currency == "USD"


async def test_lists_of_goods_show_the_readers_own_prices(app, supplier, buyer, owner, drain):
    head = await make_published(supplier, owner, sku="SHIRT")
    axes = [{"name": "size", "values": ["S", "M"]}]
    path = f"{PRODUCTS}/{head['id']}/variants/generate"
    small, medium = ok(await supplier.client.post(path, json={"axes": axes}))["variants"]
    await make_link(buyer, supplier)
    made = await make_list(supplier, "VIP", cell(small, 140_000), cell(medium, 130_000))
    ok(await put(supplier, made, cell(medium, 120_000, "10")))
    ok(await assign(supplier, made, "organisation", buyer.organisation_id), 201)
    await drain()
    expected = [
        {"from_quantity": "1", "price": kzt(130_000)}, {"from_quantity": "10", "price": kzt(120_000)},
    ]  # fmt: skip
    shop = {"supplier_id": str(supplier.organisation_id)}
    for address in ("/api/v1/catalog", "/api/v1/search"):
        items = ok(await buyer.client.get(address, params=shop))["items"]
        assert [(one["sku"], one["your_tiers"]) for one in items] == [("SHIRT", expected)]
    items = ok(await visitor(app).get("/api/v1/search", params=shop))["items"]
    assert [(one["price"], one["your_tiers"]) for one in items] == [(kzt(150_000), None)]
    # A list for everybody is a visitor's price too, in the list as on the product's page.
    public = await make_list(supplier, "Sale", cell(small, 145_000), cell(medium, 146_000))
    ok(await assign(supplier, public, "everybody"), 201)
    items = ok(await visitor(app).get("/api/v1/search", params=shop))["items"]
    assert [(one["price"], one["your_tiers"]) for one in items] == [
        (kzt(150_000), [{"from_quantity": "1", "price": kzt(145_000)}])
    ]
