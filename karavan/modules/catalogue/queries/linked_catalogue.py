"""A supplier's catalogue for a buyer: the link, the page, its total and what the buyer pays, in one statement.

PostgreSQL keeps a plan without values for a statement only where it seems no dearer than one with them, and planning this
one takes longer than running it. So the bounds of the first page are numbers in it, and everything is read once.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from karavan.kit.json_sql import Conditions, order_by
from karavan.kit.money import AMOUNT_MAX
from karavan.modules.catalogue.queries.categories import branch_sql
from karavan.modules.catalogue.queries.own_prices import own_tiers
from karavan.modules.catalogue.queries.product_json import ITEM, SHOWN

_ITEM = ITEM.replace("'your_tiers', null::json", "'your_tiers', own.tiers")


SORT_COLUMNS = {"name": "p.name", "price": "p.price_amount", "published_at": "p.published_at"}
_BY_WHAT_ONE_PAYS = {**SORT_COLUMNS, "price": "g.amount"}


class CatalogueFilter(Struct, frozen=True, kw_only=True):
    """What a buyer looks for in a supplier's catalogue. Prices are what they pay, in minor units."""

    words: str | None = None
    category_id: UUID | None = None
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool | None = None


def linked_page(
    wanted: CatalogueFilter,
    sort: Sequence[str],
    *,
    page: int,
    size: int,
    buyer: UUID,
    supplier: UUID,
    counted_to: int,
) -> tuple[str, list[Any]]:
    """The statement that yields the page as JSON, or no row where there is no accepted link and it is not one's own.

    Args:
        sort: names of `SORT_COLUMNS`, each with a `-` before it for the other way round.
        counted_to: where the total stops counting.

    Returns:
        SQL with `$1…` parameters, and their values.
    """
    where = Conditions()
    buying, selling = where.parameter(buyer), where.parameter(supplier)
    if page == 1:
        number, before, until, most = "1", "0", str(size), str(max(counted_to, size))
    else:
        number = f"{where.parameter(page)}::bigint"
        before = f"{where.parameter((page - 1) * size)}::bigint"
        until = f"{where.parameter(page * size)}::bigint"
        most = f"greatest({counted_to}, {until})"
    if (
        {"price", "-price"} & set(sort)
        or wanted.price_min is not None
        or wanted.price_max is not None
    ):
        found = _at_own_prices(where, wanted, sort, buyer=buying, supplier=selling, most=most)
    else:
        found = _in_order(where, wanted, sort, supplier=selling, most=most)
    sql = f"""
with found as materialized ({found}),
page as materialized (
  select p.*, found.place from found join catalogue_products p on p.id = found.id
  where found.place > {before} and found.place <= {until}
),
{own_tiers(buying)}
select json_build_object(
  'items', coalesce((select json_agg({_ITEM} order by p.place)
    from page p left join own on own.item_id = p.id), '[]'::json),
  'page', {number}, 'size', {size}, 'total', counted.total, 'pages', (counted.total + {size - 1}) / {size}
)::text
from (select count(*) as total from found offset 0) counted
where {buying}::uuid = {selling}::uuid or exists (select 1 from links_links
  where consumer_organisation_id = {buying} and supplier_organisation_id = {selling} and state = 'accepted')
"""
    return sql, where.values


def _in_order(
    where: Conditions,
    wanted: CatalogueFilter,
    sort: Sequence[str],
    *,
    supplier: str,
    most: str,
) -> str:
    """The products that match, by an index of their own."""
    where.clauses += [f"p.organisation_id = {supplier}", SHOWN]
    where.add("(p.available > 0) = ?", wanted.in_stock)
    if wanted.category_id is not None:
        where.clauses.append(f"p.category_id = any({_branch(where, wanted.category_id)})")
    if wanted.words:
        where.add("p.sku ilike ? or p.names::text ilike ?", _pattern(wanted.words))
    order = order_by(SORT_COLUMNS, sort, "p.id", nullable=())
    return f"""select p.id, row_number() over (order by {order}) as place from catalogue_products p
  where {where.sql} order by {order} limit {most}"""


def _at_own_prices(
    where: Conditions,
    wanted: CatalogueFilter,
    sort: Sequence[str],
    *,
    buyer: str,
    supplier: str,
    most: str,
) -> str:
    """The same, in the order of what the buyer pays or within bounds of it (docs/subsystems/prices.md)."""
    order = order_by(_BY_WHAT_ONE_PAYS, sort, "g.id", nullable=())
    branch = "null" if wanted.category_id is None else _branch(where, wanted.category_id)
    stocked = "null" if wanted.in_stock is None else where.parameter(wanted.in_stock)
    words = "null" if not wanted.words else where.parameter(_pattern(wanted.words))
    low = "0" if wanted.price_min is None else where.parameter(wanted.price_min)
    high = str(AMOUNT_MAX) if wanted.price_max is None else where.parameter(wanted.price_max)
    named = "join catalogue_products p on p.id = g.id" if "p." in order else ""
    return f"""select g.id, row_number() over (order by {order}) as place
  from catalogue_goods_at_prices({supplier}, {buyer}, {branch}::uuid[], {stocked}::boolean, {words}::text,
    {low}::bigint, {high}::bigint, '{sort[0]}', {most}) g {named}
  order by {order} limit {most}"""


def _branch(where: Conditions, category_id: UUID) -> str:
    # One value and no array: of how many there might be in one, a plan without values thinks ten times as much.
    return branch_sql(f"array[{where.parameter(category_id)}::uuid]")


def _pattern(words: str) -> str:
    escaped = words.strip().replace("\\", "\\\\")
    return "%" + escaped.replace("%", "\\%").replace("_", "\\_") + "%"
