"""Orders among many orders: lists go as far as their page, pages and sums by keys, and nothing reads a whole table."""

import json
from uuid import UUID

import pytest

from karavan.kit.pagination import PageParameters
from karavan.kit.scopes import Scope
from karavan.modules.orders import credit
from karavan.modules.orders.queries import orders
from karavan.modules.orders.queries.orders import OrderFilter, count_orders, list_orders, order_page
from karavan.modules.orders.states import OrderState
from tests.factories.orders import place

OWN, OTHERS = 3_000, 12_000

COPY = """
with columns as (
  select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
  where table_name = $1 and is_generated = 'NEVER')
select format('insert into %I (%s) select %s from (select copied.* from %I r, generate_series(1, %s) n,
  lateral jsonb_populate_record(r, %s) copied where r.%I = %L) copies', $1, names, names, $1, $2::integer, $3::text, $4::text, $5::text)
from columns
"""
ORDERS = """jsonb_build_object('id', md5('order ' || n)::uuid, 'number', 'COPY-' || n,
  'state', case when n % 20 = 0 then 'pending' else 'completed' end,
  'reserved_amount', case when n % 20 = 0 then 100 else 0 end,
  'organisation_id', case when n <= {own} then r.organisation_id else r.buyer_organisation_id end,
  'buyer_organisation_id', case when n <= {own} then r.buyer_organisation_id else '{other}'::uuid end,
  'created_at', now() - make_interval(mins => n))"""
LINES = """jsonb_build_object('id', gen_random_uuid(), 'order_id', md5('order ' || n)::uuid)"""


@pytest.fixture
async def full(trade, owner):
    """A buyer and a seller with thousands of orders between them, among many more of others."""
    order = await place(trade, "1")
    other = await owner.fetchval(
        "insert into organisations_organisations (id, name, slug, kind, interest, buys, sells, country, city,"
        " currency, version) select gen_random_uuid(), 'Other', 'other-buyer', kind, interest, buys, sells, country,"
        " city, currency, 1 from organisations_organisations limit 1 returning id"
    )
    made = ORDERS.format(own=OWN, other=other)
    for table, values, key in (("orders_orders", made, "id"), ("orders_lines", LINES, "order_id")):
        sql = await owner.fetchval(COPY, table, OWN + OTHERS, values, key, order["id"])
        await owner.execute(sql)
    await owner.execute("vacuum analyze orders_orders, orders_lines")
    return trade, order


def nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


async def plan_of(database, account, sql, values):
    async with database.transaction(Scope(account.organisation_id, account.user_id)) as session:
        connection = await session.connection()
        explained = f"explain (analyze, format json) {sql}"
        plan = (await connection.exec_driver_sql(explained, tuple(values))).scalar()
    return [*nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])]


def read_of(found) -> int:
    """How many rows of orders and lines were looked at, none of them by reading a whole table."""
    large = [n for n in found if n.get("Relation Name") in {"orders_orders", "orders_lines"}]
    assert large
    assert [n for n in large if n["Node Type"] == "Seq Scan"] == []
    return int(
        max(
            (n["Actual Rows"] + n.get("Rows Removed by Filter", 0)) * n["Actual Loops"]
            for n in large
        )
    )


async def asked(monkeypatch, name, call):
    """What `call` sends to the database."""
    caught = []

    async def catch(_session, sql, *values):
        caught.append((sql, values))

    with monkeypatch.context() as patched:
        patched.setattr(orders, name, catch)
        try:
            await call()
        except orders.NotFoundError:
            assert name == "read_row"
    (one,) = caught
    return one


async def test_lists_and_pages_of_orders_read_by_indexes(full, database, monkeypatch):
    trade, order = full
    for account, wanted, most in (
        (trade.buyer, OrderFilter(side="buyer"), OWN + 1),
        (trade.seller, OrderFilter(side="seller"), OWN + 1),
        (trade.seller, OrderFilter(side="seller", states=[OrderState.PENDING]), 500),
        (trade.buyer, OrderFilter(side="buyer", states=[OrderState.PENDING]), 500),
        (trade.seller, OrderFilter(), OWN + 1),
    ):

        class Reader:
            organisation_id = account.organisation_id

        async def listed(wanted=wanted, reader=Reader):
            paging = PageParameters()
            await list_orders(None, reader, wanted, sort=["-created_at"], paging=paging)

        async def counted(wanted=wanted, reader=Reader):
            await count_orders(None, reader, wanted)

        for call in (listed, counted):
            found = await plan_of(database, account, *await asked(monkeypatch, "read_json", call))
            bound = most if call is listed else OWN + 1
            assert read_of(found) <= bound, (wanted, call, read_of(found))

    class Buyer:
        organisation_id = trade.buyer.organisation_id

    async def page():
        await order_page(None, Buyer, UUID(order["id"]))

    found = await plan_of(database, trade.buyer, *await asked(monkeypatch, "read_row", page))
    assert read_of(found) <= 1


async def test_what_is_reserved_is_summed_over_open_orders_alone(full, database):
    trade, _ = full
    parties = trade.buyer.organisation_id, trade.seller.organisation_id
    found = await plan_of(database, trade.buyer, credit._EXPOSURE, (*parties, credit.SUBJECT))
    assert read_of(found) == OWN // 20 + 1


async def test_what_an_order_changes_stays_on_its_page(trade, owner):
    """In a page without room for them, new versions of rows would go elsewhere, and into every index."""
    new = {
        "catalogue_products": "jsonb_build_object('id', md5('copy ' || n)::uuid, 'sku', 'COPY-' || n)",
        "catalogue_stock_levels": "jsonb_build_object('product_id', md5('copy ' || n)::uuid)",
    }
    keys = {"catalogue_products": "id", "catalogue_stock_levels": "product_id"}
    for table, values in new.items():
        product_id = trade.products[0]["id"]
        await owner.execute(await owner.fetchval(COPY, table, 500, values, keys[table], product_id))
        await owner.execute(f"vacuum full {table}")

    async def places():
        return [
            await owner.fetchval(f"select ctid from {table} where {key} = $1", UUID(product["id"]))
            for table, key in keys.items()
            for product in trade.products
        ]

    before = await places()
    await place(trade, "1", "1")
    after = await places()
    assert [page for page, _ in after] == [page for page, _ in before]
    assert all(now != then for now, then in zip(after, before, strict=True))
