"""Rows of products by the thousand: read and changed by single statements."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_row, read_rows
from karavan.kit.tenancy import CURRENT_ORGANISATION
from karavan.modules.catalogue.importing.packing import packed, unpacked

Found = TypeVar("Found")

PLAIN = (
    "price_amount", "currency", "tax_rate", "unit", "pack_size", "minimum_order", "weight_grams", "length_mm",
    "width_mm", "height_mm", "barcode", "barcode_text", "country", "visibility", "active",
)  # fmt: skip
"""What nobody needs to look at first, whatever the state of the product."""

CONTENT = ("names", "descriptions", "category_id", "attributes")
"""What a published product changes only after a look at it."""

_WRITTEN = (*PLAIN, *CONTENT, "name")
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

# Each SKU is looked up by itself: before the first statistics are there, the planner would rather read all products of a
# supplier and compare each with each SKU of the batch.
_FOUND = f"""array(select found.id from unnest({unpacked("$2", "text")}) as wanted(sku)
  cross join lateral (select p.id from catalogue_products p
    where p.organisation_id = $1 and p.sku_key = upper(wanted.sku) offset 0) found)"""
_EXISTING = f"""
select p.id, p.sku, p.state, p.parent_id, p.has_variants, p.options, p.option_axes,
  (select h.sku from catalogue_products h where h.id = p.parent_id) as parent_sku, {", ".join(f"p.{name}" for name in _WRITTEN)}
from catalogue_products p where p.id = any({_FOUND})
  and ({CURRENT_ORGANISATION} is null or p.organisation_id = {CURRENT_ORGANISATION})
"""
_LOCKED = f"{_EXISTING} order by p.parent_id is not null, p.id for no key update"
_IDS = f"""
select p.id from catalogue_products p where p.id = any({_FOUND})
  and ({CURRENT_ORGANISATION} is null or p.organisation_id = {CURRENT_ORGANISATION})
"""


async def existing(
    session: AsyncSession, organisation_id: UUID, skus: Sequence[str], *, lock: bool
) -> dict[str, dict[str, Any]]:
    """The supplier's products of these SKUs, whatever their case, by the SKU as it was asked for.

    Args:
        lock: until the transaction ends, heads before variants, each in the order of their ids.
    """
    if not skus:
        return {}
    found = await read_rows(session, _LOCKED if lock else _EXISTING, organisation_id, packed(skus))
    rows = (dict(cast("Mapping[str, Any]", one)) for one in found)
    return as_asked(skus, {row["sku"]: row for row in rows})


def as_asked(skus: Iterable[str], found: Mapping[str, Found]) -> dict[str, Found]:
    """What was found by its own SKU, under the SKUs that were asked for: the same spelling first, then any other.

    Goods that differed by case alone before that was refused are still told apart so.
    """
    alike = {sku.upper(): one for sku, one in found.items()}
    both = ((sku, found.get(sku) or alike.get(sku.upper())) for sku in skus)
    return {sku: one for sku, one in both if one is not None}


async def ids_of(session: AsyncSession, organisation_id: UUID, skus: Sequence[str]) -> list[UUID]:
    """The supplier's products of these SKUs, not locked."""
    return [row[0] for row in await read_rows(session, _IDS, organisation_id, packed(skus))]


async def update_products(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Changed products, locked before: every written column as it shall be."""
    await _run(session, _UPDATE, rows)


async def insert_price_changes(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """What prices were, and became."""
    await _run(session, _PRICES, rows)


async def _run(session: AsyncSession, sql: str, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await read_row(session, sql, msgspec.json.encode(rows).decode())
