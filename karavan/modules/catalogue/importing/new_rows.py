"""New products by the thousand: product, first price and first stock in one statement, its values column by column."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_row
from karavan.kit.ids import new_ids
from karavan.modules.catalogue.importing.packing import packed, unpacked
from karavan.modules.catalogue.states import ProductState


class NewProduct(NamedTuple):
    """A product that is not there yet; names and descriptions as JSON. Category and attributes are found later."""

    sku: str
    name: str
    names: str
    descriptions: str
    price_amount: int
    currency: str
    tax_rate: Decimal
    unit: str
    pack_size: Decimal
    minimum_order: Decimal
    weight_grams: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    barcode: str | None
    barcode_text: str | None
    country: str | None
    visibility: str
    active: bool
    stock: Decimal | None


class Filing(NamedTuple):
    """Where a new product belongs: its category, and what the category asks for as JSON."""

    category_id: UUID | None
    attributes: str


_COLUMNS = (*NewProduct._fields, *Filing._fields)
_TYPES = {
    "sku": "text", "name": "text", "names": "text", "descriptions": "text", "category_id": "uuid", "attributes": "text",
    "price_amount": "bigint", "currency": "text", "tax_rate": "numeric", "unit": "text", "pack_size": "numeric",
    "minimum_order": "numeric", "weight_grams": "bigint", "length_mm": "bigint", "width_mm": "bigint",
    "height_mm": "bigint", "barcode": "text", "barcode_text": "text", "country": "text", "visibility": "text",
    "active": "boolean", "stock": "numeric",
}  # fmt: skip
_AS_THEY_ARE = tuple(
    name for name in _COLUMNS if name not in {"names", "descriptions", "attributes", "stock"}
)
_ARRAYS = {"id": "uuid", "change_id": "uuid", **{name: _TYPES[name] for name in _COLUMNS}}
_FIRST_SCALAR = len(_ARRAYS) + 1
_ORGANISATION, _ORGANISATION_NAME, _USER, _USER_NAME, _REASON, _PLACE = (
    f"${_FIRST_SCALAR + place}" for place in range(6)
)
_PARTS = ", ".join(
    f"{unpacked(f'${n}', kind)} as {name}" for n, (name, kind) in enumerate(_ARRAYS.items(), 1)
)
# What all rows say alike comes once, in an array of one, and holds for all of them.
_VALUES = ", ".join(
    f"case cardinality(a.{name}) when 1 then a.{name}[1] else u.{name} end as {name}"
    for name in _COLUMNS
)
_INSERT = f"""
with a as materialized (select {_PARTS}), r as materialized (
  select u.id, u.change_id, {_VALUES}
  from a, unnest({", ".join(f"a.{name}" for name in _ARRAYS)}) as u({", ".join(_ARRAYS)})
), made as (
  insert into catalogue_products (id, organisation_id, organisation_name, state, created_by, version,
    names, descriptions, attributes, available, {", ".join(_AS_THEY_ARE)})
  select id, {_ORGANISATION}::uuid, {_ORGANISATION_NAME}::text, '{ProductState.DRAFT.value}', {_USER}::uuid, 1,
    names::jsonb, descriptions::jsonb, attributes::jsonb, coalesce(stock, 0), {", ".join(_AS_THEY_ARE)} from r
), priced as (
  insert into catalogue_price_changes (id, product_id, organisation_id, after_amount, currency, reason,
    actor_user_id, actor_name)
  select change_id, id, {_ORGANISATION}::uuid, price_amount, currency, {_REASON}::text, {_USER}::uuid,
    {_USER_NAME}::text from r
), level as (
  insert into catalogue_stock_levels (product_id, location_id, organisation_id, on_hand, version)
  select id, {_PLACE}::uuid, {_ORGANISATION}::uuid, stock, 1 from r where stock > 0
), moved as (
  insert into catalogue_stock_movements (product_id, location_id, organisation_id, kind, quantity, on_hand,
    allocated, reason, actor_user_id, actor_name)
  select id, {_PLACE}::uuid, {_ORGANISATION}::uuid, 'adjusted', stock, stock, 0, {_REASON}::text, {_USER}::uuid,
    {_USER_NAME}::text from r where stock > 0
) select count(*) from r
"""


async def insert_new(
    session: AsyncSession,
    rows: Sequence[NewProduct],
    filings: Sequence[Filing],
    *,
    actor: Actor,
    place: UUID | None,
    reason: str,
) -> list[UUID]:
    """Insert products with their first prices and stock. Nobody else can know of them yet: nothing has to be locked.

    Args:
        filings: one for each of the rows.
        place: where stock is counted; needed when any row has some.
        reason: stands with prices and movements.

    Returns:
        The identifiers, in the order of the rows.
    """
    if not rows:
        return []
    ids, change_ids = new_ids(len(rows)), new_ids(len(rows))
    columns = [
        packed(column[:1] if column.count(column[0]) == len(column) else column)
        for column in (*zip(*rows, strict=True), *zip(*filings, strict=True))
    ]
    await read_row(
        session,
        _INSERT,
        packed(ids),
        packed(change_ids),
        *columns,
        actor.organisation_id,
        actor.organisation_name,
        actor.user_id,
        actor.display_name,
        reason,
        place,
    )
    return ids
