"""What waits for moderators, and what suppliers see of their changes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import utc_now
from karavan.kit.db import read_json, read_row
from karavan.kit.errors import NotFoundError
from karavan.kit.json_sql import Conditions, moment, order_by, page_of, with_parts
from karavan.kit.pagination import PageParameters, Sorting
from karavan.modules.catalogue.lifecycles import CHANGE_REQUEST
from karavan.modules.catalogue.models import ChangeRequest

_CONTENT = """'sku', p.sku, 'name', p.name, 'names', p.names, 'descriptions', p.descriptions,
  'category_id', p.category_id"""

# Each kind by its own index, and only as far as the page goes.
_QUEUE = f"""
with waiting as (
  (select 'product' as kind, id, proposed_at as since from catalogue_products
   where state = 'proposed' and parent_id is null and $3 in ('product', 'any')
   order by proposed_at, id limit $1::bigint + $2::bigint)
  union all
  (select 'change_request', id, created_at from catalogue_change_requests
   where state = 'proposed' and $3 in ('change_request', 'any')
   order by created_at, id limit $1::bigint + $2::bigint)
), page as (select * from waiting order by since, id limit $1 offset $2),
items as (
  select page.since, page.id, json_build_object(
    'kind', 'product', 'id', p.id, 'product_id', p.id,
    'organisation', json_build_object('id', p.organisation_id, 'name', p.organisation_name),
    {_CONTENT}, 'images', p.images, 'changes', '{{}}'::json, 'findings', p.findings,
    'version', p.version, 'waiting_since', {moment("page.since")}) as item
  from page join catalogue_products p on p.id = page.id where page.kind = 'product'
  union all
  select page.since, page.id, json_build_object(
    'kind', 'change_request', 'id', r.id, 'product_id', p.id,
    'organisation', json_build_object('id', p.organisation_id, 'name', p.organisation_name),
    {_CONTENT}, 'images', coalesce(r.images, p.images), 'changes', r.changes,
    'findings', r.findings, 'version', r.version, 'waiting_since', {moment("page.since")})
  from page join catalogue_change_requests r on r.id = page.id
  join catalogue_products p on p.id = r.product_id where page.kind = 'change_request'
), counted as (
  select (select count(*) from catalogue_products
          where state = 'proposed' and parent_id is null and $3 in ('product', 'any'))
       + (select count(*) from catalogue_change_requests
          where state = 'proposed' and $3 in ('change_request', 'any')) as total
)
select json_build_object(
  'items', coalesce((select json_agg(item order by since, id) from items), '[]'::json),
  'page', $2::bigint / $1::bigint + 1, 'size', $1::bigint, 'total', counted.total,
  'pages', (counted.total + $1::bigint - 1) / $1::bigint)::text from counted
"""


async def moderation_queue(
    session: AsyncSession, kind: str | None, paging: PageParameters
) -> bytes:
    """What waits for a moderator, the longest waiting first, as JSON.

    Args:
        session: of the system: the rows are other organisations'.
        kind: `product`, `change_request`, or nothing for both.
    """
    return await read_json(session, _QUEUE, paging.size, paging.offset, kind or "any") or b""


CHANGE_REQUEST_SORTS = Sorting(
    "ChangeRequestSort", {"created_at": "r.created_at"}, default="-created_at"
)

_CHANGE = f"""json_build_object(
  'id', r.id, 'product_id', r.product_id, 'product_name', r.product_name,
  'organisation', json_build_object('id', r.organisation_id, 'name', r.organisation_name),
  'state', r.state, 'changes', r.changes, 'images', r.images, 'findings', r.findings,
  'reason', r.reason, 'version', r.version, 'created_at', {moment("r.created_at")},
  'decided_at', {moment("r.decided_at")}"""

_CHANGE_PAGE = f"""
select {_CHANGE})::text as body, r.state from catalogue_change_requests r
where r.id = $1 and r.organisation_id = $2
"""


async def change_request_page(session: AsyncSession, actor: Actor, change_id: UUID) -> bytes:
    """A change of the actor's organisation as JSON, with what may be done with it.

    Raises:
        NotFoundError: there is none.
    """
    row = await read_row(session, _CHANGE_PAGE, change_id, actor.organisation_id)
    if row is None:
        raise NotFoundError
    moved = ChangeRequest(organisation_id=actor.organisation_id, state=row[1])
    actions = CHANGE_REQUEST.actions(moved, actor, utc_now())
    return with_parts(row[0], actions=[one.model_dump(mode="json") for one in actions])


async def list_change_requests(
    session: AsyncSession,
    actor: Actor,
    *,
    states: Sequence[str],
    product_id: UUID | None,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of the organisation's own changes as JSON."""
    where = Conditions("r.organisation_id = $1", values=[actor.organisation_id])
    where.add("r.state = any(?::text[])", list(states))
    where.add("r.product_id = ?", product_id)
    sql, values = page_of(
        f"{_CHANGE}, 'actions', '[]'::json)",
        "catalogue_change_requests r",
        where,
        order_by({"created_at": "r.created_at"}, sort, "r.id", nullable=()),
        page=paging.page,
        size=paging.size,
    )
    return await read_json(session, sql, *values) or b""
