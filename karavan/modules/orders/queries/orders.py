"""Lists of orders for both sides, and the page of one order: one statement each (docs/adr/0009)."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from msgspec import Struct
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
from karavan.kit.lifecycle import Action, Reason
from karavan.kit.pagination import PageParameters, Sorting
from karavan.modules.catalogue.public import first_picture
from karavan.modules.conversations.public import thread_and_unread
from karavan.modules.invoicing.public import invoice_summary
from karavan.modules.links.public import LINKED_SUPPLIERS
from karavan.modules.orders.actions.invoice import is_invoiceable
from karavan.modules.orders.lifecycle import BUYER, ORDER, SELLER
from karavan.modules.orders.models import Order
from karavan.modules.orders.permissions import CART_WRITE, ORDER_SELL
from karavan.modules.orders.states import OrderState

_SORT_COLUMNS = {
    "created_at": "o.created_at",
    "updated_at": "o.updated_at",
    "number": "o.number",
    "total": "o.total_amount",
    "state": "o.state",
    "wanted_on": "o.wanted_on",
}
ORDER_SORTS = Sorting("OrderSort", _SORT_COLUMNS, default="-created_at")
COUNTED_TO = 10_000

_STATUS = """case o.state when 'confirmed' then 'accepted' when 'processing' then 'in_progress' else o.state end"""


def _number(column: str) -> str:
    return f"trim_scale({column})::text"


# `$1` is the reader's organisation in every statement.
_ITEM = f"""
  'id', o.id, 'number', o.number, 'kind', o.kind, 'state', o.state, 'status', {_STATUS},
  'side', case when o.organisation_id = $1 then 'seller' else 'buyer' end,
  'seller', json_build_object('id', o.organisation_id, 'name', o.organisation_name),
  'buyer', json_build_object('id', o.buyer_organisation_id, 'name', o.buyer_organisation_name),
  'total', {money("o.total_amount", "o.currency")}, 'lines_count', o.lines_count,
  'excerpt', (select string_agg(left(name, 80), ', ' order by position) from (
      select name, position from orders_lines l where l.order_id = o.id order by position limit 3) first),
  'buyer_reference', o.buyer_reference,
  'placed_by_name', case when o.buyer_organisation_id = $1 then nullif(o.placed_by_name, '') end,
  'wanted_on', o.wanted_on, 'due_at', {moment("o.due_at")},
  'cancel_asked_at', {moment("o.cancel_asked_at")}, 'invoice_number', o.invoice_number,
  'paid_at', {moment("o.paid_at")}, 'version', o.version,
  'created_at', {moment("o.created_at")}, 'updated_at', {moment("o.updated_at")}"""

_LINES = f"""coalesce((select json_agg(json_build_object(
    'id', l.id, 'position', l.position, 'product_id', l.product_id, 'parent_id', l.parent_id,
    'sku', l.sku, 'name', l.name, 'names', l.names, 'options', l.options, 'unit', l.unit,
    'image', {first_picture("l.product_id", "$1")},
    'quantity', {_number("l.quantity")}, 'confirmed_quantity', {_number("l.confirmed_quantity")},
    'shipped_quantity', {_number("l.shipped_quantity")},
    'unit_price', {money("l.unit_price_amount", "o.currency")},
    'list_price', {money("l.list_price_amount", "o.currency")}, 'price_source', l.price_source,
    'tax_rate', {_number("l.tax_rate")}, 'net', {money("l.net_amount", "o.currency")})
    order by l.position) from orders_lines l where l.order_id = o.id), '[]'::json)"""

_SHIPMENTS = f"""coalesce((select json_agg(json_build_object(
    'id', s.id, 'position', s.position, 'carrier', s.carrier, 'tracking_number', s.tracking_number,
    'note', s.note, 'lines', s.lines, 'created_at', {moment("s.created_at")})
    order by s.position) from orders_shipments s where s.order_id = o.id), '[]'::json)"""

_MOVES = f"""coalesce((select json_agg(json_build_object(
    'name', m.name, 'state', m.state, 'side', m.side,
    'actor_name', case when m.side = case when o.organisation_id = $1 then 'seller' else 'buyer' end
      then nullif(m.actor_name, '') end,
    'reason', m.reason, 'facts', m.facts, 'created_at', {moment("m.created_at")})
    order by m.created_at, m.id) from orders_moves m where m.order_id = o.id), '[]'::json)"""

_PAGE = f"""
select json_build_object({_ITEM}) ::text as item, json_build_object(
  'net', {money("o.net_amount", "o.currency")}, 'tax', {money("o.tax_amount", "o.currency")},
  'discount', {money("o.discount_amount", "o.currency")}, 'note', o.note,
  'delivery_address', o.delivery_address, 'link_id', o.link_id, 'terms_number', o.terms_number,
  'payment_days', o.payment_days, 'representative_name', o.representative_name,
  'standing_order_id', case when o.buyer_organisation_id = $1 then o.standing_order_id end,
  'confirmed_at', {moment("o.confirmed_at")}, 'shipped_at', {moment("o.shipped_at")},
  'delivered_at', {moment("o.delivered_at")}, 'ended_at', {moment("o.ended_at")},
  'lines', {_LINES}, 'shipments', {_SHIPMENTS}, 'moves', {_MOVES}
)::text as body,
o.organisation_id, o.buyer_organisation_id, o.state, o.invoice_id, o.invoice_number,
o.cancel_asked_at, o.organisation_id = any ({LINKED_SUPPLIERS}), clock_timestamp()
from orders_orders o
where o.id = $2 and (o.organisation_id = $1 or o.buyer_organisation_id = $1)
"""


class OrderFilter(Struct, frozen=True, kw_only=True):
    """What somebody looks for among the orders of their organisation."""

    side: str | None = None
    states: Sequence[OrderState] = ()
    words: str | None = None
    partner_id: UUID | None = None
    placed_from: date | None = None
    placed_to: date | None = None
    cancel_asked: bool | None = None


class _Standing(Struct, frozen=True):
    """What the lifecycle's guards read of an order."""

    organisation_id: UUID
    buyer_organisation_id: UUID
    state: str
    invoice_id: UUID | None
    invoice_number: str | None
    cancel_asked_at: datetime | None


def _conditions(actor: Actor, wanted: OrderFilter, *, by_state: bool = True) -> Conditions:
    where = Conditions(values=[actor.organisation_id])
    sides = {
        SELLER: "o.organisation_id = $1",
        BUYER: "o.buyer_organisation_id = $1",
        None: "o.organisation_id = $1 or o.buyer_organisation_id = $1",
    }
    where.clauses.append(sides[wanted.side])
    if by_state:
        where.add("o.state = any(?::text[])", [one.value for one in wanted.states])
    where.add("o.organisation_id = ? or o.buyer_organisation_id = ?", wanted.partner_id)
    where.add("o.created_at >= ?::date at time zone 'utc'", wanted.placed_from)
    where.add("o.created_at < (?::date + 1) at time zone 'utc'", wanted.placed_to)
    where.add("(o.cancel_asked_at is not null) = ?", wanted.cancel_asked)
    if wanted.words:
        escaped = wanted.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        like = where.parameter(f"%{escaped}%")
        where.clauses.append(
            f"o.number ilike {like} or o.buyer_reference ilike {like}"
            f" or o.organisation_name ilike {like} or o.buyer_organisation_name ilike {like}"
            f" or exists (select 1 from orders_lines l where l.order_id = o.id"
            f" and (l.sku ilike {like} or l.name ilike {like}))"
        )
    return where


async def list_orders(
    session: AsyncSession,
    actor: Actor,
    wanted: OrderFilter,
    *,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of the organisation's orders as JSON; `total` is counted to `COUNTED_TO`."""
    sql, values = page_of(
        f"json_build_object({_ITEM})",
        "orders_orders o",
        _conditions(actor, wanted),
        order_by(_SORT_COLUMNS, sort, "o.id", nullable={"wanted_on"}),
        page=paging.page,
        size=paging.size,
        key="o.id",
        counted_to=COUNTED_TO,
    )
    return await read_json(session, sql, *values) or b""


async def count_orders(session: AsyncSession, actor: Actor, wanted: OrderFilter) -> bytes:
    """How many orders match, by state, as JSON. The chosen states do not narrow it."""
    where = _conditions(actor, wanted, by_state=False)
    sql = counts_by_state("orders_orders o", where)
    return await read_json(session, sql, *where.values) or b""


async def order_page(session: AsyncSession, actor: Actor, order_id: UUID) -> bytes:
    """An order as JSON for one of its sides, with what the reader may do now.

    Raises:
        NotFoundError: the actor's organisation is no side of such an order.
    """
    row = await read_row(session, _PAGE, actor.organisation_id, order_id)
    if row is None:
        raise NotFoundError
    item, body, *columns, is_linked, now = row
    standing = _Standing(*columns)
    # The guards read nothing of an order but what stands here.
    order = cast("Order", standing)
    sells = standing.organisation_id == actor.organisation_id
    merged = f"{str(item).rstrip()[:-1]}, {str(body).lstrip()[1:]}"
    thread = await thread_and_unread(session, actor, ORDER.name, order_id)
    return with_parts(
        merged,
        invoice=await _invoice(session, standing.invoice_id),
        thread=thread and thread.summary(),
        may_invoice=sells and actor.may(ORDER_SELL) and is_invoiceable(order),
        # Without an accepted link the supplier's goods are out of reach, and so is every cart with them.
        may_reorder=bool(is_linked) and not sells and actor.may(CART_WRITE),
        actions=[
            _told(action, sells=sells).model_dump(mode="json")
            for action in ORDER.actions(order, actor, now)
        ],
    )


def _told(action: Action, *, sells: bool) -> Action:
    """A seller who cancels says why; the buyer, whose order it is, need not."""
    if sells and action.name == "cancel":
        return Action(name=action.name, reason=Reason.REQUIRED)
    return action


async def _invoice(session: AsyncSession, invoice_id: UUID | None) -> dict[str, Any] | None:
    if invoice_id is None:
        return None
    invoice = await invoice_summary(session, invoice_id)
    if invoice is None:
        return None
    said = json.loads(invoice.model_dump_json())
    return {key: said[key] for key in ("id", "number", "state", "due", "due_date", "overdue")}
