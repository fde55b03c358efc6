"""Lists of quotes, one statement each. Row-level security hides sealed offers, so their amounts come out as null."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json
from karavan.kit.json_sql import Conditions, moment, money, order_by, page_of
from karavan.kit.pagination import PageParameters, Sorting
from karavan.modules.procurement.queries.sql import VISIBLE_REQUEST

_SORT_COLUMNS = {
    "created_at": "q.created_at",
    "updated_at": "q.updated_at",
    "valid_until": "q.valid_until",
    "number": "q.number",
    "state": "q.state",
    "total": "v.total_amount",
}
QUOTE_SORTS = Sorting("QuoteSort", _SORT_COLUMNS, default="-created_at")

_FROM = """procurement_quotes q
  join procurement_requests r on r.id = q.request_id
  left join procurement_quote_versions v on v.quote_id = q.id and v.number = q.current_version"""

_SUMMARY = f"""json_build_object(
  'id', q.id, 'number', q.number, 'state', q.state, 'version', q.version,
  'current_version', q.current_version,
  'vendor', json_build_object('id', q.organisation_id, 'name', q.organisation_name),
  'request', json_build_object(
    'id', r.id, 'number', r.number, 'title', r.title, 'state', r.state, 'currency', r.currency,
    'quotes_due_at', {moment("r.quotes_due_at")}, 'revision', r.revision, 'sealed', r.sealed,
    'organisation', json_build_object('id', r.organisation_id, 'name', r.organisation_name)),
  'needs_reconfirm', q.needs_reconfirm, 'shortlisted', q.shortlisted, 'valid_until', {moment("q.valid_until")},
  'total', {money("v.total_amount", "v.currency")},
  'lead_time_days', v.lead_time_days,
  'lines_offered', case when v.id is not null then (
    select count(*) from procurement_quote_lines l
    where l.version_id = v.id and l.kind <> 'not_available') end,
  'created_at', {moment("q.created_at")}, 'updated_at', {moment("q.updated_at")}
)"""

_UNSEALED = "(not r.sealed or r.quotes_due_at <= clock_timestamp())"

_OF_REQUEST = f"""
select json_build_object(
  'sealed', case when r.organisation_id = $2 and not {_UNSEALED} then json_build_object(
    'sealed_until', {moment("r.quotes_due_at")},
    'count', (select count(*) from procurement_quotes c
              where c.request_id = r.id and c.state in ('submitted', 'updated'))) end,
  'items', (
    select coalesce(json_agg({_SUMMARY} order by v.total_amount nulls last, q.id), '[]'::json)
    from procurement_quotes q
    left join procurement_quote_versions v
      on v.quote_id = q.id and v.number = q.current_version
    where q.request_id = r.id
      and (q.organisation_id = $2 or r.organisation_id = $2 and {_UNSEALED}))
)::text
from procurement_requests r where r.id = $1 and {VISIBLE_REQUEST}
"""


async def quotes_of_request(session: AsyncSession, actor: Actor, request_id: UUID) -> bytes | None:
    """The quotes for a request as JSON: the buyer's to compare, or the vendor's own. Nothing for a stranger.

    While the request is sealed the buyer learns how many there are, not whose.
    """
    return await read_json(session, _OF_REQUEST, request_id, actor.organisation_id)


async def list_quotes(
    session: AsyncSession,
    actor: Actor,
    *,
    side: str | None,
    states: Sequence[str],
    request_id: UUID | None,
    words: str | None,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of the quotes that the organisation gave (`vendor`), got (`buyer`), or both, as JSON."""
    received = f"(q.buyer_organisation_id = $1 and {_UNSEALED})"
    mine = {
        "vendor": "q.organisation_id = $1",
        "buyer": received,
        None: f"q.organisation_id = $1 or {received}",
    }[side]
    where = Conditions(mine, values=[actor.organisation_id])
    where.add("q.state = any(?::text[])", list(states))
    where.add("q.request_id = ?", request_id)
    if words:
        escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        where.add(
            "q.number ilike ? or r.number ilike ? or r.title ilike ? or q.organisation_name ilike ?"
            " or r.organisation_name ilike ?",
            f"%{escaped}%",
        )
    sql, values = page_of(
        _SUMMARY,
        _FROM,
        where,
        order_by(_SORT_COLUMNS, sort, "q.id"),
        page=paging.page,
        size=paging.size,
        key="q.id",
    )
    return await read_json(session, sql, *values) or b""
