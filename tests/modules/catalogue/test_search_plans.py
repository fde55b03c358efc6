"""The hot searches among twenty thousand products: by indexes, reading no more than they must."""

from itertools import pairwise
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import text

from karavan.kit.scopes import SYSTEM, Scope
from karavan.modules.catalogue.queries.categories import branch_of
from karavan.modules.catalogue.queries.search import MATCHED_MAX
from karavan.modules.catalogue.queries.search_filter import SearchFilter
from karavan.modules.catalogue.search.ports import SearchRequest
from karavan.modules.catalogue.search.postgres import PostgresSearchIndex
from karavan.modules.catalogue.search.tiers import FIRST_TIER, place_tiers
from tests.factories.shelf import SHELF_COUNT

# Documents of this shelf are copies; a page reads the products themselves.
MAKE_SOLD = """
insert into catalogue_products (id, organisation_id, organisation_name, sku, state, visibility, names, name,
  price_amount, currency, version)
select product_id, organisation_id, 'Dala', 'C-' || product_id, 'published', visibility, '{"ru": "Copy"}', 'Copy',
  price_amount, currency, 1 from catalogue_search
on conflict (id) do nothing
"""
READ = text(
    "select seq_scan, coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relname = 'catalogue_search'"
)


@pytest.fixture
def full_shelf(made) -> list[UUID]:
    """Categories of twenty thousand products, the one with most of them first."""
    return made


async def read_for(database, **wanted) -> tuple[int, int, int]:
    """Sequential scans of the index, rows fetched from it, and how many products were found."""
    request = SearchRequest(
        **{
            "words": "",
            "wanted": SearchFilter(),
            "sort": "relevance",
            "page": 1,
            "size": 20,
            **wanted,
        }
    )
    async with database.transaction(Scope()) as session:
        before = (await session.execute(READ)).one()
        body = msgspec.json.decode(await PostgresSearchIndex().search(session, request))
        after = (await session.execute(READ)).one()
    return after[0] - before[0], after[1] - before[1], body["total"]


# To find the best thousand, tiers are read from the best down: the first whole, then no more than twice what is wanted.
ONE_SET = FIRST_TIER + 2 * MATCHED_MAX


async def test_searches_read_by_indexes(full_shelf, database):
    wide, narrow = full_shelf[0], full_shelf[-1]
    sold_out = SearchFilter(in_stock=True, currency="KZT", price_max=300)
    for wanted, most in (
        ({"words": "кофе новый"}, ONE_SET),
        ({"words": "кофе новый", "wanted": SearchFilter(category_id=wide)}, 2 * ONE_SET),
        (
            {"words": "кофе новый", "wanted": SearchFilter(currency="KZT", price_max=900)},
            2 * ONE_SET,
        ),
        ({"words": "кофе", "sort": "price"}, ONE_SET + SHELF_COUNT // 2),
        ({"words": "кофе", "sort": "newest"}, ONE_SET + SHELF_COUNT // 2),
        ({"sort": "rating"}, ONE_SET + 20),
        ({"sort": "price"}, ONE_SET + 20),
        ({"sort": "newest", "wanted": SearchFilter(in_stock=True)}, ONE_SET + 40),
        ({"wanted": SearchFilter(category_id=narrow)}, 2 * ONE_SET),
        ({"wanted": SearchFilter(category_id=wide), "sort": "price"}, 2 * ONE_SET + 20),
        ({"words": "P-00000042"}, 40),
        ({"wanted": sold_out}, 2 * ONE_SET),
    ):
        scans, fetched, total = await read_for(database, **wanted)
        assert scans == 0, wanted
        assert total > 0, wanted
        assert fetched <= most, (wanted, fetched)
    assert (await read_for(database))[2] == MATCHED_MAX


async def found_for(database, **wanted) -> dict:
    request = {"words": "", "wanted": SearchFilter(), "sort": "relevance", "page": 1, "size": 20}
    async with database.transaction(Scope()) as session:
        asked = SearchRequest(**{**request, **wanted})
        return msgspec.json.decode(await PostgresSearchIndex().search(session, asked))


async def test_what_is_found_is_the_truth(full_shelf, database, owner):
    """Sorted shelves begin with the cheapest of all; ranges of prices that hold few of the best are found in the rest."""
    await owner.execute(MAKE_SOLD)
    # A category with others below it, and what belongs to all of them.
    above = await owner.fetchval(
        "select c.parent_id from catalogue_categories c where c.id = any($1) and c.parent_id is not null limit 1",
        full_shelf,
    )
    async with database.transaction(SYSTEM) as session:
        branch = ", ".join(f"'{one}'" for one in await branch_of(session, above))
    for where, wanted, sort, order in (
        ("true", SearchFilter(), "price", "price_amount, product_id"),
        ("true", SearchFilter(), "newest", "published_at desc, product_id"),
        ("in_stock", SearchFilter(in_stock=True), "-price", "price_amount desc, product_id desc"),
        (
            f"category_id in ({branch})",
            SearchFilter(category_id=above),
            "rating",
            "rating desc, product_id",
        ),
    ):
        rows = await owner.fetch(
            f"select product_id from catalogue_search where visibility <> 'linked' and {where}"
            f" order by {order} limit 20"
        )
        page = await found_for(database, wanted=wanted, sort=sort)
        assert [one["id"] for one in page["items"]] == [str(row[0]) for row in rows], sort
    low, high = await owner.fetchrow(
        "select min(price_amount), max(price_amount) from (select price_amount from catalogue_search"
        " where visibility <> 'linked' order by price_amount desc limit 60) dear"
    )
    narrow = SearchFilter(currency="KZT", price_min=low, price_max=high)
    page = await found_for(database, wanted=narrow, size=100)
    truth = await owner.fetchval(
        "select count(*) from catalogue_search where visibility <> 'linked' and price_amount between $1 and $2",
        low,
        high,
    )
    assert (page["total"], page["total_is_capped"], len(page["items"])) == (truth, False, truth)
    (prices,) = page["facets"]["prices"]["items"]
    assert page["facets"]["prices"]["capped"]
    assert prices["min"] < low
    assert prices["max"] == high


async def test_tiers_hold_the_best_and_follow_the_shelf(full_shelf, database, owner):
    sizes = await owner.fetch(
        "select count(*), min(quality), max(quality) from catalogue_search group by tier order by tier"
    )
    assert [row["count"] for row in sizes] == [
        FIRST_TIER,
        FIRST_TIER,
        2 * FIRST_TIER,
        SHELF_COUNT - 4 * FIRST_TIER,
    ]
    for better, worse in pairwise(sizes):
        assert better["min"] >= worse["max"]
    # Neither is anything moved when tiers are still about as large as meant, nor is a product out of place lost.
    await owner.execute(
        "delete from catalogue_search where product_id in"
        " (select product_id from catalogue_search where tier = 0 limit 1000)"
    )
    assert [moved async for moved in place_tiers(database)] == []
    await owner.execute("delete from catalogue_search where tier = 0")
    await owner.execute(
        "update catalogue_search set tier = 5 where quality = (select max(quality) from catalogue_search)"
    )
    moves = [moved async for moved in place_tiers(database)]
    assert moves[-1] > FIRST_TIER
    assert (
        await owner.fetchval("select count(*) from catalogue_search where tier = 0") == FIRST_TIER
    )
    assert (
        await owner.fetchval("select tier from catalogue_search order by quality desc limit 1") == 0
    )
