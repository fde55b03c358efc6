"""A shelf so full that a search which reads all of it would be seen."""

from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from fastapi import FastAPI

from bench.goods import copy_products, products
from karavan.modules.catalogue.search.tiers import place_tiers
from karavan.modules.catalogue.search_tasks import rebuild
from tests.factories.accounts import register

SHELF_COUNT = 20_000
_PRODUCT_COUNT = 2_000

_MANY = """
insert into catalogue_search
select copied.* from catalogue_search s, generate_series(1, $1::integer) n,
  lateral jsonb_populate_record(s, jsonb_build_object('product_id', gen_random_uuid(),
    'quality', s.quality + random() * 0.01, 'price_amount', s.price_amount + n)) copied
"""


async def make_full_shelf(app: FastAPI, owner: asyncpg.Connection) -> list[UUID]:
    """Index products and copies of them; the categories that hold some, the fullest first."""
    seller = await register(app, role="vendor")
    categories = [row["id"] for row in await owner.fetch("select id from catalogue_categories")]
    rows = products(_PRODUCT_COUNT, [seller.organisation_id], categories, datetime.now(UTC))
    await copy_products(owner, rows)
    async for _ in rebuild(app.state.database):
        pass
    await owner.execute(_MANY, SHELF_COUNT // _PRODUCT_COUNT - 1)
    async for _ in place_tiers(app.state.database):
        pass
    await owner.execute("vacuum analyze catalogue_search")
    held = await owner.fetch(
        "select category_id from catalogue_search group by 1 order by count(*) desc, 1"
    )
    return [row["category_id"] for row in held]
