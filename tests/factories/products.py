"""Products for tests, made through the public API."""

from typing import Any

import asyncpg

from tests.factories.accounts import Account
from tests.factories.procurement import kzt, ok

PRODUCTS = "/api/v1/products"


async def some_category(owner: asyncpg.Connection, code: str | None = None) -> str:
    """A category that the platform ships with and that asks for nothing in particular."""
    found = await owner.fetchval(
        """select c.id from catalogue_categories c
           where c.archived_at is null and ($1::text is null or c.code = $1) and not exists (
             with recursive above as (
               select c.id, c.parent_id union all
               select p.id, p.parent_id from catalogue_categories p join above a on p.id = a.parent_id)
             select 1 from catalogue_category_attributes x
             where x.category_id in (select id from above) and x.required)
           order by c.code limit 1""",
        code,
    )
    return str(found)


def product_body(**overrides: Any) -> dict[str, Any]:
    """The body of a product; without a category it cannot be proposed yet."""
    return {
        "sku": "KOFE-1",
        "names": {"en": "Arabica beans", "ru": "Кофе в зёрнах"},
        "descriptions": {"ru": "Средняя обжарка."},
        "price": kzt(150_000),
        "tax_rate": "12",
        "unit": "KGM",
        "pack_size": "1",
        "minimum_order": "5",
        **overrides,
    }


async def make_product(account: Account, **overrides: Any) -> dict[str, Any]:
    """A draft."""
    return ok(await account.client.post(PRODUCTS, json=product_body(**overrides)), 201)


async def make_published(
    account: Account, owner: asyncpg.Connection, **overrides: Any
) -> dict[str, Any]:
    """A published product."""
    overrides.setdefault("category_id", await some_category(owner))
    product = await make_product(account, **overrides)
    return ok(await account.client.post(f"{PRODUCTS}/{product['id']}/propose", json={}))


async def put_stock(
    account: Account, product_id: str, quantity: str, **fields: Any
) -> dict[str, Any]:
    """Goods that have arrived."""
    body = {"kind": "receive", "quantity": quantity, **fields}
    return ok(await account.client.post(f"{PRODUCTS}/{product_id}/stock", json=body))
