"""How many products lie below each category of a level, for the desk of the tree."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json
from karavan.modules.catalogue.queries.categories import branch_sql

COUNTED_MAX = 1000
"""Beyond that nobody reads the figure closely, and a branch of a million would be read for it."""

_COUNTS = f"""
select json_build_object('items', coalesce(json_agg(json_build_object(
  'id', counted.id, 'products', least(counted.products, {COUNTED_MAX}),
  'is_more', counted.products > {COUNTED_MAX}) order by counted.id), '[]'::json))::text
from (
  select c.id, (
    select count(*) from (
      select 1 from catalogue_products p
      where p.category_id = any({branch_sql("array[c.id]")})
        and p.parent_id is null and p.state <> 'archived'
      limit {COUNTED_MAX + 1}
    ) found
  ) as products
  from catalogue_categories c where c.parent_id is not distinct from $1::uuid
) counted
"""


async def category_counts(session: AsyncSession, parent_id: UUID | None) -> bytes:
    """Products of every supplier in each branch below `parent_id`, or in the roots, as JSON.

    Args:
        session: of the system: the products are everybody's.
        parent_id: the category above; nothing for the roots.
    """
    return await read_json(session, _COUNTS, parent_id) or b""
