"""Products among many products: every hot read goes as far as its page, by an index."""

import json
from uuid import UUID

import pytest

from karavan.kit.pagination import PageParameters
from karavan.kit.scopes import PUBLIC, SYSTEM, Scope
from karavan.modules.catalogue import stock_sql
from karavan.modules.catalogue.queries import products, shop
from karavan.modules.catalogue.queries.linked_catalogue import CatalogueFilter
from karavan.modules.catalogue.queries.product_json import PAGE
from karavan.modules.catalogue.queries.products import ProductFilter, list_products
from karavan.modules.catalogue.queries.shop import linked_catalogue
from tests.factories.accounts import register
from tests.factories.links import make_link
from tests.factories.products import make_published

OWN, OTHERS = 6_000, 9_000

COPY = """
insert into catalogue_products ({names})
select {names} from (
  select copied.* from catalogue_products p, generate_series(1, $2::integer) n,
  lateral jsonb_populate_record(p, jsonb_build_object(
    'id', gen_random_uuid(), 'sku', 'N-' || n, 'name', 'Article ' || n,
    'price_amount', 100 + n * 7 % 9973,
    'state', case when n % 10 = 0 then 'draft' else 'published' end,
    'published_at', now() - make_interval(mins => n),
    'created_at', now() - make_interval(mins => n))) copied
  where p.id = $1
) copies
"""


@pytest.fixture
async def full(app, owner):
    """A supplier with thousands of products among more of another one, and a buyer with a link to both."""
    suppliers = [await register(app, role="vendor") for _ in range(2)]
    buyer = await register(app)
    columns = await owner.fetch(
        "select column_name from information_schema.columns"
        " where table_name = 'catalogue_products' and is_generated = 'NEVER'"
    )
    names = ", ".join(row["column_name"] for row in columns)
    for supplier, number in zip(suppliers, (OWN, OTHERS), strict=True):
        product = await make_published(supplier, owner, visibility="linked")
        await owner.execute(COPY.format(names=names), UUID(product["id"]), number)
        await make_link(buyer, supplier)
    await owner.execute("vacuum analyze catalogue_products")
    return suppliers[0], buyer


def nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


async def plans_of(database, monkeypatch, module, scope, call):
    """How the database answers what `call` asks."""
    caught = []

    async def explain(session, sql, *values):
        connection = await session.connection()
        explained = f"explain (analyze, format json) {sql}"
        caught.append((await connection.exec_driver_sql(explained, values)).scalar())
        return b'{"items": []}'

    monkeypatch.setattr(module, "read_json", explain)
    async with database.transaction(scope) as session:
        await call(session)
    (plan,) = caught
    return [*nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])]


def refuse_waste(found, most: int, *, sorted_rows: int = 100) -> None:
    """No sequential scan, nothing large sorted, and few rows looked at."""
    of_products = [n for n in found if n.get("Relation Name") == "catalogue_products"]
    assert of_products
    assert [n for n in of_products if n["Node Type"] == "Seq Scan"] == []
    looked_at = max(
        (n["Actual Rows"] + n.get("Rows Removed by Filter", 0)) * n["Actual Loops"]
        for n in of_products
    )
    assert looked_at <= most, looked_at
    assert "Sort" not in {n["Node Type"] for n in found if n.get("Actual Rows", 0) > sorted_rows}


async def test_hot_reads_go_as_far_as_their_page(full, database, monkeypatch, owner):
    supplier, buyer = full

    class Buyer:
        organisation_id = buyer.organisation_id

    class Supplier:
        organisation_id = supplier.organisation_id

    category_id = await owner.fetchval("select category_id from catalogue_products limit 1")
    assert category_id is not None
    for sort, wanted in (
        ("name", CatalogueFilter()),
        ("-name", CatalogueFilter()),
        ("published_at", CatalogueFilter()),
        ("-published_at", CatalogueFilter(in_stock=False)),
        ("name", CatalogueFilter(category_id=category_id)),
    ):

        async def catalogue(session, sort=sort, wanted=wanted):
            paging = PageParameters()
            supplier_id = supplier.organisation_id
            await linked_catalogue(session, Buyer, supplier_id, wanted, sort=[sort], paging=paging)

        scope = Scope(buyer.organisation_id, buyer.user_id)
        refuse_waste(await plans_of(database, monkeypatch, shop, scope, catalogue), shop.COUNTED_TO)
    for wanted, sort, sorted_rows in (
        (ProductFilter(), "-created_at", 100),
        (ProductFilter(), "name", 100),
        (ProductFilter(words="N-77"), "-created_at", 1_000),
    ):

        async def table(session, wanted=wanted, sort=sort):
            await list_products(session, Supplier, wanted, sort=[sort], paging=PageParameters())

        scope = Scope(supplier.organisation_id, supplier.user_id)
        found = await plans_of(database, monkeypatch, products, scope, table)
        refuse_waste(found, OWN + 1, sorted_rows=sorted_rows)
    product_id = await owner.fetchval("select id from catalogue_products limit 1")
    for scope in (PUBLIC, Scope(supplier.organisation_id), Scope(buyer.organisation_id)):
        async with database.transaction(scope) as session:
            connection = await session.connection()
            plan = (
                await connection.exec_driver_sql(
                    f"explain (analyze, format json) {PAGE}", (product_id, scope.organisation_id)
                )
            ).scalar()
        found = [*nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])]
        refuse_waste(found, 1)


PLACES = """
insert into catalogue_stock_locations (id, organisation_id, name, version)
select gen_random_uuid(), organisation_id, 'Depot', 1 from catalogue_products group by 2
on conflict do nothing
"""
LEVELS = """
insert into catalogue_stock_levels (product_id, location_id, organisation_id, on_hand, version)
select p.id, l.id, p.organisation_id, 50, 1 from catalogue_products p
join catalogue_stock_locations l on l.organisation_id = p.organisation_id on conflict do nothing
"""


async def test_stock_is_locked_and_changed_by_keys(full, database, owner):
    supplier, _ = full
    await owner.execute(PLACES)
    await owner.execute(LEVELS)
    await owner.execute("vacuum analyze catalogue_stock_levels")
    row = await owner.fetchrow(
        "select array_agg(product_id) as products, min(location_id::text)::uuid as place from ("
        " select * from catalogue_stock_levels where organisation_id = $1 limit 3) few",
        supplier.organisation_id,
    )
    products_, places = row["products"], [row["place"]] * 3
    change = (products_, places, [1] * 3, [0] * 3, "received", "", None, None, "")
    async with database.transaction(SYSTEM) as session:
        connection = await session.connection()
        for sql, values in ((stock_sql.LOCK, (products_,)), (stock_sql.APPLY, change)):
            explained = f"explain (analyze, format json) {sql}"
            plan = (await connection.exec_driver_sql(explained, values)).scalar()
            found = [*nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])]
            large = ("catalogue_stock_levels", "catalogue_products")
            of_large = [n for n in found if n.get("Relation Name") in large]
            assert of_large
            assert [n["Relation Name"] for n in of_large if n["Node Type"] == "Seq Scan"] == [], (
                json.dumps(plan)
            )
            assert max(n["Actual Rows"] * n["Actual Loops"] for n in of_large) <= 3
