"""Rows of products by the thousand: read, inserted and changed by single statements."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_row
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.models import Product

PLAIN = (
    "price_amount", "currency", "tax_rate", "unit", "pack_size", "minimum_order", "weight_grams", "length_mm",
    "width_mm", "height_mm", "barcode", "barcode_text", "country", "visibility", "active",
)  # fmt: skip
"""What nobody needs to look at first, whatever the state of the product."""

CONTENT = ("names", "descriptions", "category_id")
"""What a published product changes only after a look at it."""

_WRITTEN = (*PLAIN, *CONTENT, "name", "attributes")
_NEW = (
    "id", "organisation_id", "organisation_name", "sku", "state", "created_by", "version", "available", *_WRITTEN,
)  # fmt: skip

_INSERT = f"""
with made as (
  insert into catalogue_products ({", ".join(_NEW)})
  select {", ".join(_NEW)} from json_populate_recordset(null::catalogue_products, $1::json)
  returning 1
) select count(*) from made
"""
_UPDATE = f"""
with changed as (
  update catalogue_products p
  set {", ".join(f"{name} = r.{name}" for name in _WRITTEN)}, version = p.version + 1, updated_at = now()
  from json_populate_recordset(null::catalogue_products, $1::json) r
  where p.id = r.id and p.organisation_id = r.organisation_id
  returning 1
) select count(*) from changed
"""
_PRICES = """
with made as (
  insert into catalogue_price_changes (id, product_id, organisation_id, before_amount, before_currency,
    after_amount, currency, reason, actor_user_id, actor_name)
  select id, product_id, organisation_id, before_amount, before_currency, after_amount, currency, reason,
    actor_user_id, actor_name
  from json_populate_recordset(null::catalogue_price_changes, $1::json)
  returning 1
) select count(*) from made
"""

# Levels of products that nobody else can know of yet: nothing has to be locked, and no sum to be kept.
_STOCK = """
with first as (
  select * from json_to_recordset($1::json) as r(product_id uuid, on_hand numeric)
), level as (
  insert into catalogue_stock_levels (product_id, location_id, organisation_id, on_hand, version)
  select product_id, $2::uuid, $3::uuid, on_hand, 1 from first
), moved as (
  insert into catalogue_stock_movements (product_id, location_id, organisation_id, kind, quantity, on_hand,
    allocated, reason, actor_user_id, actor_name)
  select product_id, $2::uuid, $3::uuid, 'adjusted', on_hand, on_hand, 0, $4, $5::uuid, $6 from first
) select count(*) from first
"""

_COLUMNS = (
    Product.id, Product.sku, Product.state, Product.parent_id, Product.has_variants,
    *(getattr(Product, name) for name in _WRITTEN),
)  # fmt: skip


async def existing(
    session: AsyncSession, organisation_id: UUID, skus: Sequence[str], *, lock: bool
) -> dict[str, dict[str, Any]]:
    """The supplier's products of these SKUs, by SKU.

    Args:
        lock: until the transaction ends, heads before variants, each in the order of their ids.
    """
    statement = select(*_COLUMNS).where(
        Product.organisation_id == organisation_id,
        Product.sku.in_(skus),
        caller_is(Product.organisation_id),
    )
    if lock:
        statement = statement.order_by(Product.parent_id.is_not(None), Product.id).with_for_update(
            key_share=True
        )
    rows = (await session.execute(statement)).mappings()
    return {row["sku"]: dict(row) for row in rows}


async def ids_of(
    session: AsyncSession, organisation_id: UUID, skus: Sequence[str]
) -> dict[str, UUID]:
    """The supplier's products of these SKUs, not locked."""
    rows = await session.execute(
        select(Product.sku, Product.id).where(
            Product.organisation_id == organisation_id,
            Product.sku.in_(skus),
            caller_is(Product.organisation_id),
        )
    )
    return {key: value for key, value in rows}  # noqa: C416  # a row is no pair to the type checker


async def insert_products(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """New products, by their columns."""
    await _run(session, _INSERT, rows)


async def update_products(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Changed products, locked before: every written column as it shall be."""
    await _run(session, _UPDATE, rows)


async def insert_price_changes(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """What prices were, and became."""
    await _run(session, _PRICES, rows)


async def insert_first_stock(
    session: AsyncSession,
    counts: Mapping[UUID, Decimal],
    *,
    place: UUID,
    actor: Actor,
    reason: str,
) -> None:
    """What lies in a place of products that this transaction has inserted with just that available."""
    if counts:
        rows = [{"product_id": one, "on_hand": quantity} for one, quantity in counts.items()]
        await read_row(
            session,
            _STOCK,
            msgspec.json.encode(rows).decode(),
            place,
            actor.organisation_id,
            reason,
            actor.user_id,
            actor.display_name,
        )


async def _run(session: AsyncSession, sql: str, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await read_row(session, sql, msgspec.json.encode(rows).decode())
