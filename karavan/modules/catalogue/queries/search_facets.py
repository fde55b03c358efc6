"""The facets of a search, counted over `found`: `of_facet` is empty for what matches everything, and the name of a facet for
what that one offers besides its choice.
"""

_VALUES_MAX = 40


def capped(facet: str) -> str:
    """Whether there is more than was counted for a facet; for the page itself where it has no name."""
    return f"coalesce((select bool_or(capped) from sizes where of_facet in ('', '{facet}')), false)"


_CATEGORIES = f"""(
  with recursive up as (
    select category_id as id, count(*) as n from found
    where of_facet in ('', 'categories') and category_id is not null group by 1
    union all
    select c.parent_id, up.n from up join catalogue_categories c on c.id = up.id
    where c.parent_id is not null
  ), summed as (select id, sum(n)::bigint as n from up group by id)
  select coalesce(json_agg(json_build_object('id', t.id, 'code', t.code, 'names', t.names,
      'parent_id', t.parent_id, 'count', t.n, 'chosen', t.chosen)
    order by t.chosen desc, t.n desc, t.id), '[]'::json)
  from (select c.id, c.code, c.names, c.parent_id, s.n, c.id is not distinct from $14::uuid as chosen
    from (select * from summed order by id is not distinct from $14::uuid desc, n desc, id
      limit {_VALUES_MAX * 2}) s
    join catalogue_categories c on c.id = s.id) t
)"""
_SUPPLIERS = f"""(
  select coalesce(json_agg(json_build_object('id', t.organisation_id, 'name', t.name, 'count', t.n,
      'chosen', t.chosen) order by t.chosen desc, t.n desc, t.name, t.organisation_id), '[]'::json)
  from (select organisation_id, max(organisation_name) as name, count(*) as n,
      organisation_id = any($15::uuid[]) as chosen
    from found where of_facet in ('', 'suppliers') group by organisation_id
    order by chosen desc, n desc, name, organisation_id limit {_VALUES_MAX}) t
)"""
# To the values of an attribute in which something is chosen come those that are beyond the choice.
_ATTRIBUTES = f"""(
  with valued as (
    select f.of_facet, v.value, split_part(v.value, '=', 1) as code, count(*) as n
    from found f cross join lateral unnest(f.facets) as v(value) group by 1, 2
  ), counted as (
    select code, substr(value, length(code) + 2) as value, value = any($16::text[]) as chosen, sum(n)::bigint as n
    from valued where of_facet = '' or of_facet = 'attribute:' || code group by code, valued.value
  ), ranked as (
    select *, row_number() over (partition by code order by chosen desc, n desc, value) as place,
      sum(n) over (partition by code) as weight
    from counted
  ), shown as materialized (
    select code, max(weight) as weight from ranked group by code order by 2 desc, 1 limit 20
  )
  select coalesce(json_agg(json_build_object(
      'code', c.code, 'names', a.names, 'kind', a.kind, 'unit', a.unit,
      'capped', coalesce((select bool_or(capped) from sizes
        where of_facet in ('', 'attribute:' || c.code)), false),
      'values', (select json_agg(json_build_object('value', r.value, 'count', r.n, 'chosen', r.chosen,
          'names', (select o.value -> 'names' from jsonb_array_elements(a.options) o
                    where o.value ->> 'code' = r.value limit 1))
          order by r.chosen desc, r.n desc, r.value)
        from ranked r where r.code = c.code and r.place <= {_VALUES_MAX}))
    order by c.weight desc, c.code), '[]'::json)
  from shown c left join lateral (
    select * from catalogue_category_attributes t where t.code = c.code
    order by t.created_at, t.id limit 1) a on true
)"""
_PRICES = """(
  select coalesce(json_agg(json_build_object('currency', t.currency, 'min', t.low, 'max', t.high,
    'count', t.n) order by t.n desc, t.currency), '[]'::json)
  from (select currency, min(price_amount) as low, max(price_amount) as high, count(*) as n
    from found where of_facet in ('', 'prices') group by currency) t
)"""

FACETS = f"""json_build_object(
    'categories', json_build_object('capped', {capped("categories")}, 'items', {_CATEGORIES}),
    'suppliers', json_build_object('capped', {capped("suppliers")}, 'items', {_SUPPLIERS}),
    'attributes', {_ATTRIBUTES},
    'prices', json_build_object('capped', {capped("prices")}, 'items', {_PRICES}),
    'in_stock', json_build_object('capped', {capped("in_stock")},
      'count', (select count(*) from found where of_facet = '' and in_stock))
  )"""
"""Needs `found` and `sizes`; `$14` is the chosen category, `$15` suppliers, `$16` values of attributes."""
