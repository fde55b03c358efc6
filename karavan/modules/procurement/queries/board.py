"""The board of open requests: for everybody, and for invited vendors what they were invited to. One statement each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json, read_row
from karavan.kit.errors import NotFoundError
from karavan.kit.json_sql import Conditions, moment, money, order_by, page_of, with_parts
from karavan.kit.pagination import PageParameters, Sorting
from karavan.kit.text_search import matches, prefix_query
from karavan.modules.procurement.queries.requests import (
    LINES_JSON,
    REVISIONS_JSON,
    signed_attachments,
)

_SORT_COLUMNS = {
    "quotes_due_at": "r.quotes_due_at",
    "published_at": "r.published_at",
    "budget": "r.budget_amount",
}
COUNTED_TO = 1_000
"""Who looks at the board wants to know that there are many, not how many: further pages can be asked for all the same."""
BOARD_SORTS = Sorting("BoardSort", _SORT_COLUMNS, default="quotes_due_at")

# `$1` is the reader's organisation, or null for a visitor. The policies of the tables say who sees what; this says
# what belongs on a board.
_OPEN = "r.state = 'published' and r.quotes_due_at > now()"
_INVITED = (
    "exists (select 1 from procurement_invitations i where i.request_id = r.id"
    " and i.organisation_id = $1::uuid and i.declined_at is null)"
)
_QUOTED = (
    "exists (select 1 from procurement_quotes q where q.request_id = r.id"
    " and q.organisation_id = $1::uuid and q.state in ('submitted', 'updated', 'standby'))"
)

_FACETS = ("category", "delivery_country", "currency")

_ITEM = f"""json_build_object(
  'id', r.id, 'number', r.number, 'title', r.title, 'excerpt', left(r.description, 280),
  'category', r.category,
  'organisation', json_build_object('id', r.organisation_id, 'name', r.organisation_name),
  'visibility', r.visibility, 'sealed', r.sealed, 'currency', r.currency,
  'budget', {money("r.budget_amount", "r.currency")},
  'quotes_due_at', {moment("r.quotes_due_at")}, 'needed_by', r.needed_by,
  'delivery_country', r.delivery_country, 'delivery_place', r.delivery_place,
  'published_at', {moment("r.published_at")},
  'lines_count', (select count(*) from procurement_request_lines l
                  where l.request_id = r.id and l.removed_in_revision is null),
  'invited', $1::uuid is not null and {_INVITED},
  'quoted', $1::uuid is not null and {_QUOTED},
  'own', $1::uuid is not null and r.organisation_id = $1::uuid
)"""

_PAGE = f"""
select json_build_object(
  'id', r.id, 'number', r.number, 'state', r.state, 'title', r.title,
  'description', r.description, 'category', r.category,
  'organisation', json_build_object('id', r.organisation_id, 'name', r.organisation_name),
  'sealed', r.sealed, 'currency', r.currency,
  'budget', {money("r.budget_amount", "r.currency")},
  'quotes_due_at', {moment("r.quotes_due_at")}, 'needed_by', r.needed_by,
  'delivery_country', r.delivery_country, 'delivery_place', r.delivery_place,
  'delivery_terms', r.delivery_terms, 'payment_terms', r.payment_terms,
  'revision', r.revision, 'published_at', {moment("r.published_at")},
  'accepts_quotes', {_OPEN},
  'lines', {LINES_JSON},
  'revisions', {REVISIONS_JSON},
  'questions', coalesce((select json_agg(json_build_object(
      'text', w.text, 'answer', w.answer, 'answered_at', {moment("w.answered_at")}) order by w.answered_at)
    from procurement_questions w where w.request_id = r.id and w.answer is not null), '[]'::json)
)::text as body, r.attachments::text as attachments
from procurement_requests r
where r.id = $1 and r.visibility = 'public' and r.published_at is not null
"""


class BoardFilter(Struct, frozen=True, kw_only=True):
    """What somebody looks for on the board. Budgets are minor units of `currency`."""

    words: str | None = None
    categories: Sequence[str] = ()
    currency: str | None = None
    budget_min: int | None = None
    budget_max: int | None = None
    country: str | None = None
    due_after: datetime | None = None
    due_before: datetime | None = None
    invited: bool = False


def _conditions(actor: Actor | None, wanted: BoardFilter) -> Conditions:
    where = _without_facets(actor, wanted)
    where.clauses += _facets(where, wanted).values()
    return where


def _facets(where: Conditions, wanted: BoardFilter) -> dict[str, str]:
    """What was chosen of each facet, as conditions. A budget is one of a currency, and so belongs to its choice."""
    chosen = {column: Conditions() for column in _FACETS}
    for column, clause, value in (
        ("category", "r.category = any(?::text[])", list(wanted.categories)),
        ("delivery_country", "r.delivery_country = ?", wanted.country),
        ("currency", "r.currency = ?", wanted.currency),
        ("currency", "r.budget_amount >= ?", wanted.budget_min),
        ("currency", "r.budget_amount <= ?", wanted.budget_max),
    ):
        if value is not None and value != []:
            chosen[column].clauses.append(clause.replace("?", where.parameter(value)))
    return {column: one.sql for column, one in chosen.items()}


def _without_facets(actor: Actor | None, wanted: BoardFilter) -> Conditions:
    where = Conditions(_OPEN, values=[actor.organisation_id if actor else None])
    where.clauses.append(_INVITED if wanted.invited else f"r.visibility = 'public' or {_INVITED}")
    where.add("r.quotes_due_at >= ?", wanted.due_after)
    where.add("r.quotes_due_at < ?", wanted.due_before)
    if wanted.words:
        typed, prefix = (
            where.parameter(text) for text in (wanted.words, prefix_query(wanted.words))
        )
        # The index finds the public ones, the primary key the few that the reader was invited to.
        where.clauses.append(
            f"r.id = any(array(select procurement_open_matching({typed}, {prefix})) || array("
            "select i.request_id from procurement_invitations i where i.organisation_id = $1::uuid))"
        )
        where.clauses.append(matches("r.search", typed, prefix))
    return where


async def board_page(
    session: AsyncSession,
    actor: Actor | None,
    wanted: BoardFilter,
    *,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of open requests as JSON; `total` is counted to `COUNTED_TO`."""
    sql, values = page_of(
        _ITEM,
        "procurement_requests r",
        _conditions(actor, wanted),
        order_by(_SORT_COLUMNS, sort, "r.id"),
        page=paging.page,
        size=paging.size,
        counted_to=COUNTED_TO,
    )
    return await read_json(session, sql, *values) or b""


def _counts(column: str) -> str:
    others = " and ".join(f"by_{one}" for one in _FACETS if one != column)
    return f"""coalesce((select json_agg(json_build_object('value', value, 'count', n)
        order by n desc, value) from (select {column} as value, count(*) as n from open
        where {column} is not null and {others} group by 1) counted), '[]'::json)"""


async def board_facets(session: AsyncSession, actor: Actor | None, wanted: BoardFilter) -> bytes:
    """How many open requests match, by category, country and currency, as JSON.

    Each facet is counted under the choices of the others: what else could be chosen of it stays there to be chosen.
    """
    where = _without_facets(actor, wanted)
    chosen = ", ".join(
        f"coalesce({sql}, false) as by_{column}" for column, sql in _facets(where, wanted).items()
    )
    sql = f"""
    with open as materialized (
      select r.category, r.delivery_country, r.currency, {chosen}
      from procurement_requests r where {where.sql}
    )
    select json_build_object(
      'total', (select count(*) from open where {" and ".join(f"by_{one}" for one in _FACETS)}),
      'categories', {_counts("category")},
      'countries', {_counts("delivery_country")},
      'currencies', {_counts("currency")}
    )::text
    """
    return await read_json(session, sql, *where.values) or b""


async def public_request(session: AsyncSession, request_id: UUID) -> bytes:
    """The public page of a public request as JSON, also after it has come to its end.

    Raises:
        NotFoundError: there is none, or it is not public.
    """
    row = await read_row(session, _PAGE, request_id)
    if row is None:
        raise NotFoundError
    body, attachments = row
    return with_parts(body, attachments=signed_attachments(attachments))
