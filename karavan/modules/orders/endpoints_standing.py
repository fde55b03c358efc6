"""Routes of standing orders."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from karavan.kit.authz import Actor, requires
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.orders.actions import standing as actions
from karavan.modules.orders.permissions import ORDER_PLACE, ORDER_READ
from karavan.modules.orders.queries.standing import (
    list_standing,
    read_standing,
    standing_details,
)
from karavan.modules.orders.schemas.standing import (
    StandingBody,
    StandingDetails,
    StandingPatch,
    StandingView,
)
from karavan.modules.orders.standing_lifecycle import STANDING
from karavan.modules.orders.states import StandingState

router = make_router("/standing-orders", "standing orders")

Reader = Annotated[Actor, requires(ORDER_READ)]
Buyer = Annotated[Actor, requires(ORDER_PLACE)]


@router.get("")
async def list_all(
    session: Tx,
    actor: Reader,
    paging: Paging,
    state: Annotated[list[StandingState] | None, Query()] = None,
) -> Page[StandingView]:
    """Your organisation's standing orders, the newest first."""
    return await list_standing(session, actor, paging, state or ())


@router.post("", status_code=201)
async def create(body: StandingBody, session: Tx, actor: Buyer) -> StandingDetails:
    """Set up an order that places itself on certain days, in your name."""
    standing = await actions.create_standing(session, actor, body)
    return await standing_details(session, actor, standing)


@router.get("/{standing_id}")
async def read(standing_id: UUID, session: Tx, actor: Reader) -> StandingDetails:
    """A standing order with its turns: the orders that it placed, and why others were skipped."""
    return await read_standing(session, actor, standing_id)


@router.patch("/{standing_id}")
async def patch(
    standing_id: UUID,
    body: Annotated[StandingPatch, versioned(StandingPatch)],
    session: Tx,
    actor: Buyer,
) -> StandingDetails:
    """Change what is ordered or when. From then on it runs in your name."""
    standing = await actions.change_standing(session, actor, standing_id, body)
    return await standing_details(session, actor, standing)


add_transition_routes(
    router,
    STANDING,
    {
        "pause": Command(actions.pause),
        "resume": Command(actions.resume),
        "skip-next": Command(actions.skip_next),
        "end": Command(actions.end),
    },
    view=standing_details,
    response_model=StandingDetails,
)
