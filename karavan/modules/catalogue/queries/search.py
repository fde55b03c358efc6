"""The page of a search and its facets: one statement, whose rows pass the policies of products once more.

A facet is counted without its own choice (so the others of it stay open), hence one set of matches for each facet in
which something is chosen, and one with everything chosen for the rest. Each set ends at `MATCHED_MAX`, the best by
quality; counts say so where that is less than there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json, read_row
from karavan.kit.json_sql import money
from karavan.modules.catalogue.queries.categories import branch_sql
from karavan.modules.catalogue.search.category_book import facet
from karavan.modules.catalogue.search.interpreting import Attempt

MATCHED_MAX = 1_000
SUGGESTED_FROM = 300
_VALUES_MAX = 40

_SORTS = {
    "relevance": "m.score desc, s.quality desc, s.product_id",
    "price": "s.price_amount, s.product_id",
    "-price": "s.price_amount desc, s.product_id desc",
    "rating": "s.rating desc, s.product_id",
    "newest": "s.published_at desc, s.product_id",
}

_ITEM = f"""json_build_object(
  'id', p.id, 'sku', p.sku, 'name', p.name, 'names', p.names,
  'organisation', json_build_object('id', p.organisation_id, 'name', p.organisation_name),
  'category_id', p.category_id, 'price', {money("p.price_amount", "p.currency")},
  'your_tiers', null::json, 'unit', p.unit, 'minimum_order', trim_scale(p.minimum_order)::text,
  'image', p.images -> 0, 'has_variants', p.has_variants, 'in_stock', p.available > 0,
  'rating', case when p.rating_count > 0
    then round(p.rating_sum::numeric / p.rating_count, 2)::float8 end,
  'rating_count', p.rating_count, 'visibility', p.visibility
)"""

_MATCHED = (
    "catalogue_search_matching($1::tsquery, $2::tsquery, $3::tsquery, {filters}, {sort}, {most})"
)
_SETS = f"""
  chosen as (
    select k.name, k.filters || case when k.branch
      then jsonb_build_object('categories', to_jsonb({branch_sql("array[$4::uuid]")}))
      else '{{}}'::jsonb end as filters
    from unnest($5::text[], $6::jsonb[], $7::boolean[]) as k(name, filters, branch)
  ),
  matched as materialized (
    select c.name as of_facet, m.product_id, m.score from chosen c cross join lateral
      {_MATCHED.format(filters="c.filters", sort="'quality'", most="$8::integer")} m
  ),
  found as materialized (
    select m.of_facet, m.score, s.product_id, s.organisation_id, s.organisation_name, s.category_id,
      s.price_amount, s.currency, s.in_stock, s.quality, s.facets
    from matched m join catalogue_search s on s.product_id = m.product_id
  ),
  sizes as (select of_facet, count(*) = $8::integer as capped from matched group by of_facet)"""

_BY_RELEVANCE = """
  placed as (
    select f.product_id, row_number() over (order by f.score desc, f.quality desc, f.product_id) as place
    from found f where f.of_facet = ''
    order by place limit $9::bigint offset $10::bigint
  )"""
_BY_SORT = """
  placed as (
    select s.product_id, row_number() over (order by {order}) as place
    from {matched} m join catalogue_search s on s.product_id = m.product_id
    order by place limit $9::bigint offset $10::bigint
  )"""

_CATEGORIES = f"""(
  with recursive up as (
    select category_id as id, count(*) as n from found
    where of_facet = $11::text and category_id is not null group by 1
    union all
    select c.parent_id, up.n from up join catalogue_categories c on c.id = up.id
    where c.parent_id is not null
  ), summed as (select id, sum(n)::bigint as n from up group by id)
  select coalesce(json_agg(json_build_object('id', t.id, 'code', t.code, 'names', t.names,
      'parent_id', t.parent_id, 'count', t.n, 'chosen', t.chosen)
    order by t.chosen desc, t.n desc, t.id), '[]'::json)
  from (select c.id, c.code, c.names, c.parent_id, summed.n, c.id is not distinct from $4::uuid as chosen
    from summed join catalogue_categories c on c.id = summed.id
    order by c.id is not distinct from $4::uuid desc, summed.n desc, c.id limit {_VALUES_MAX * 2}) t
)"""
_SUPPLIERS = f"""(
  select coalesce(json_agg(json_build_object('id', t.organisation_id, 'name', t.name, 'count', t.n,
      'chosen', t.chosen) order by t.chosen desc, t.n desc, t.name, t.organisation_id), '[]'::json)
  from (select organisation_id, max(organisation_name) as name, count(*) as n,
      organisation_id = any($13::uuid[]) as chosen
    from found where of_facet = $12::text group by organisation_id
    order by chosen desc, n desc, name, organisation_id limit {_VALUES_MAX}) t
)"""
# Values of a facet in which something is chosen come from its own set, all others from the common one.
_ATTRIBUTES = f"""(
  with counted as (
    select split_part(v.value, '=', 1) as code, substr(v.value, strpos(v.value, '=') + 1) as value,
      v.value = any($15::text[]) as chosen, count(*) as n
    from found f cross join lateral unnest(f.facets) as v(value)
    where f.of_facet = case when split_part(v.value, '=', 1) = any($14::text[])
      then 'attribute:' || split_part(v.value, '=', 1) else '' end
    group by v.value
  ), ranked as (
    select *, row_number() over (partition by code order by chosen desc, n desc, value) as place,
      sum(n) over (partition by code) as weight
    from counted
  )
  select coalesce(json_agg(one.body order by one.weight desc, one.code), '[]'::json) from (
    select r.code, max(r.weight) as weight, json_build_object(
      'code', r.code, 'names', a.names, 'kind', a.kind, 'unit', a.unit,
      'capped', coalesce((select capped from sizes
        where of_facet = case when r.code = any($14::text[]) then 'attribute:' || r.code else '' end),
        false),
      'values', json_agg(json_build_object('value', r.value, 'count', r.n, 'chosen', r.chosen,
        'names', (select o.value -> 'names' from jsonb_array_elements(a.options) o
                  where o.value ->> 'code' = r.value limit 1))
        order by r.chosen desc, r.n desc, r.value)) as body
    from ranked r left join lateral (
      select * from catalogue_category_attributes t where t.code = r.code
      order by t.created_at, t.id limit 1) a on true
    where r.place <= {_VALUES_MAX}
    group by r.code, a.names, a.kind, a.unit
    order by max(r.weight) desc, r.code limit 20) one
)"""
_PRICES = """(
  select coalesce(json_agg(json_build_object('currency', t.currency, 'min', t.low, 'max', t.high,
    'count', t.n) order by t.n desc, t.currency), '[]'::json)
  from (select currency, min(price_amount) as low, max(price_amount) as high, count(*) as n
    from found where of_facet = $16::text group by currency) t
)"""


def _capped(name: str) -> str:
    return f"coalesce((select capped from sizes where of_facet = {name}), false)"


_ANSWER = f"""
select json_build_object(
  'items', coalesce((select json_agg({_ITEM} order by placed.place)
    from placed join catalogue_products p on p.id = placed.product_id
    where p.state = 'published' and p.active), '[]'::json),
  'page', $18::bigint, 'size', $9::bigint,
  'total', counted.total, 'pages', (counted.total + $9::bigint - 1) / $9::bigint,
  'total_is_capped', {_capped("''")},
  'query', $19::json,
  'facets', json_build_object(
    'categories', json_build_object('capped', {_capped("$11::text")}, 'items', {_CATEGORIES}),
    'suppliers', json_build_object('capped', {_capped("$12::text")}, 'items', {_SUPPLIERS}),
    'attributes', {_ATTRIBUTES},
    'prices', json_build_object('capped', {_capped("$16::text")}, 'items', {_PRICES}),
    'in_stock', json_build_object('capped', {_capped("$17::text")},
      'count', (select count(*) from found where of_facet = $17::text and in_stock))
  )
)::text as body, counted.total
from (select count(*) as total from found where of_facet = '') counted
"""


def _statement(sort: str) -> str:
    if sort == "relevance":
        placed = _BY_RELEVANCE
    else:
        base = "(select filters from chosen where name = '')"
        matched = _MATCHED.format(
            filters=base, sort=f"'{sort}'", most="least($9::bigint + $10::bigint, $8)::integer"
        )
        placed = _BY_SORT.format(order=_SORTS[sort], matched=matched)
    return f"with {_SETS},{placed}{_ANSWER}"


_STATEMENTS = {sort: _statement(sort) for sort in _SORTS}
SORTS = tuple(_SORTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What somebody has chosen. Prices are minor units of `currency`.

    Attributes:
        category_id: with everything below it.
        attributes: values by the code of their attribute; any of one attribute's, of every attribute.
    """

    category_id: UUID | None = None
    supplier_ids: Sequence[UUID] = ()
    currency: str | None = None
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False
    attributes: Sequence[tuple[str, Sequence[str]]] = ()

    def _conditions(self, without: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if self.supplier_ids and without != "suppliers":
            made["suppliers"] = [str(one) for one in self.supplier_ids]
        if without != "prices":
            for name in ("currency", "price_min", "price_max"):
                if (value := getattr(self, name)) is not None:
                    made[name] = value
        if self.in_stock and without != "in_stock":
            made["in_stock"] = True
        groups = [
            [facet(code, value) for value in values]
            for code, values in self.attributes
            if without != f"attribute:{code}"
        ]
        if groups:
            made["facets"] = groups
        return made

    @property
    def _chosen_in(self) -> list[str]:
        """Facets in which something is chosen."""
        found = {
            "categories": self.category_id is not None,
            "suppliers": bool(self.supplier_ids),
            "prices": self.currency is not None,
            "in_stock": self.in_stock,
        }
        return [
            *(name for name, chosen in found.items() if chosen),
            *(f"attribute:{code}" for code, _ in self.attributes),
        ]

    def parameters(self) -> tuple[list[Any], list[Any]]:
        """Values for `$4…$7` and for `$11…$17` of the statement."""
        own = self._chosen_in
        names = ["", *own]
        sets = [
            self.category_id,
            names,
            [msgspec.json.encode(self._conditions(name)).decode() for name in names],
            [self.category_id is not None and name != "categories" for name in names],
        ]

        def set_of(name: str) -> str:
            return name if name in own else ""

        facets = [
            set_of("categories"),
            set_of("suppliers"),
            list(self.supplier_ids),
            [code for code, _ in self.attributes],
            [facet(code, value) for code, values in self.attributes for value in values],
            set_of("prices"),
            set_of("in_stock"),
        ]
        return sets, facets


async def search_page(
    session: AsyncSession,
    attempt: Attempt,
    wanted: SearchFilter,
    *,
    sort: str,
    page: int,
    size: int,
    query: dict[str, Any],
) -> tuple[bytes, int]:
    """A page as JSON with its facets, and how many products matched, counted to `MATCHED_MAX`.

    Args:
        query: what is told about the words themselves.
    """
    sets, facets = wanted.parameters()
    row = await read_row(
        session,
        _STATEMENTS[sort],
        attempt.wanted,
        attempt.ranked,
        attempt.pinned,
        *sets,
        MATCHED_MAX,
        size,
        (page - 1) * size,
        *facets,
        page,
        msgspec.json.encode(query).decode(),
    )
    assert row is not None
    return str(row[0]).encode(), int(row[1])


_SUGGEST = f"""
with matched as materialized (
  select * from {_MATCHED.format(filters="'{}'::jsonb", sort="'quality'", most="$4::integer")}
), found as materialized (
  select m.score, s.product_id, s.organisation_id, s.organisation_name, s.category_id, s.quality
  from matched m join catalogue_search s on s.product_id = m.product_id
  order by m.score desc, s.quality desc, s.product_id
), best as (
  select p.*, row_number() over (order by f.score desc, f.quality desc, p.id) as place
  from (select * from found limit $5::integer) f join catalogue_products p on p.id = f.product_id
  where p.state = 'published' and p.active
)
select json_build_object(
  'names', coalesce((select json_agg(p.names) from (select * from found limit 60) f
    join catalogue_products p on p.id = f.product_id), '[]'::json),
  'products', coalesce((select json_agg(json_build_object('id', id, 'name', name, 'names', names,
      'price', {money("price_amount", "currency")}, 'image', images -> 0) order by place) from best),
    '[]'::json),
  'categories', coalesce((select json_agg(json_build_object('id', c.id, 'code', c.code, 'names', c.names,
      'count', t.n) order by t.n desc, c.id)
    from (select category_id, count(*) as n from found where category_id is not null
      group by 1 order by 2 desc, 1 limit 3) t join catalogue_categories c on c.id = t.category_id),
    '[]'::json),
  'sellers', coalesce((select json_agg(json_build_object('id', t.organisation_id, 'name', t.name)
      order by t.n desc, t.organisation_id)
    from (select organisation_id, max(organisation_name) as name, count(*) as n from found
      group by 1 order by 3 desc, 1 limit 20) t), '[]'::json)
)::text
"""


async def suggestion_material(
    session: AsyncSession, attempt: Attempt, *, products: int
) -> dict[str, Any]:
    """What suggestions are made of: the best products, their names, categories and sellers."""
    body = await read_json(
        session,
        _SUGGEST,
        attempt.wanted,
        attempt.ranked,
        attempt.pinned,
        SUGGESTED_FROM,
        products,
    )
    made: dict[str, Any] = msgspec.json.decode(body or b"{}")
    return made
