"""Reads of stock."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json, read_row
from karavan.kit.errors import NotFoundError
from karavan.kit.json_sql import moment
from karavan.kit.pagination import CursorParameters
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.models import StockLocation
from karavan.modules.catalogue.queries.product_json import number
from karavan.modules.catalogue.queries.product_rows import own_product
from karavan.modules.catalogue.queries.products import feed

_LEVELS = f"""
select json_build_object(
  'product_id', p.id, 'unit', p.unit,
  'on_hand', {number("coalesce(sum(l.on_hand), 0)")},
  'allocated', {number("coalesce(sum(l.allocated), 0)")},
  'available', {number("coalesce(sum(l.on_hand - l.allocated), 0)")},
  'levels', coalesce(json_agg(json_build_object(
    'location', json_build_object('id', o.id, 'name', o.name, 'address', o.address,
      'position', o.position, 'version', o.version),
    'on_hand', {number("l.on_hand")}, 'allocated', {number("l.allocated")},
    'available', {number("l.on_hand - l.allocated")}, 'version', l.version,
    'updated_at', {moment("l.updated_at")}) order by o.position, o.id)
    filter (where o.id is not null), '[]'::json)
)::text
from catalogue_products p
left join (catalogue_stock_levels l join catalogue_stock_locations o on o.id = l.location_id)
  on l.product_id = p.id
where p.id = $1 and p.organisation_id = $2 group by p.id
"""

_MOVEMENTS = f"""
select json_build_object('items', coalesce(json_agg(json_build_object(
    'sequence', m.sequence, 'kind', m.kind, 'quantity', {number("m.quantity")},
    'on_hand', {number("m.on_hand")}, 'allocated', {number("m.allocated")},
    'location_name', coalesce(o.name, ''), 'reason', m.reason, 'order_id', m.order_id,
    'actor_name', m.actor_name, 'created_at', {moment("m.created_at")}) order by m.sequence desc)
    filter (where m.place <= $4), '[]'::json),
  'next', null)::text as body,
  min(m.sequence) filter (where m.place = $4) as last, count(*) > $4 as more
from (
  select *, row_number() over (order by sequence desc) as place from catalogue_stock_movements
  where product_id = $1 and organisation_id = $2 and ($3::bigint is null or sequence < $3)
  order by sequence desc limit $4 + 1
) m left join catalogue_stock_locations o on o.id = m.location_id
"""


async def stock_page(session: AsyncSession, actor: Actor, product_id: UUID) -> bytes:
    """What lies where of a product, as JSON.

    Raises:
        NotFoundError: it is no product of the actor's organisation.
    """
    body = await read_json(session, _LEVELS, product_id, actor.organisation_id)
    if body is None:
        raise NotFoundError
    return body


async def movements(
    session: AsyncSession, actor: Actor, product_id: UUID, cursor: CursorParameters
) -> bytes:
    """A stretch of a product's movements, the newest first, as JSON.

    Raises:
        NotFoundError: it is no product of the actor's organisation.
        ValidationError: the cursor is none of ours.
    """
    await own_product(session, product_id)
    row = await read_row(
        session,
        _MOVEMENTS,
        product_id,
        actor.organisation_id,
        cursor.position(),
        cursor.size,
    )
    assert row is not None
    body, last, more = row
    return feed(body, CursorParameters.encode(last) if more else None)


async def list_locations(session: AsyncSession) -> list[StockLocation]:
    """The caller's places, in the order in which orders are served from them."""
    found = await session.scalars(
        select(StockLocation)
        .where(caller_is(StockLocation.organisation_id))
        .order_by(StockLocation.position, StockLocation.id)
    )
    return list(found)
