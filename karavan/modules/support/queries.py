"""Lists of complaints for both sides, the page of one, and how a supplier does: one statement each (docs/adr/0009)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json, read_row
from karavan.kit.errors import NotFoundError
from karavan.kit.json_sql import (
    Conditions,
    counts_by_state,
    moment,
    money,
    order_by,
    page_of,
    with_parts,
)
from karavan.kit.pagination import PageParameters, Sorting
from karavan.modules.conversations.public import thread_and_unread
from karavan.modules.media.public import attachment_views
from karavan.modules.support.lifecycle import APPEALED_WITHIN, BUYER, COMPLAINT, SELLER
from karavan.modules.support.models import Complaint
from karavan.modules.support.permissions import (
    COMPLAINT_ANSWER,
    COMPLAINT_DECIDE,
    COMPLAINT_WRITE,
)
from karavan.modules.support.states import RUNNING, ComplaintKind, ComplaintState

_SORT_COLUMNS = {
    "created_at": "c.created_at",
    "updated_at": "c.updated_at",
    "due_at": "c.due_at",
    "number": "c.number",
    "state": "c.state",
}
COMPLAINT_SORTS = Sorting("ComplaintSort", _SORT_COLUMNS, default="-created_at")
COUNTED_TO = 10_000

_OVERDUE = "(c.due_at is not null and c.due_at < clock_timestamp())"
_SIDE = "case when c.organisation_id = $1 then 'seller' else 'buyer' end"

# `$1` is the reader's organisation in every statement.
_ITEM = f"""
  'id', c.id, 'number', c.number, 'state', c.state, 'kind', c.kind, 'wanted', c.wanted,
  'side', {_SIDE},
  'seller', json_build_object('id', c.organisation_id, 'name', c.organisation_name),
  'buyer', json_build_object('id', c.buyer_organisation_id, 'name', c.buyer_organisation_name),
  'order_id', c.order_id, 'order_number', c.order_number, 'line_name', c.line_name,
  'excerpt', left(c.text, 160),
  'assignee_name', case when c.organisation_id = $1 then c.assignee_name end,
  'due_at', {moment("c.due_at")}, 'lapses_at', {moment("c.lapses_at")}, 'overdue', {_OVERDUE},
  'escalated', c.escalated_at is not null, 'outcome', c.outcome,
  'outcome_amount', {money("c.outcome_amount", "c.currency")}, 'version', c.version,
  'created_at', {moment("c.created_at")}, 'updated_at', {moment("c.updated_at")}"""

_MOVES = f"""coalesce((select json_agg(json_build_object(
    'name', m.name, 'state', m.state, 'side', m.side,
    'actor_name', case when m.side = {_SIDE} then nullif(m.actor_name, '') end,
    'text', m.text, 'facts', m.facts, 'created_at', {moment("m.created_at")})
    order by m.created_at, m.id) from support_complaint_moves m where m.complaint_id = c.id), '[]'::json)"""

_EVIDENCE = f"""coalesce((select json_agg(json_build_object(
    'id', e.id, 'side', e.side,
    'author_name', case when e.side = {_SIDE} then nullif(e.author_name, '') end,
    'note', e.note, 'attachments', e.attachments, 'created_at', {moment("e.created_at")})
    order by e.created_at, e.id) from support_evidence e where e.complaint_id = c.id), '[]'::json)"""

_GIVEN = """greatest(case when s.outcome is not null and s.state <> 'withdrawn'
  then coalesce(s.outcome_amount, 0) else 0 end, s.credited_amount)"""
_OTHERS = "support_complaints s where s.order_id = c.order_id and s.id <> c.id"
_MOST = f"""greatest(0, least(
  c.cost_amount - (select coalesce(sum({_GIVEN}), 0) from {_OTHERS} and s.line_id is not distinct from c.line_id),
  c.order_amount - (select coalesce(sum({_GIVEN}), 0) from {_OTHERS})))::bigint"""

_PAGE = f"""
select json_build_object({_ITEM})::text, json_build_object(
  'text', c.text, 'line_id', c.line_id, 'line_sku', c.line_sku,
  'cost', {money("c.cost_amount", "c.currency")}, 'most', {money(_MOST, "c.currency")},
  'opened_by_name', case when c.buyer_organisation_id = $1 then nullif(c.opened_by_name, '') end,
  'assignee_user_id', case when c.organisation_id = $1 then c.assignee_user_id end,
  'manager_name', case when c.organisation_id = $1 then c.manager_name end,
  'proposed_outcome', c.proposed_outcome,
  'proposed_amount', {money("c.proposed_amount", "c.currency")},
  'answered_at', {moment("c.answered_at")}, 'answered_in_time', c.answered_in_time,
  'escalated_at', {moment("c.escalated_at")}, 'resolved_at', {moment("c.resolved_at")},
  'accepted_at', {moment("c.accepted_at")}, 'appealed_at', {moment("c.appealed_at")},
  'appealed_until', case when c.accepted_at is null and c.appealed_at is null
    then {moment(f"(c.resolved_at + interval '{APPEALED_WITHIN.days} days')")} end,
  'credited', {money("nullif(c.credited_amount, 0)", "c.currency")},
  'credit_note_id', c.credit_note_id, 'credit_note_number', c.credit_note_number,
  'moves', {_MOVES}
)::text, {_EVIDENCE}::text,
c.organisation_id, c.buyer_organisation_id, c.state, c.escalated_at, c.resolved_at, c.accepted_at,
c.appealed_at, c.proposed_outcome, clock_timestamp()
from support_complaints c
where c.id = $2 and (c.organisation_id = $1 or c.buyer_organisation_id = $1)
"""


class ComplaintFilter(Struct, frozen=True, kw_only=True):
    """What somebody looks for among the complaints of their organisation."""

    side: str | None = None
    states: Sequence[ComplaintState] = ()
    kinds: Sequence[ComplaintKind] = ()
    words: str | None = None
    partner_id: UUID | None = None
    order_id: UUID | None = None
    mine: bool = False
    overdue: bool | None = None


class _Standing(Struct, frozen=True):
    """What the lifecycle's guards read of a complaint."""

    organisation_id: UUID
    buyer_organisation_id: UUID
    state: str
    escalated_at: datetime | None
    resolved_at: datetime | None
    accepted_at: datetime | None
    appealed_at: datetime | None
    proposed_outcome: str | None


def _conditions(actor: Actor, wanted: ComplaintFilter, *, by_state: bool = True) -> Conditions:
    where = Conditions(values=[actor.organisation_id])
    sides = {
        SELLER: "c.organisation_id = $1",
        BUYER: "c.buyer_organisation_id = $1",
        None: "c.organisation_id = $1 or c.buyer_organisation_id = $1",
    }
    where.clauses.append(sides[wanted.side])
    if by_state:
        where.add("c.state = any(?::text[])", [one.value for one in wanted.states])
    where.add("c.kind = any(?::text[])", [one.value for one in wanted.kinds])
    where.add("c.organisation_id = ? or c.buyer_organisation_id = ?", wanted.partner_id)
    where.add("c.order_id = ?", wanted.order_id)
    where.add(f"{_OVERDUE} = ?", wanted.overdue)
    if wanted.mine:
        where.add("c.organisation_id = $1 and c.assignee_user_id = ?", actor.user_id)
    if wanted.words:
        escaped = wanted.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        like = where.parameter(f"%{escaped}%")
        columns = ("number", "order_number", "organisation_name", "buyer_organisation_name")
        where.clauses.append(
            " or ".join(f"c.{column} ilike {like}" for column in (*columns, "line_name", "text"))
        )
    return where


async def list_complaints(
    session: AsyncSession,
    actor: Actor,
    wanted: ComplaintFilter,
    *,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of the organisation's complaints as JSON; `total` is counted to `COUNTED_TO`."""
    sql, values = page_of(
        f"json_build_object({_ITEM})",
        "support_complaints c",
        _conditions(actor, wanted),
        order_by(_SORT_COLUMNS, sort, "c.id", nullable={"due_at"}),
        page=paging.page,
        size=paging.size,
        key="c.id",
        counted_to=COUNTED_TO,
    )
    return await read_json(session, sql, *values) or b""


async def count_complaints(session: AsyncSession, actor: Actor, wanted: ComplaintFilter) -> bytes:
    """How many complaints match, by state, as JSON. The chosen states do not narrow it."""
    where = _conditions(actor, wanted, by_state=False)
    sql = counts_by_state("support_complaints c", where)
    return await read_json(session, sql, *where.values) or b""


async def complaint_page(session: AsyncSession, actor: Actor, complaint_id: UUID) -> bytes:
    """A complaint as JSON for one of its sides, with what the reader may do now.

    Raises:
        NotFoundError: the actor's organisation is no side of such a complaint.
    """
    row = await read_row(session, _PAGE, actor.organisation_id, complaint_id)
    if row is None:
        raise NotFoundError
    item, body, evidence, *columns, now = row
    standing = _Standing(*columns)
    sells = standing.organisation_id == actor.organisation_id
    running = standing.state in RUNNING
    level = COMPLAINT_ANSWER if standing.escalated_at is None else COMPLAINT_DECIDE
    # The guards read nothing of a complaint but what stands here.
    actions = COMPLAINT.actions(cast("Complaint", standing), actor, now)
    thread = await thread_and_unread(session, actor, COMPLAINT.name, complaint_id)
    return with_parts(
        f"{str(item).rstrip()[:-1]}, {str(body).lstrip()[1:]}",
        evidence=_linked(json.loads(evidence)),
        thread=thread and thread.summary(),
        may_add_evidence=running and actor.may(COMPLAINT_ANSWER if sells else COMPLAINT_WRITE),
        may_assign=running and sells and actor.may(level),
        actions=[action.model_dump(mode="json") for action in actions],
    )


def _linked(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Evidence whose files have links that are good for an hour or two."""
    return [
        {
            **one,
            "attachments": [
                view.model_dump(mode="json") for view in attachment_views(one["attachments"])
            ],
        }
        for one in evidence
    ]


_STATISTICS = """
with recent as (
  select * from support_complaints c
  where c.organisation_id = $1 and c.created_at >= clock_timestamp() - make_interval(days => $2::int))
select json_build_object(
  'days', $2::int, 'opened', count(*), 'answered', count(*) filter (where answered_at is not null),
  'answered_in_time', count(*) filter (where answered_in_time),
  'in_time_share', round(count(*) filter (where answered_in_time)::numeric
    / nullif(count(*) filter (where answered_in_time is not null), 0), 4)::float8,
  'escalated', count(*) filter (where escalated_at is not null),
  'overdue', count(*) filter (where due_at < clock_timestamp()),
  'resolved', count(*) filter (where state = 'resolved'),
  'outcomes', coalesce((select json_object_agg(outcome, n) from (
    select outcome, count(*) as n from recent where state = 'resolved' group by outcome order by outcome
  ) told), '{}'::json))::text from recent
"""


async def complaint_statistics(session: AsyncSession, actor: Actor, days: int) -> bytes:
    """How the organisation deals with the complaints of its buyers, as JSON."""
    return await read_json(session, _STATISTICS, actor.organisation_id, days) or b""


async def running_complaints(session: AsyncSession, order_id: UUID) -> int:
    """How many complaints about an order are not settled; the transaction must be allowed to see them."""
    found = await session.scalar(
        select(func.count())
        .select_from(Complaint)
        .where(Complaint.order_id == order_id, Complaint.state.in_(RUNNING))
    )
    return found or 0
