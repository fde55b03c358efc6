"""Price lists as their supplier reads them: one statement each."""

from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json
from karavan.kit.errors import NotFoundError
from karavan.kit.json_sql import Conditions, moment, order_by, page_of
from karavan.kit.pagination import PageParameters, Sorting
from karavan.kit.text_search import prefix_query
from karavan.modules.catalogue.queries.categories import branch_sql
from karavan.modules.catalogue.queries.product_json import PRICE, number

_LIST_SORTS = {"name": "l.name", "priority": "l.priority", "created_at": "l.created_at"}
PRICE_LIST_SORTS = Sorting("PriceListSort", _LIST_SORTS, default="-priority")
_ROW_SORTS = {"name": "p.name", "sku": "p.sku"}
PRICE_ROW_SORTS = Sorting("PriceRowSort", _ROW_SORTS, default="name")
COUNTED_TO = 10_000

# Terms of links name a list too; those are changed at the link.
_ASSIGNMENTS = """coalesce((
  select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'target_id', a.target_id,
    'target_name', a.name) order by a.kind, a.name, a.id)
  from (
    select id, kind, case when kind <> 'everybody' then target_id end as target_id,
      target_name as name
    from catalogue_price_assignments where list_id = l.id and organisation_id = l.organisation_id
    union all
    select t.id, 'terms', t.id, t.consumer_organisation_name from links_links t
    where t.price_list_id = l.id and t.supplier_organisation_id = l.organisation_id
      and t.state = 'accepted'
  ) a), '[]'::json)"""
_LIST = f"""json_build_object(
  'id', l.id, 'name', l.name, 'currency', l.currency, 'priority', l.priority, 'active', l.active,
  'merges', l.merges, 'valid_from', {moment("l.valid_from")}, 'valid_to', {moment("l.valid_to")},
  'holds', l.active and (l.valid_from is null or l.valid_from <= now())
    and (l.valid_to is null or l.valid_to > now()),
  'products_count', (select count(distinct s.product_id) from catalogue_list_prices s
    where s.list_id = l.id),
  'assignments', {_ASSIGNMENTS}, 'version', l.version,
  'created_at', {moment("l.created_at")}, 'updated_at', {moment("l.updated_at")})"""


async def list_price_lists(
    session: AsyncSession, actor: Actor, *, sort: list[str], paging: PageParameters
) -> bytes:
    """A page of the organisation's price lists as JSON."""
    sql, values = page_of(
        _LIST,
        "catalogue_price_lists l",
        Conditions("l.organisation_id = $1", values=[actor.organisation_id]),
        order_by(_LIST_SORTS, sort, "l.id", nullable=()),
        page=paging.page,
        size=paging.size,
        key="l.id",
    )
    return await read_json(session, sql, *values) or b""


async def price_list_page(session: AsyncSession, actor: Actor, list_id: UUID) -> bytes:
    """A price list as JSON.

    Raises:
        NotFoundError: it is not the actor's organisation's.
    """
    sql = f"select {_LIST}::text from catalogue_price_lists l where l.id = $1 and l.organisation_id = $2"
    body = await read_json(session, sql, list_id, actor.organisation_id)
    if body is None:
        raise NotFoundError
    return body


class PriceRowFilter(Struct, frozen=True, kw_only=True):
    """Which products a grid shows."""

    words: str | None = None
    category_id: UUID | None = None
    priced: bool | None = None


_ROW = f"""json_build_object(
  'product_id', p.id, 'sku', p.sku, 'name', p.name, 'names', p.names, 'options', p.options,
  'unit', p.unit, 'own_price', {PRICE}, 'steps', coalesce((
    select json_agg(json_build_object('from_quantity', {number("s.from_quantity")},
      'price', json_build_object('amount', s.amount, 'currency', $3::text)) order by s.from_quantity)
    from catalogue_list_prices s where s.list_id = $2::uuid and s.product_id = p.id), '[]'::json))"""


async def list_prices(
    session: AsyncSession,
    actor: Actor,
    list_id: UUID,
    wanted: PriceRowFilter,
    *,
    sort: list[str],
    paging: PageParameters,
) -> bytes:
    """A page of what can be sold, with its steps in a list, as JSON; `total` is counted to `COUNTED_TO`.

    Raises:
        NotFoundError: the list is not the actor's organisation's.
    """
    found = await read_json(
        session,
        "select currency from catalogue_price_lists where id = $1 and organisation_id = $2",
        list_id,
        actor.organisation_id,
    )
    if found is None:
        raise NotFoundError
    where = Conditions(
        "p.organisation_id = $1",
        "not p.has_variants and p.state <> 'archived'",
        "$2::uuid is not null and $3::text is not null",
        values=[actor.organisation_id, list_id, found.decode()],
    )
    exists = "exists (select 1 from catalogue_list_prices s where s.list_id = $2 and s.product_id = p.id)"
    where.add(f"{exists} = ?", wanted.priced)
    if wanted.category_id is not None:
        root = where.parameter([wanted.category_id])
        where.clauses.append(f"p.category_id = any({branch_sql(f'{root}::uuid[]')})")
    if wanted.words:
        words = where.parameter(wanted.words)
        prefix = where.parameter(prefix_query(wanted.words))
        escaped = wanted.words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        like = where.parameter(f"{escaped}%")
        where.clauses.append(
            f"p.id in (select catalogue_own_matching({words}, {prefix})) or p.sku ilike {like}"
        )
    sql, values = page_of(
        _ROW,
        "catalogue_products p",
        where,
        order_by(_ROW_SORTS, sort, "p.id", nullable=()),
        page=paging.page,
        size=paging.size,
        key="p.id",
        counted_to=COUNTED_TO,
    )
    return await read_json(session, sql, *values) or b""


_GROUP = """json_build_object('id', g.id, 'name', g.name, 'version', g.version,
  'members', coalesce((
    select json_agg(json_build_object('organisation_id', m.member_organisation_id,
      'name', m.member_name) order by m.member_name, m.member_organisation_id)
    from catalogue_customer_group_members m where m.group_id = g.id), '[]'::json),
  'lists_count', (select count(*) from catalogue_price_assignments a
    where a.organisation_id = g.organisation_id and a.kind = 'group' and a.target_id = g.id))"""


async def list_groups(session: AsyncSession, actor: Actor, *, paging: PageParameters) -> bytes:
    """A page of the organisation's groups of customers, by name, as JSON."""
    sql, values = page_of(
        _GROUP,
        "catalogue_customer_groups g",
        Conditions("g.organisation_id = $1", values=[actor.organisation_id]),
        "g.name, g.id",
        page=paging.page,
        size=paging.size,
        key="g.id",
    )
    return await read_json(session, sql, *values) or b""


async def group_page(session: AsyncSession, actor: Actor, group_id: UUID) -> bytes:
    """A group of customers as JSON.

    Raises:
        NotFoundError: it is not the actor's organisation's.
    """
    sql = f"select {_GROUP}::text from catalogue_customer_groups g where g.id = $1 and g.organisation_id = $2"
    body = await read_json(session, sql, group_id, actor.organisation_id)
    if body is None:
        raise NotFoundError
    return body
