"""The buyer's list of requests, and the page of one request for whoever may see it: one statement each."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json, read_row
from karavan.kit.errors import NotFoundError
from karavan.kit.json_sql import Conditions, moment, money, order_by, page_of, with_parts
from karavan.kit.pagination import PageParameters, Sorting
from karavan.kit.text_search import matches, prefix_query
from karavan.modules.media.public import attachment_views
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Request
from karavan.modules.procurement.queries.sql import VISIBLE_REQUEST

_SORT_COLUMNS = {
    "created_at": "r.created_at",
    "published_at": "r.published_at",
    "quotes_due_at": "r.quotes_due_at",
    "budget": "r.budget_amount",
    "title": "r.title",
    "number": "r.number",
    "state": "r.state",
}
REQUEST_SORTS = Sorting("RequestSort", _SORT_COLUMNS, default="-created_at")

_LIVE_LINES = (
    "procurement_request_lines l where l.request_id = r.id and l.removed_in_revision is null"
)
_LIVE_QUOTES = (
    "procurement_quotes q where q.request_id = r.id and q.state not in ('withdrawn', 'expired')"
)

_SUMMARY = f"""json_build_object(
  'id', r.id, 'number', r.number, 'state', r.state, 'title', r.title, 'category', r.category,
  'visibility', r.visibility, 'sealed', r.sealed, 'currency', r.currency,
  'budget', {money("r.budget_amount", "r.currency")},
  'quotes_due_at', {moment("r.quotes_due_at")}, 'needed_by', r.needed_by,
  'delivery_country', r.delivery_country, 'delivery_place', r.delivery_place,
  'revision', r.revision, 'version', r.version, 'created_by_name', r.created_by_name,
  'created_at', {moment("r.created_at")}, 'published_at', {moment("r.published_at")},
  'lines_count', (select count(*) from {_LIVE_LINES}),
  'quotes_count', (select count(*) from {_LIVE_QUOTES}),
  'questions_waiting', (select count(*) from procurement_questions w
                        where w.request_id = r.id and w.answer is null)
)"""

LINES_JSON = f"""coalesce((select json_agg(json_build_object(
    'id', l.id, 'position', l.position, 'name', l.name, 'specification', l.specification,
    'quantity', trim_scale(l.quantity)::text, 'unit', l.unit,
    'target_price', {money("l.target_price_amount", "r.currency")}) order by l.position)
  from {_LIVE_LINES}), '[]'::json)"""

REVISIONS_JSON = f"""coalesce((select json_agg(json_build_object(
    'revision', v.revision, 'note', v.note, 'changes', v.changes,
    'changed_by_name', v.changed_by_name, 'created_at', {moment("v.created_at")}) order by v.revision)
  from procurement_request_revisions v where v.request_id = r.id), '[]'::json)"""

_INVITATIONS = f"""(select coalesce(json_agg(json_build_object(
    'organisation', json_build_object('id', i.organisation_id, 'name', i.organisation_name),
    'created_at', {moment("i.created_at")}, 'viewed_at', {moment("i.viewed_at")},
    'declined_at', {moment("i.declined_at")}, 'decline_reason', i.decline_reason,
    'quoted', exists (select 1 from procurement_quotes q where q.request_id = r.id
      and q.organisation_id = i.organisation_id and q.state not in ('withdrawn', 'expired'))
      and not (r.sealed and r.quotes_due_at > now()))
    order by i.organisation_name, i.id), '[]'::json)
  from procurement_invitations i where i.request_id = r.id)"""

_OWN_INVITATION = f"""(select json_build_object(
    'created_at', {moment("i.created_at")}, 'viewed_at', {moment("i.viewed_at")}, 'declined_at', {moment("i.declined_at")})
  from procurement_invitations i where i.request_id = r.id and i.organisation_id = $2)"""

_OWN_QUOTE = f"""(select json_build_object(
    'id', q.id, 'number', q.number, 'state', q.state, 'current_version', q.current_version,
    'needs_reconfirm', q.needs_reconfirm, 'valid_until', {moment("q.valid_until")})
  from procurement_quotes q where q.request_id = r.id and q.organisation_id = $2
  order by q.created_at desc limit 1)"""

_APPROVALS = """(select coalesce(json_agg(json_build_object(
    'id', a.id, 'purpose', a.purpose, 'state', a.state) order by a.purpose), '[]'::json)
  from (select distinct on (purpose) id, purpose, state from procurement_approvals
        where request_id = r.id order by purpose, created_at desc, id desc) a)"""

# Something of a line that no standing deal has, and a quote on standby to give it to.
_MAY_REAWARD = """case when r.state = 'awarded' then
  exists (select 1 from procurement_quotes q
    where q.request_id = r.id and q.state = 'standby' and q.valid_until > now())
  and exists (select 1 from procurement_request_lines l
    where l.request_id = r.id and l.removed_in_revision is null and l.quantity > (
      select coalesce(sum((given->>'quantity')::numeric), 0)
      from procurement_deals d
      join procurement_deal_terms t on t.deal_id = d.id and t.number = d.terms_number,
        jsonb_array_elements(t.body->'lines') given
      where d.request_id = r.id and d.state <> 'cancelled' and given->>'request_line_id' = l.id::text))
  else true end"""

# A tenant's own columns come only for the buyer; row-level security says the same once more.
_PAGE = f"""
select json_build_object(
  'id', r.id,
  'party', case when r.organisation_id = $2 then 'buyer' else 'vendor' end,
  'organisation', json_build_object('id', r.organisation_id, 'name', r.organisation_name),
  'number', r.number, 'state', r.state, 'title', r.title, 'description', r.description,
  'category', r.category, 'visibility', r.visibility, 'sealed', r.sealed, 'currency', r.currency,
  'budget', {money("r.budget_amount", "r.currency")},
  'quotes_due_at', {moment("r.quotes_due_at")}, 'needed_by', r.needed_by,
  'delivery_country', r.delivery_country, 'delivery_place', r.delivery_place,
  'delivery_terms', r.delivery_terms, 'payment_terms', r.payment_terms, 'ocid', r.ocid,
  'revision', r.revision, 'version', r.version, 'created_by_name', r.created_by_name,
  'created_at', {moment("r.created_at")}, 'updated_at', {moment("r.updated_at")}, 'published_at', {moment("r.published_at")},
  'awarded_at', {moment("r.awarded_at")}, 'closed_at', {moment("r.closed_at")},
  'accepts_quotes', r.state = 'published' and r.quotes_due_at > now(),
  'lines', {LINES_JSON},
  'revisions', {REVISIONS_JSON},
  'questions_count', (select count(*) from procurement_questions w where w.request_id = r.id),
  'questions_waiting', (select count(*) from procurement_questions w
                        where w.request_id = r.id and w.answer is null),
  'quotes_count', case when r.organisation_id = $2 then (select count(*) from {_LIVE_QUOTES}) end,
  'deals_count', case when r.organisation_id = $2
     then (select count(*) from procurement_deals d where d.request_id = r.id) end,
  'invitations', case when r.organisation_id = $2 then {_INVITATIONS} end,
  'approvals', case when r.organisation_id = $2 then {_APPROVALS} end,
  'invitation', case when r.organisation_id <> $2 then {_OWN_INVITATION} end,
  'quote', case when r.organisation_id <> $2 then {_OWN_QUOTE} end
)::text as body,
r.organisation_id, r.state, r.sealed, r.quotes_due_at, r.attachments::text as attachments,
{_MAY_REAWARD} as may_reaward,
clock_timestamp() as now
from procurement_requests r where r.id = $1 and {VISIBLE_REQUEST}
"""


class _Standing(Struct, frozen=True):
    """What the lifecycle's guards read of a request; a mapped object would cost a page as much as its statement."""

    organisation_id: UUID
    state: str
    sealed: bool
    quotes_due_at: datetime | None
    may_reaward: bool


async def request_page(session: AsyncSession, actor: Actor, request_id: UUID) -> bytes:
    """A request as JSON for its buyer, or for a vendor who may see it, with what the reader may do now.

    Raises:
        NotFoundError: the reader may not know of it.
    """
    row = await read_row(session, _PAGE, request_id, actor.organisation_id)
    if row is None:
        raise NotFoundError
    body, organisation_id, state, sealed, quotes_due_at, attachments, may_reaward, now = row
    standing = cast(
        "Request", _Standing(organisation_id, state, sealed, quotes_due_at, may_reaward)
    )
    actions = [
        {"name": action.name, "reason": action.reason}
        for action in REQUEST.actions(standing, actor, now)
    ]
    return with_parts(body, attachments=signed_attachments(attachments), actions=actions)


def signed_attachments(column: str) -> list[dict[str, Any]]:
    """Files of a row, with addresses that open them for a while."""
    snapshots = json.loads(column)
    if not snapshots:
        return []
    return [view.model_dump(mode="json") for view in attachment_views(snapshots)]


async def list_requests(
    session: AsyncSession,
    actor: Actor,
    *,
    states: Sequence[str],
    categories: Sequence[str],
    visibility: str | None,
    words: str | None,
    created_from: datetime | None,
    created_to: datetime | None,
    due_from: datetime | None,
    due_to: datetime | None,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of the organisation's own requests as JSON."""
    where = Conditions("r.organisation_id = $1", values=[actor.organisation_id])
    where.add("r.state = any(?::text[])", list(states))
    where.add("r.category = any(?::text[])", list(categories))
    where.add("r.visibility = ?", visibility)
    where.add("r.created_at >= ?", created_from)
    where.add("r.created_at < ?", created_to)
    where.add("r.quotes_due_at >= ?", due_from)
    where.add("r.quotes_due_at < ?", due_to)
    if words:
        _add_words(where, words)
    sql, values = page_of(
        _SUMMARY,
        "procurement_requests r",
        where,
        order_by(_SORT_COLUMNS, sort, "r.id"),
        page=paging.page,
        size=paging.size,
    )
    return await read_json(session, sql, *values) or b""


def _add_words(where: Conditions, typed: str) -> None:
    found = matches("r.search", where.parameter(typed), where.parameter(prefix_query(typed)))
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = where.parameter(f"%{escaped}%")
    where.clauses.append(f"{found} or r.number ilike {like} or r.title ilike {like}")
