"""The page of a search and its facets: one statement.

`base` is what matches everything, `beyond` what a facet offers besides its choice (`search_filter.py`). The base ends at
`MATCHED_MAX`, the best by quality; where it does, what is beyond goes down to the same quality, so that all counts are of
one part of the shelf. Counts say so where that is less than there is.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json, read_row
from karavan.kit.json_sql import money
from karavan.kit.tenancy import CURRENT_ORGANISATION
from karavan.modules.catalogue.queries.categories import branch_sql
from karavan.modules.catalogue.queries.search_facets import FACETS, capped
from karavan.modules.catalogue.queries.search_filter import SearchFilter
from karavan.modules.catalogue.search.interpreting import Attempt
from karavan.modules.links.public import LINKED_SUPPLIERS

MATCHED_MAX = 300
SORTED_MAX = 5_000
"""Of products that match words, so many of the best are sorted otherwise than by relevance."""
SUGGESTED_FROM = 300

_SORTS = {
    "relevance": "m.score desc, m.quality desc, m.product_id",
    "price": "m.price_amount, m.product_id",
    "-price": "m.price_amount desc, m.product_id desc",
    "rating": "m.rating desc, m.product_id",
    "newest": "m.published_at desc, m.product_id",
}
SORTS = tuple(_SORTS)

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

# What the functions give passes here once more, in the words of the policies.
_SEEN = f"""(m.visibility in ('public', 'both') or m.organisation_id = {CURRENT_ORGANISATION}
    or m.organisation_id = any({LINKED_SUPPLIERS}))"""

# A range of prices is mostly wide, so one look finds what is inside and what the facet offers besides. Only where little of
# the best is inside, or somebody pages on, what is inside is looked for alone.
_SETS = f"""
with near as materialized (
  select m.* from catalogue_search_matching($9::tsquery, $2::tsquery, $3::tsquery, $4::tsquery,
    $5::text, $6::bigint, $7::bigint, true, $20::boolean, $8::integer, null) m
  where $5::text is not null and {_SEEN}
),
looked as materialized (
  select count(*) >= $8::integer as capped,
    $5::text is not null and (count(*) < $8::integer or count(*) filter (where inside)
      >= greatest($8::integer / 4, $12::bigint + $13::bigint)) as enough
  from near
),
base as materialized (
  select near.* from near, looked where looked.enough and near.inside
  union all
  select m.* from looked cross join lateral catalogue_search_matching($1::tsquery, $2::tsquery,
    $3::tsquery, $4::tsquery, $5::text, $6::bigint, $7::bigint, false, $20::boolean, $8::integer, null) m
  where not looked.enough and {_SEEN}
),
slice as materialized (
  select capped, case when capped then at_least end as at_least
  from (select count(*) >= $8::integer or bool_or(looked.capped and looked.enough) as capped,
      min(quality) as at_least from looked left join base on true) found
),
beyond as materialized (
  select c.name as of_facet, m.* from slice
  cross join unnest($10::text[], $11::text[]) as c(name, asked)
  cross join lateral catalogue_search_matching(c.asked::tsquery, null, null, null,
    $5::text, $6::bigint, $7::bigint, false, $20::boolean, $8::integer / 2, slice.at_least) m
  where {_SEEN}
  union all
  select 'prices', near.* from near where not near.inside
),
found as materialized (select ''::text as of_facet, base.* from base union all select * from beyond),
sizes as materialized (
  select of_facet, bool_or(capped) as capped from (
    select '' as of_facet, capped from slice
    union all select 'prices', capped from looked
    union all select of_facet, count(*) >= $8::integer / 2 from beyond where of_facet <> 'prices' group by 1
  ) each group by of_facet
),"""

_IN_ORDER = """
placed as materialized (
  select m.product_id, row_number() over (order by {order}) as place from ({source}) m
  order by place limit $12::bigint offset $13::bigint
)"""

# Where everything that matches is there, it only has to be sorted.
_ALL_SORTED = """
  select base.* from base, slice where not slice.capped
  union all
  select more.* from slice cross join lateral {more} more where slice.capped"""
_MATCHED = f"""(select m.* from catalogue_search_matching($1::tsquery, null, null, null,
    $5::text, $6::bigint, $7::bigint, false, $20::boolean, {SORTED_MAX}, null) m where {_SEEN})"""
_WALKED = f"""(select m.* from catalogue_search_walked(
    $19::jsonb || case when $14::uuid is null then '{{}}'::jsonb
      else jsonb_build_object('categories', to_jsonb({branch_sql("array[$14::uuid]")})) end,
    '{{sort}}', least($12::bigint + $13::bigint, $8::bigint)::integer) m where {_SEEN})"""

_ANSWER = f"""
select json_build_object(
  'items', coalesce((select json_agg({_ITEM} order by placed.place)
    from placed join catalogue_products p on p.id = placed.product_id
    where p.state = 'published' and p.active), '[]'::json),
  'page', $17::bigint, 'size', $12::bigint,
  'total', counted.total, 'pages', (counted.total + $12::bigint - 1) / $12::bigint,
  'total_is_capped', {capped("")},
  'query', $18::json,
  'facets', {FACETS}
)::text as body, counted.total
from (select least(count(*), $8::bigint) as total from base) counted
where $19::jsonb is not null
"""


def _statement(sort: str, *, has_words: bool) -> str:
    source = "select * from base"
    if sort != "relevance":
        source = _ALL_SORTED.format(more=_MATCHED if has_words else _WALKED.replace("{sort}", sort))
    placed = _IN_ORDER.format(order=_SORTS[sort], source=source)
    return f"{_SETS}{placed}{_ANSWER}"


_STATEMENTS = {
    (sort, has_words): _statement(sort, has_words=has_words)
    for sort in SORTS
    for has_words in (True, False)
}


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
    beyond = wanted.beyond(attempt.wanted)
    row = await read_row(
        session,
        _STATEMENTS[sort, attempt.wanted is not None],
        *_matching(attempt, wanted),
        MATCHED_MAX,
        wanted.asked(attempt.wanted, any_price=True),
        list(beyond),
        list(beyond.values()),
        size,
        (page - 1) * size,
        wanted.category_id,
        list(wanted.supplier_ids),
        wanted.facets,
        page,
        msgspec.json.encode(query).decode(),
        msgspec.json.encode(wanted.columns()).decode(),
        wanted.in_stock,
    )
    assert row is not None
    return str(row[0]).encode(), int(row[1])


def _matching(attempt: Attempt, wanted: SearchFilter) -> Sequence[Any]:
    """Values for `$1…$7`."""
    return (
        wanted.asked(attempt.wanted),
        attempt.wanted,
        attempt.ranked,
        attempt.pinned,
        wanted.currency,
        wanted.price_min,
        wanted.price_max,
    )


_IS_FOUND = f"""
select exists (select from catalogue_search_matching($1::tsquery, null, null, $2::tsquery,
  null, null, null, false, false, 1, null) m where {_SEEN})::text
"""


async def is_found(session: AsyncSession, attempt: Attempt) -> bool:
    """Whether any product matches the words, whatever has been chosen besides."""
    row = await read_row(session, _IS_FOUND, attempt.wanted, attempt.pinned)
    return row is not None and row[0] == "true"


_SUGGEST = f"""
with found as materialized (
  select m.* from catalogue_search_matching($1::tsquery, $1::tsquery, $2::tsquery, $3::tsquery,
    null, null, null, false, false, $4::integer, null) m
  where {_SEEN}
  order by m.score desc, m.quality desc, m.product_id
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
