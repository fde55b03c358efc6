"""A linked catalogue goes by the prices that its reader pays: bounds, order, and how much is read for them."""

import random
from uuid import UUID

import pytest

from karavan.kit.scopes import Scope
from karavan.modules.catalogue.price_resolving import resolve_supplier
from karavan.modules.catalogue.queries.shop import COUNTED_TO
from tests.factories.accounts import register
from tests.factories.links import make_link
from tests.factories.prices import assign, cell, make_list
from tests.factories.procurement import kzt, ok, problem
from tests.factories.products import make_published

CATALOG = "/api/v1/catalog"
MANY, FAMILIES = 6_400, 200
# Up to so many goods are priced one by one; a larger catalogue is looked at so far first.
NEAR = 3_000

GOODS = """
insert into catalogue_products (id, position, organisation_id, organisation_name, sku, state, visibility, names, name,
  price_amount, currency, published_at, available, category_id, version)
select gen_random_uuid(), n, $1, '', 'N' || n, 'published', 'linked', jsonb_build_object('en', 'Article ' || n),
  'Article ' || n, 1000 + n * 7 % 9973, 'KZT', now() - make_interval(mins => n), n % 3,
  case when n % 50 = 0 then $2::uuid else ($3::uuid[])[1 + n % cardinality($3)] end, 1
from generate_series(1, $4::integer) n
"""
VARIANTS = """
insert into catalogue_products (id, parent_id, position, organisation_id, organisation_name, sku, state, active,
  visibility, names, name, price_amount, currency, published_at, category_id, version)
select gen_random_uuid(), p.id, nth, p.organisation_id, '', p.sku || '-' || nth, 'published', nth <> 4, 'linked',
  p.names, p.name, p.price_amount + 40 * nth, 'KZT', p.published_at, p.category_id, 1
from catalogue_products p, generate_series(0, 4) nth
where p.organisation_id = $1 and p.position <= 50 * $2 and p.position % 50 in (0, 1)
"""
READS = """
select sum(seq_scan) as scans, sum(coalesce(idx_tup_fetch, 0)) as rows
from pg_stat_xact_user_tables where relname in ('catalogue_products', 'catalogue_resolved_prices')
"""

FIRST_FIFTY = """
select count(*) from catalogue_goods_at_prices($1, $2,
  case when $3::uuid is not null then array[$3::uuid] end, null, null, 0, $4::bigint, $5::text, 50)
"""


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor")


@pytest.fixture
async def buyer(app, supplier):
    account = await register(app)
    await make_link(account, supplier)
    return account


@pytest.fixture
async def market(app, supplier, buyer, owner):
    """More goods than are priced one by one, of which lists make some cheaper and some dearer, families among them."""
    few, *others = [
        row["id"]
        for row in await owner.fetch("select id from catalogue_categories order by code limit 201")
    ]
    supplier_id = supplier.organisation_id
    await owner.execute(GOODS, supplier_id, few, others, MANY)
    await owner.execute(VARIANTS, supplier_id, FAMILIES // 2)
    await owner.execute(
        "update catalogue_products p set has_variants = true"
        " where exists (select 1 from catalogue_products v where v.parent_id = p.id)"
    )
    mine = "select * from catalogue_products where organisation_id = $1"
    chance = random.Random(20_261_121)
    rows = await owner.fetch(f"{mine} and not has_variants order by sku", supplier_id)
    paid = {row["id"]: row["price_amount"] for row in rows}
    for row in rows:
        if chance.random() < 0.5:
            paid[row["id"]] = row["price_amount"] * chance.choice([50, 90, 90, 90, 130]) // 100
    made = await make_list(supplier, "Own")
    ok(await assign(supplier, made, "organisation", buyer.organisation_id), 201)
    steps = [
        (UUID(made["id"]), row["id"], 1, supplier_id, paid[row["id"]])
        for row in rows
        if paid[row["id"]] != row["price_amount"]
    ]
    columns = ["list_id", "product_id", "from_quantity", "organisation_id", "amount"]
    await owner.copy_records_to_table("catalogue_list_prices", columns=columns, records=steps)
    await owner.execute("update catalogue_price_lists set revision = revision + 1")
    await owner.execute("vacuum analyze")
    heads = {
        row["id"]: row for row in await owner.fetch(f"{mine} and parent_id is null", supplier_id)
    }
    shown: dict[UUID, int] = {}
    for row in rows:
        if row["active"]:
            head = row["parent_id"] or row["id"]
            shown[head] = min(shown.get(head, paid[row["id"]]), paid[row["id"]])
    return few, heads, shown


def expected(market, *, few=False, low=0, high=10**12, in_stock=None, by="price", down=False):
    category, heads, shown = market
    found = [
        head
        for key, head in heads.items()
        if low <= shown[key] <= high
        and (not few or head["category_id"] == category)
        and (in_stock is None or (head["available"] > 0) == in_stock)
    ]
    value = {
        "price": lambda head: shown[head["id"]],
        "name": lambda head: head["name"],
        "published_at": lambda head: head["published_at"],
    }[by]
    found.sort(key=lambda head: (value(head), head["id"]), reverse=down)
    return [(str(head["id"]), shown[head["id"]]) for head in found]


@pytest.mark.parametrize("worked_out", [True, False])
async def test_bounds_and_order_are_those_of_what_the_buyer_pays(
    market, supplier, buyer, owner, database, worked_out
):
    if worked_out:
        await resolve_supplier(database, supplier.organisation_id)
    shop = {"supplier_id": str(supplier.organisation_id), "size": "30"}
    asked = [
        ({"few": True}, {"category_id": str(market[0])}),
        ({"few": True, "low": 2_000, "high": 5_000}, {"category_id": str(market[0])}),
        ({"few": True, "in_stock": False}, {"category_id": str(market[0]), "in_stock": "false"}),
    ]
    if worked_out:
        asked += [
            ({}, {}),
            ({"low": 1_500, "high": 1_900}, {}),
            ({"low": 600}, {}),
        ]
    for rules, parameters in asked:
        bounds = {
            f"price_{name}": str(rules[side])
            for name, side in (("min", "low"), ("max", "high"))
            if side in rules
        }
        for sort in ("price", "-price", "name", "-name", "-published_at"):
            if not bounds and "price" not in sort:
                continue
            wanted = expected(market, **rules, by=sort.lstrip("-"), down=sort.startswith("-"))
            for page in (1, 2):
                answer = ok(
                    await buyer.client.get(
                        CATALOG,
                        params={**shop, **parameters, **bounds, "sort": sort, "page": str(page)},
                    )
                )
                seen = [
                    (one["id"], one["your_tiers"][0]["price"]["amount"]) for one in answer["items"]
                ]
                assert seen == wanted[(page - 1) * 30 : page * 30], (rules, sort, page)
                assert answer["total"] == min(len(wanted), COUNTED_TO), (rules, sort)


async def test_a_page_by_price_reads_no_further_than_it_must(
    market, supplier, buyer, owner, database
):
    await resolve_supplier(database, supplier.organisation_id)
    await owner.execute("analyze catalogue_resolved_prices")
    for sort, category, high, most in (
        ("price", None, 10**6, NEAR + 1_500),
        ("-price", None, 10**6, NEAR + 2_500),
        ("name", None, 1_600, NEAR + 2_500),
        ("price", market[0], 10**6, 1_500),
    ):
        async with database.transaction(Scope(buyer.organisation_id, buyer.user_id)) as session:
            connection = await session.connection()
            values = (supplier.organisation_id, buyer.organisation_id, category, high, sort)
            before = (await connection.exec_driver_sql(READS)).one()
            count = (await connection.exec_driver_sql(FIRST_FIFTY, values)).scalar()
            after = (await connection.exec_driver_sql(READS)).one()
        assert count >= 50
        assert after.scans == before.scans
        assert after.rows - before.rows <= most, (sort, category, high)


async def test_others_prices_and_goods_stay_unknown(app, supplier, buyer, owner, database):
    """What the statement calls runs as the tables' owner, and guards itself: it answers nobody about anybody else."""
    product = await make_published(supplier, owner, sku="A", visibility="linked")
    made = await make_list(supplier, "Own", cell(product, 90_000))
    ok(await assign(supplier, made, "organisation", buyer.organisation_id), 201)
    rival, stranger = await register(app), await register(app)
    await make_link(rival, supplier)
    shop = {"supplier_id": str(supplier.organisation_id), "sort": "price"}
    below = {**shop, "price_max": "100000"}
    assert [
        [one["sku"] for one in ok(await one.client.get(CATALOG, params=below))["items"]]
        for one in (buyer, rival)
    ] == [["A"], []]
    problem(await stranger.client.get(CATALOG, params=shop), 404, "links.not_linked")
    ask = "select count(*) from catalogue_goods_at_prices($1, $2, null, null, null, 0, 1000000, 'price', 10)"
    for caller, about, count in (
        (buyer, buyer, 1), (rival, buyer, 0), (stranger, stranger, 0), (stranger, buyer, 0),
        (supplier, supplier, 1),
    ):  # fmt: skip
        async with database.transaction(Scope(caller.organisation_id, caller.user_id)) as session:
            connection = await session.connection()
            values = supplier.organisation_id, about.organisation_id
            assert (await connection.exec_driver_sql(ask, values)).scalar() == count


async def test_a_product_that_no_variant_offers_keeps_its_place(supplier, buyer, owner):
    await make_published(supplier, owner, sku="B", price=kzt(50_000))
    head = await make_published(supplier, owner, sku="A", price=kzt(40_000))
    axes = [{"name": "size", "values": ["S"]}]
    path = f"/api/v1/products/{head['id']}/variants/generate"
    ok(await supplier.client.post(path, json={"axes": axes}))
    await owner.execute("update catalogue_products set active = false where parent_id is not null")
    shop = {"supplier_id": str(supplier.organisation_id), "sort": "price"}
    items = ok(await buyer.client.get(CATALOG, params=shop))["items"]
    assert [one["sku"] for one in items] == ["A", "B"]
