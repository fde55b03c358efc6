"""Routes of what surrounds an order: its papers, its conversation, and credit."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from karavan.kit.authz import Actor, requires
from karavan.kit.errors import NotFoundError
from karavan.kit.pagination import Cursor
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.conversations.public import (
    MESSAGE_WRITE,
    Direction,
    MessageFeed,
    MessageView,
    PostMessageBody,
    read_messages,
    thread_of,
)
from karavan.modules.orders.actions.rows import visible_order
from karavan.modules.orders.actions.talk import SUBJECT, say
from karavan.modules.orders.permissions import ORDER_READ
from karavan.modules.orders.queries.credit import credit_of_link
from karavan.modules.orders.queries.papers import paper_order, paper_shipment
from karavan.modules.orders.rendering import render_packing_slip, render_proforma
from karavan.modules.orders.schemas.orders import CreditView

orders = make_router("/orders", "orders")
links = make_router("/links", "links")
routers = [orders, links]

Reader = Annotated[Actor, requires(ORDER_READ)]
_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}


def _file(content: bytes, name: str) -> Response:
    return Response(
        content,
        media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{name}.pdf"'},
    )


@orders.get(
    "/{order_id}/proforma.pdf",
    dependencies=[requires(ORDER_READ)],
    response_class=Response,
    responses=_PDF,
)
async def read_proforma(order_id: UUID, session: Tx) -> Response:
    """What was ordered at which prices, before there is an invoice."""
    paper = await paper_order(session, order_id)
    return _file(await asyncio.to_thread(render_proforma, paper), f"{paper.number}-proforma")


@orders.get(
    "/{order_id}/packing-slip.pdf",
    dependencies=[requires(ORDER_READ)],
    response_class=Response,
    responses=_PDF,
)
async def read_packing_slip(
    order_id: UUID,
    session: Tx,
    shipment: Annotated[
        int | None, Query(ge=1, le=10_000, description="The last one by default.")
    ] = None,
) -> Response:
    """What is in the parcel; before anything has left, what is to be packed."""
    paper = await paper_order(session, order_id)
    parcel = await paper_shipment(session, order_id, shipment)
    content = await asyncio.to_thread(render_packing_slip, paper, parcel)
    return _file(content, f"{paper.number}-packing-slip")


@orders.get("/{order_id}/messages")
async def list_messages(
    order_id: UUID,
    session: Tx,
    actor: Reader,
    cursor: Cursor,
    direction: Direction = Direction.OLDER,
) -> MessageFeed:
    """A stretch of the conversation about an order, in the order in which it was said. Begins with the newest stretch."""
    await visible_order(session, order_id)
    try:
        thread_id = await thread_of(session, SUBJECT, order_id)
    except NotFoundError:
        return MessageFeed(items=[], next=None, last_sequence=0, read_marks=[])
    return await read_messages(session, actor, thread_id, cursor, direction=direction)


@orders.post("/{order_id}/messages", status_code=201)
async def create_message(
    order_id: UUID,
    body: PostMessageBody,
    session: Tx,
    actor: Annotated[Actor, requires(MESSAGE_WRITE)],
) -> MessageView:
    """Say something to the other side. The same `client_id` again answers with the first message again."""
    return await say(session, actor, order_id, body)


@links.get("/{link_id}/credit", dependencies=[requires(ORDER_READ)])
async def read_credit(link_id: UUID, session: Tx) -> CreditView:
    """Credit on a trading link: its limit, what orders reserve, what their invoices use, and what is overdue."""
    return await credit_of_link(session, link_id)
