"""Routes of orders."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, requires
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import Line
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.orders.actions.answer import confirm, process, reject
from karavan.modules.orders.actions.end import (
    agree_cancel,
    cancel,
    complete,
    refuse_cancel,
    request_cancel,
)
from karavan.modules.orders.actions.invoice import invoice_order
from karavan.modules.orders.actions.place_from import place_from
from karavan.modules.orders.actions.set_status import set_status
from karavan.modules.orders.actions.ship import deliver, ship
from karavan.modules.orders.lifecycle import ORDER
from karavan.modules.orders.models import Order
from karavan.modules.orders.permissions import (
    ORDER_CANCEL,
    ORDER_PLACE,
    ORDER_READ,
    ORDER_SELL,
)
from karavan.modules.orders.queries.orders import (
    ORDER_SORTS,
    OrderFilter,
    count_orders,
    list_orders,
    order_page,
)
from karavan.modules.orders.queries.placed import placed_view
from karavan.modules.orders.schemas.orders import (
    ConfirmBody,
    Day,
    InvoiceOrderBody,
    OrderFacets,
    OrderListItem,
    OrderView,
    PlaceOrderBody,
    ShipBody,
    StatusBody,
)
from karavan.modules.orders.states import OrderStatusWord

router = make_router("/orders", "orders")

JSON = "application/json"
Reader = Annotated[Actor, requires(ORDER_READ)]


async def _wanted(
    side: Annotated[
        str | None, Query(pattern="^(buyer|seller)$", description="Both by default.")
    ] = None,
    state: Annotated[list[OrderStatusWord] | None, Query(description="In either wording.")] = None,
    q: Annotated[
        Line | None,
        Query(description="In the number, the buyer's reference, a name, a SKU or a product."),
    ] = None,
    partner_id: Annotated[UUID | None, Query(description="The other side.")] = None,
    placed_from: Day | None = None,
    placed_to: Day | None = None,
    *,
    cancel_asked: Annotated[
        bool | None, Query(description="With or without a wish to cancel that waits.")
    ] = None,
) -> OrderFilter:
    return OrderFilter(
        side=side,
        states=[one.state for one in state or ()],
        words=q,
        partner_id=partner_id,
        placed_from=placed_from,
        placed_to=placed_to,
        cancel_asked=cancel_asked,
    )


Narrowed = Annotated[OrderFilter, Depends(_wanted)]


async def _view(session: AsyncSession, actor: Actor, order: Order) -> Response:
    # The page is read past the object mapper.
    await session.flush()
    return Response(await order_page(session, actor, order.id), media_type=JSON)


@router.post("", status_code=201)
async def create_order(
    body: PlaceOrderBody, session: Tx, actor: Annotated[Actor, requires(ORDER_PLACE)]
) -> OrderView:
    """Order of a supplier with whom there is an accepted link. Send an `Idempotency-Key`: an answer that was lost on the
    way is then given again, and nothing is ordered twice.
    """
    return placed_view(actor, await place_from(session, actor, body))


@router.get("", response_model=Page[OrderListItem])
async def read_orders(
    session: Tx,
    actor: Reader,
    paging: Paging,
    wanted: Narrowed,
    sort: Annotated[list[str], ORDER_SORTS.parameter()],
) -> Response:
    """The organisation's orders, those that it placed and those that it received."""
    body = await list_orders(session, actor, wanted, sort=sort, paging=paging)
    return Response(body, media_type=JSON)


@router.get("/facets", response_model=OrderFacets)
async def read_facets(session: Tx, actor: Reader, wanted: Narrowed) -> Response:
    """How many orders match, by state."""
    return Response(await count_orders(session, actor, wanted), media_type=JSON)


@router.get("/{order_id}", response_model=OrderView)
async def read(order_id: UUID, session: Tx, actor: Reader) -> Response:
    """An order with its lines, shipments, history and invoice."""
    return Response(await order_page(session, actor, order_id), media_type=JSON)


Status = Annotated[StatusBody, versioned(StatusBody)]


@router.patch("/{order_id}/status", response_model=OrderView)
async def change_status(order_id: UUID, body: Status, session: Tx, actor: Reader) -> Response:
    """Move an order to a state by its transition, in either wording: `accepted` is `confirmed`, `in_progress` is
    `processing`.
    """
    return await _view(session, actor, await set_status(session, actor, order_id, body))


@router.put("/{order_id}/status", response_model=OrderView)
async def put_status(order_id: UUID, body: Status, session: Tx, actor: Reader) -> Response:
    """The same as PATCH."""
    return await _view(session, actor, await set_status(session, actor, order_id, body))


@router.put("/{order_id}/cancel", response_model=OrderView)
async def put_cancel(
    order_id: UUID,
    body: Annotated[TransitionBody, versioned(TransitionBody, optional=True)],
    session: Tx,
    actor: Annotated[Actor, requires(ORDER_CANCEL)],
) -> Response:
    """The same as POST."""
    return await _view(session, actor, await cancel(session, actor, order_id, body))


@router.post("/{order_id}/invoice", response_model=OrderView)
async def create_invoice(
    order_id: UUID,
    body: Annotated[InvoiceOrderBody, versioned(InvoiceOrderBody, optional=True)],
    session: Tx,
    actor: Annotated[Actor, requires(ORDER_SELL)],
) -> Response:
    """Send the invoice of what you deliver, due after the days of the terms. It takes the order's place in the buyer's
    credit.
    """
    return await _view(session, actor, await invoice_order(session, actor, order_id, body))


add_transition_routes(
    router,
    ORDER,
    {
        "confirm": Command(confirm, ConfirmBody),
        "reject": Command(reject),
        "process": Command(process),
        "ship": Command(ship, ShipBody),
        "deliver": Command(deliver),
        "complete": Command(complete),
        "cancel": Command(cancel),
        "request-cancel": Command(request_cancel),
        "agree-cancel": Command(agree_cancel),
        "refuse-cancel": Command(refuse_cancel),
    },
    view=_view,
    response_model=OrderView,
)
