"""Loading the market in three processes at once: for the catalogue with its prices, for its search index, and for orders."""

import asyncio
import json
import multiprocessing
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from bench.identifiers import (
    ASSIGNMENT,
    ATTRIBUTE,
    CATEGORY,
    LINK,
    LOCATION,
    ORGANISATION,
    PRICE_LIST,
    TERMS,
    USER,
    identifier,
    in_sql,
)
from bench.trade import documents, orders, products
from bench.trade.copying import Took, bare, connected, copy, copy_together
from bench.trade.sizes import CATEGORIES, TradeSizes
from bench.trade.words import COLOURS
from karavan.kit.db import Database
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.price_resolving import resolve_supplier

Loader = Callable[[str, str, TradeSizes, Took], Coroutine[Any, Any, None]]

_CREDIT_AMOUNT = 10**15
_FORWARDED = (
    "currency credit_limit_amount payment_days consumer_organisation_id supplier_organisation_id"
).split()

# The leaves that the platform ships with, once more, under identifiers that can be counted.
_LEAVES = f"""
insert into catalogue_categories (id, parent_id, code, names, position, version)
select {in_sql(CATEGORY, "place - 1")}, parent_id, 'market-' || place, names, 1000 + place, 1
from (
  select c.*, row_number() over (order by c.code) as place from catalogue_categories c
  where not exists (select 1 from catalogue_categories below where below.parent_id = c.id)
) leaves where place <= {CATEGORIES}
"""
_COLOUR = f"""
insert into catalogue_category_attributes
  (id, category_id, code, kind, names, options, filterable, position)
select {in_sql(ATTRIBUTE, "n")}, {in_sql(CATEGORY, "n")}, 'colour', 'choice',
  '{{"en": "Colour", "ru": "Цвет", "kk": "Түс"}}', $1::jsonb, true, 100
from generate_series(0, {CATEGORIES} - 1) n
on conflict (category_id, code) do nothing
"""


def load_market(owner_url: str, app_url: str, sizes: TradeSizes) -> Took:
    """Fill a migrated database that has the market's organisations already.

    Returns:
        Seconds of each part. Those of the catalogue, of its index and of orders pass at the same time.
    """
    asyncio.run(_load_what_is_referred_to(owner_url, sizes))
    loaders = (_load_orders, _load_catalogue, _load_index)
    with multiprocessing.get_context("spawn").Pool(len(loaders)) as pool:
        parts = [pool.apply_async(_timed, (one, owner_url, app_url, sizes)) for one in loaders]
        took = {name: seconds for part in parts for name, seconds in part.get().items()}
    started = time.monotonic()
    asyncio.run(_finish(owner_url))
    return {**took, "vacuum": time.monotonic() - started}


def _timed(load: Loader, owner_url: str, app_url: str, sizes: TradeSizes) -> Took:
    took: Took = {}
    asyncio.run(load(owner_url, app_url, sizes, took))
    return took


async def _finish(owner_url: str) -> None:
    async with connected(owner_url) as connection:
        await connection.execute("vacuum analyze")
        await connection.execute("checkpoint")


async def _load_what_is_referred_to(owner_url: str, sizes: TradeSizes) -> None:
    async with connected(owner_url) as connection:
        await _load_links(connection, sizes)
        await _load_shelves(connection, sizes)


async def _load_links(connection: asyncpg.Connection, sizes: TradeSizes) -> None:
    now = datetime.now(UTC)
    links: list[tuple[Any, ...]] = []
    terms: list[tuple[Any, ...]] = []
    for buyer in range(sizes.buyers):
        for nth in range(sizes.links):
            number, supplier = orders.link_of(sizes, buyer, nth)
            own = sizes.suppliers + buyer
            agreed = (
                *("KZT", _CREDIT_AMOUNT, 14),
                *(identifier(ORGANISATION, own), identifier(ORGANISATION, supplier)),
            )
            link = identifier(LINK, number)
            said = f"Company {own}", f"Company {supplier}", f"Person {own}"
            expires_at = now + timedelta(days=14)
            who = identifier(USER, own)
            links.append((link, "accepted", 1, *said, *agreed, who, expires_at, now, 1))
            terms.append((identifier(TERMS, number), link, 1, *agreed))
    await connection.copy_records_to_table(
        "links_links",
        columns=[
            *"id state terms_version consumer_organisation_name supplier_organisation_name".split(),
            "requested_by_name",
            *_FORWARDED,
            *"requested_by expires_at decided_at version".split(),
        ],
        records=links,
    )
    await connection.copy_records_to_table(
        "links_terms", columns=["id", "link_id", "number", *_FORWARDED], records=terms
    )


async def _load_orders(owner_url: str, _app_url: str, sizes: TradeSizes, took: Took) -> None:
    tables = {
        "orders_orders": orders.ORDER_COLUMNS,
        "orders_lines": orders.LINE_COLUMNS,
        "orders_moves": orders.MOVE_COLUMNS,
    }
    async with (
        connected(owner_url) as connection,
        bare(connection, "orders", list(tables), took),
    ):
        await copy_together(owner_url, tables, orders.order_chunks(sizes))


async def _load_catalogue(owner_url: str, app_url: str, sizes: TradeSizes, took: Took) -> None:
    async with connected(owner_url) as connection:
        tables = ["catalogue_products", "catalogue_stock_levels", "catalogue_list_prices"]
        async with bare(connection, "catalogue", tables, took):
            rows = products.product_rows(sizes)
            await copy(connection, "catalogue_products", products.PRODUCT_COLUMNS, rows)
            rows = products.level_rows(sizes)
            await copy(connection, "catalogue_stock_levels", products.LEVEL_COLUMNS, rows)
            rows = products.step_rows(sizes)
            await copy(connection, "catalogue_list_prices", products.STEP_COLUMNS, rows)
    database = Database(app_url, pool_size=2)
    started = time.monotonic()
    for supplier in range(sizes.suppliers):
        await resolve_supplier(database, identifier(ORGANISATION, supplier))
    took["prices resolved"] = time.monotonic() - started
    await database.close()


async def _load_shelves(connection: asyncpg.Connection, sizes: TradeSizes) -> None:
    """Categories, places and price lists: what products refer to."""
    await connection.execute(_LEAVES)
    colours = [
        {"code": en, "names": {"en": en.title(), "ru": ru, "kk": kk}} for ru, en, kk in COLOURS
    ]
    await connection.execute(_COLOUR, json.dumps(colours, ensure_ascii=False))
    await connection.execute("update catalogue_category_tree set revision = revision + 1")
    await connection.copy_records_to_table(
        "catalogue_stock_locations",
        columns="id organisation_id name position version".split(),
        records=_locations(sizes),
    )
    suppliers = range(sizes.suppliers)
    await connection.copy_records_to_table(
        "catalogue_price_lists",
        columns="id organisation_id name currency version".split(),
        records=[
            (identifier(PRICE_LIST, one), identifier(ORGANISATION, one), "Wholesale", "KZT", 1)
            for one in suppliers
        ],
    )
    await connection.copy_records_to_table(
        "catalogue_price_assignments",
        columns="id list_id organisation_id kind target_id".split(),
        records=[
            (
                identifier(ASSIGNMENT, one),
                identifier(PRICE_LIST, one),
                identifier(ORGANISATION, one),
                "everybody",
                identifier(ORGANISATION, one),
            )
            for one in suppliers
        ],
    )


def _locations(sizes: TradeSizes) -> Iterator[tuple[Any, ...]]:
    for supplier in range(sizes.suppliers):
        for place in range(products.PLACES):
            number = supplier * products.PLACES + place
            yield (
                identifier(LOCATION, number),
                identifier(ORGANISATION, supplier),
                f"Warehouse {place + 1}",
                place,
                1,
            )


async def _load_index(owner_url: str, app_url: str, sizes: TradeSizes, took: Took) -> None:
    vocabulary = documents.Vocabulary()
    database = Database(app_url, pool_size=1)
    async with database.transaction(SYSTEM) as session:
        book = await documents.prepared(session)
    await database.close()
    async with connected(owner_url) as connection:
        async with bare(connection, "search", ["catalogue_search"], took):
            rows = documents.document_rows(book, sizes, vocabulary)
            await copy(connection, "catalogue_search", documents.DOCUMENT_COLUMNS, rows)
        await connection.copy_records_to_table(
            "catalogue_search_tiers",
            columns=["tier", "quality_from"],
            records=enumerate(documents.tier_ends(sizes)),
        )
        await connection.execute("truncate catalogue_search_words")
        await connection.copy_records_to_table(
            "catalogue_search_words", columns=documents.WORD_COLUMNS, records=vocabulary.rows()
        )
