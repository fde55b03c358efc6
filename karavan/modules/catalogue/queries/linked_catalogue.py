"""A supplier's catalogue for a buyer: the link, the page, its total and what the buyer pays, in one statement.

PostgreSQL keeps a plan without values for a statement only where it seems no dearer than one with them, and planning this
one takes longer than running it. So the bounds of the first page are numbers in it, and everything is read once.
"""

from typing import Any
from uuid import UUID

from karavan.kit.json_sql import Conditions
from karavan.modules.catalogue.queries.own_prices import own_tiers
from karavan.modules.catalogue.queries.product_json import ITEM

_ITEM = ITEM.replace("'your_tiers', null::json", "'your_tiers', own.tiers")


def linked_page(
    where: Conditions,
    order: str,
    *,
    page: int,
    size: int,
    buyer: UUID,
    supplier: UUID,
    counted_to: int,
) -> tuple[str, list[Any]]:
    """The statement that yields the page as JSON, or no row where there is no accepted link and it is not one's own.

    Args:
        where: which products match; the alias `p` is the product.
        order: ORDER BY clause.
        counted_to: where the total stops counting.

    Returns:
        SQL with `$1…` parameters, and their values.
    """
    buying, selling = where.parameter(buyer), where.parameter(supplier)
    if page == 1:
        number, before, until, most = "1", "0", str(size), str(max(counted_to, size))
    else:
        number = f"{where.parameter(page)}::bigint"
        before = f"{where.parameter((page - 1) * size)}::bigint"
        until = f"{where.parameter(page * size)}::bigint"
        most = f"greatest({counted_to}, {until})"
    sql = f"""
with found as materialized (
  select p.id, row_number() over (order by {order}) as place from catalogue_products p
  where {where.sql} order by {order} limit {most}
),
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
