"""Products for tests of the search: rows written past the application, indexed as a worker would."""

import json
from typing import Any
from uuid import UUID

import asyncpg

from karavan.kit.db import Database
from karavan.kit.ids import new_id
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.search.indexing import index_products


async def put_product(
    owner: asyncpg.Connection, organisation_id: UUID, name: str, **facts: Any
) -> UUID:
    """A product that is published and shown to everybody; its id."""
    product_id = facts.pop("id", None) or new_id()
    names = facts.pop("names", {"ru": name})
    row = {
        "id": product_id,
        "organisation_id": organisation_id,
        "organisation_name": "Dala Trade",
        "sku": f"SKU-{str(product_id)[-8:]}",
        "state": "published",
        "visibility": "both",
        "names": json.dumps(names),
        "name": name,
        "price_amount": 100_000,
        "currency": "KZT",
        "available": 10,
        "version": 1,
        **facts,
    }
    for key in ("descriptions", "attributes", "options", "images"):
        if key in row:
            row[key] = json.dumps(row[key])
    columns = ", ".join(row)
    places = ", ".join(f"${number + 1}" for number in range(len(row)))
    await owner.execute(
        f"insert into catalogue_products ({columns}) values ({places})", *row.values()
    )
    return product_id


async def index_now(database: Database, *product_ids: UUID) -> int:
    """Index as a worker does."""
    async with database.transaction(SYSTEM) as session:
        return await index_products(session, product_ids)


async def category_id_of(owner: asyncpg.Connection, code: str) -> UUID:
    """A category that the platform ships with."""
    return await owner.fetchval("select id from catalogue_categories where code = $1", code)
