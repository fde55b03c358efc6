"""The market of the benchmarks: its arithmetic holds, and what it loads is what the application serves."""

import asyncio
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from bench.capture import Statement
from bench.dataset import Sizes, load
from bench.trade import orders, products
from bench.trade.loading import load_market
from bench.trade.sizes import BLOCK, CATEGORIES, LINES_OF_ORDERS, TradeSizes, category_of
from karavan.modules.catalogue.stock_sql import APPLY, LOCK, OUTSTANDING
from tests.conftest import app_url

SIZES = TradeSizes(products=560, order_lines=320, buyers=3)


@pytest.mark.parametrize("count", [560, 10_000, 1_000_000])
def test_every_block_has_one_supplier_and_early_suppliers_have_most(count):
    sizes = TradeSizes(count, 0)
    firsts = [sizes.first_block(supplier) for supplier in range(sizes.suppliers + 1)]
    counts = [beyond - first for first, beyond in pairwise(firsts)]
    assert (firsts[0], firsts[-1]) == (0, count // BLOCK)
    assert min(counts) >= 1
    assert counts[0] == max(counts)
    assert 0.08 <= counts[0] / sizes.blocks <= 0.4
    assert {category_of(block) for block in range(sizes.blocks)} <= set(range(CATEGORIES))


def rows(chunk: bytes) -> list[list[str]]:
    return [line.split("\t") for line in chunk.decode().splitlines()]


def test_rows_have_their_columns_and_no_key_twice():
    made = [row for chunk in products.product_rows(SIZES) for row in rows(chunk)]
    assert {len(row) for row in made} == {len(products.PRODUCT_COLUMNS)}
    assert len(made) == len({row[0] for row in made}) == 560
    levels = [row for chunk in products.level_rows(SIZES) for row in rows(chunk)]
    assert len(levels) == 560 // BLOCK * (BLOCK - 1)


def test_orders_come_to_what_their_lines_come_to():
    parts = zip(*orders.order_chunks(SIZES), strict=True)
    placed, lines, moves = (rows(b"".join(part)) for part in parts)
    assert (len(placed), len(lines)) == (320 // sum(LINES_OF_ORDERS) * 8, 320)
    assert {len(row) for row in placed} == {len(orders.ORDER_COLUMNS)}
    assert {len(row) for row in moves} == {len(orders.MOVE_COLUMNS)}
    sums: dict[str, list[int]] = {}
    for line in (dict(zip(orders.LINE_COLUMNS, row, strict=True)) for row in lines):
        net = int(line["unit_price_amount"]) * int(line["quantity"])
        assert net == int(line["net_amount"])
        sums.setdefault(line["order_id"], []).append(net)
    moments = []
    for order in (dict(zip(orders.ORDER_COLUMNS, row, strict=True)) for row in placed):
        of_lines = sums[order["id"]]
        assert int(order["net_amount"]) == sum(of_lines)
        assert int(order["lines_count"]) == len(of_lines)
        assert int(order["total_amount"]) == int(order["net_amount"]) + int(order["tax_amount"])
        moments.append(datetime.fromisoformat(order["created_at"]))
    assert 355 <= (datetime.now(UTC) - moments[0]).days <= 366
    assert moments[-1] <= datetime.now(UTC)


def test_what_writes_or_locks_is_told_from_what_only_reads():
    assert Statement(APPLY, ()).writes
    assert Statement(LOCK, ()).writes
    assert Statement("set local role someone", ()).writes
    assert not Statement(OUTSTANDING, ()).writes


async def test_what_is_loaded_is_served(owner_url, owner, client, settings):
    await load(owner_url, Sizes(0, SIZES.organisations))
    await asyncio.to_thread(load_market, owner_url, app_url(owner_url), SIZES)
    assert await owner.fetchval("select count(*) from orders_lines") == 320
    shown = await owner.fetchval(
        "select count(*) from catalogue_products where state = 'published' and active and parent_id is null"
    )
    assert await owner.fetchval("select count(*) from catalogue_search") == shown
    found = (await client.get("/api/v1/search", params={"q": "P-00000044"})).json()
    assert [item["sku"] for item in found["items"]] == ["P-00000044"]
    lacking = await owner.fetch(
        "select p.id from catalogue_products p left join catalogue_stock_levels l on l.product_id = p.id"
        " where not p.has_variants group by p.id having p.available <> coalesce(sum(l.on_hand - l.allocated), 0)"
    )
    assert lacking == []
