"""Statements of `stock.py`: one round trip each, and every lock in the order that it promises."""

# The array goes through one of unknown length: one of known length makes a plan of its own seem cheaper each time than the
# one that is kept, and planning takes longer than locking. It is joined, as without statistics the table may be
# read from end to end, and then each row would be compared with each element.
LOCK = """
with locked as (
  select l.product_id, l.location_id, l.organisation_id, l.on_hand, l.allocated, l.version
  from unnest(array(select distinct unnest($1::uuid[]))) as wanted(id)
  join catalogue_stock_levels l on l.product_id = wanted.id
  order by l.product_id, l.location_id
  for no key update of l
)
select json_agg(json_build_object(
  'product', locked.product_id, 'location', locked.location_id, 'version', locked.version,
  'on_hand', locked.on_hand::text, 'allocated', locked.allocated::text
) order by p.position, locked.location_id)::text
from locked join catalogue_stock_locations p on p.id = locked.location_id
"""

ENSURE = """
with opened as (
  insert into catalogue_stock_levels (product_id, location_id, organisation_id, version)
  select p.id, l.id, p.organisation_id, 1
  from unnest($1::uuid[], $2::uuid[]) as wanted(product_id, location_id)
  join catalogue_products p on p.id = wanted.product_id
  join catalogue_stock_locations l
    on l.id = wanted.location_id and l.organisation_id = p.organisation_id
  order by p.id, l.id
  on conflict (product_id, location_id) do nothing
  returning 1
)
select count(*) from opened
"""

OUTSTANDING = """
select json_agg(json_build_object('product', o.product_id, 'location', o.location_id, 'quantity', o.quantity::text)
  order by o.position, o.location_id)::text
from (
  select m.product_id, m.location_id, p.position, sum(m.quantity) as quantity
  from catalogue_stock_movements m join catalogue_stock_locations p on p.id = m.location_id
  where m.order_id = $1 and m.kind in ('allocated', 'released', 'shipped')
  group by m.product_id, m.location_id, p.position having sum(m.quantity) > 0
) o
"""

# One statement: levels, their movements, and what the products and the heads of their families offer in all.
APPLY = """
with change as (
  select * from unnest($1::uuid[], $2::uuid[], $3::numeric[], $4::numeric[])
    as c(product_id, location_id, on_hand, allocated)
), changed as (
  update catalogue_stock_levels l
  set on_hand = l.on_hand + c.on_hand, allocated = l.allocated + c.allocated,
    version = l.version + 1, updated_at = now()
  from change c where l.product_id = c.product_id and l.location_id = c.location_id
  returning l.product_id, l.location_id, l.organisation_id, l.on_hand, l.allocated,
    c.on_hand as more_on_hand, c.allocated as more_allocated
), moved as (
  insert into catalogue_stock_movements (product_id, location_id, organisation_id, kind, quantity,
    on_hand, allocated, reason, order_id, actor_user_id, actor_name)
  select product_id, location_id, organisation_id, $5::text,
    case when $5::text in ('allocated', 'released') then more_allocated else more_on_hand end,
    on_hand, allocated, $6::text, $7::uuid, $8::uuid, $9::text
  from changed order by product_id, location_id
), difference as (
  select kept.id, sum(c.on_hand - c.allocated) as more
  from change c join catalogue_products q on q.id = c.product_id
  cross join lateral (values (q.id), (case when q.state <> 'archived' then q.parent_id end)) as kept(id)
  where kept.id is not null group by kept.id having sum(c.on_hand - c.allocated) <> 0
), locked as (
  select p.id, d.more from catalogue_products p join difference d on d.id = p.id
  order by (p.parent_id is not null), p.id
  for no key update of p
), kept as (
  update catalogue_products p set available = p.available + locked.more,
    ordered_at = case when $5::text = 'allocated' then coalesce(p.ordered_at, now()) else p.ordered_at end
  from locked where p.id = locked.id
  returning p.id, p.organisation_id, p.parent_id, p.available - locked.more as before, p.available as after
)
select json_agg(json_build_object('id', id, 'organisation', organisation_id, 'parent', parent_id,
  'before', before::text, 'after', after::text) order by id)::text
from kept
"""
