"""What became of the pictures that an import has named."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json

FAILURES_SHOWN_MAX = 50

_PICTURES = """
with named as (
  select i.sequence, i.product_id, i.source, i.state, i.failure
  from catalogue_import_pictures i where i.import_id = $1 and i.organisation_id = $2
)
select json_build_object(
  'waiting', (select count(*) from named where state = 'waiting'),
  'stored', (select count(*) from named where state = 'done'),
  'failed', (select count(*) from named where state = 'failed'),
  'failures', coalesce((
    select json_agg(json_build_object('product_id', one.product_id, 'sku', p.sku,
      'name', regexp_replace(one.source, '^zip:', ''), 'code', one.failure) order by one.sequence)
    from (select * from named where state = 'failed' order by sequence limit $3) one
    join catalogue_products p on p.id = one.product_id and p.organisation_id = $2
  ), '[]'::json))::text
"""


async def import_pictures(session: AsyncSession, actor: Actor, import_id: UUID) -> bytes:
    """How many pictures of an import are stored, waiting and refused, and the first of the refused, as JSON.

    Args:
        import_id: of an import that the actor may read.
    """
    parameters = import_id, actor.organisation_id, FAILURES_SHOWN_MAX
    return await read_json(session, _PICTURES, *parameters) or b""
