"""The hot searches among fifty thousand products: by indexes, reading no more than they must."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import text

from bench.goods import copy_products, products
from karavan.kit.db import Scope
from karavan.modules.catalogue.queries.search import MATCHED_MAX, SearchFilter
from karavan.modules.catalogue.search.ports import SearchRequest
from karavan.modules.catalogue.search.postgres import PostgresSearchIndex
from karavan.modules.catalogue.search_tasks import rebuild
from tests.factories.accounts import register

COUNT, COPIED = 2_500, 50_000

MANY = """
insert into catalogue_search
select copied.* from catalogue_search s, generate_series(1, $1::integer) n,
  lateral jsonb_populate_record(s, jsonb_build_object('product_id', gen_random_uuid(),
    'quality', s.quality + random() * 0.01, 'price_amount', s.price_amount + n)) copied
"""
READ = text(
    "select seq_scan, coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relname = 'catalogue_search'"
)


@pytest.fixture
async def full_shelf(app, owner, database):
    seller = await register(app, role="vendor")
    categories = [row["id"] for row in await owner.fetch("select id from catalogue_categories")]
    rows = products(COUNT, [seller.organisation_id], categories, datetime.now(UTC))
    await copy_products(owner, rows)
    async for _ in rebuild(database):
        pass
    await owner.execute(MANY, COPIED // COUNT - 1)
    await owner.execute("vacuum analyze catalogue_search")
    held = await owner.fetch(
        "select category_id from catalogue_search group by 1 order by count(*) desc, 1"
    )
    return [row["category_id"] for row in held]


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
        body = msgspec.json.decode(await PostgresSearchIndex().search(session, request))
        scans, fetched = (await session.execute(READ)).one()
    return scans, fetched, body["total"]


async def test_searches_read_by_indexes(full_shelf, database):
    wide, narrow = full_shelf[0], full_shelf[-1]
    for wanted in (
        {"words": "кофе новый"},
        {"words": "кофе новый", "wanted": SearchFilter(category_id=wide)},
        {"words": "кофе", "sort": "price"},
        {"words": "кофе", "sort": "newest"},
        {"sort": "rating"},
        {"wanted": SearchFilter(category_id=narrow)},
        {"words": "P-00000042"},
        {"wanted": SearchFilter(currency="KZT", price_max=300)},
    ):
        scans, fetched, total = await read_for(database, **wanted)
        assert scans == 0, wanted
        assert total > 0, wanted
        # The commonest word of all stands in every sixth name, and is read twice: for facets and for its order.
        assert fetched <= 2 * COPIED, (wanted, fetched)


async def test_what_is_found_is_counted_to_a_limit(full_shelf, database):
    assert isinstance(full_shelf[0], UUID)
    scans, _, total = await read_for(database)
    assert (scans, total) == (0, MATCHED_MAX)
