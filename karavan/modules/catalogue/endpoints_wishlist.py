"""The wishlist of whoever is signed in."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Response

from karavan.kit.authz import Actor, requires
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.catalogue.actions.wishlists import items
from karavan.modules.catalogue.permissions import WISHLIST_WRITE
from karavan.modules.catalogue.queries.wishlists import list_wishes
from karavan.modules.catalogue.schemas.reviews import WishBody, WishState, WishView

router = make_router("/wishlist", "wishlist")

JSON = "application/json"
Keeper = Annotated[Actor, requires(WISHLIST_WRITE)]


@router.get("", response_model=Page[WishView])
async def list_wishlist(actor: Keeper, session: Tx, paging: Paging) -> Response:
    """What you keep an eye on and can still buy, the newest first, at your own prices."""
    return Response(await list_wishes(session, actor, paging), media_type=JSON)


@router.post("/items", status_code=HTTPStatus.CREATED)
async def add_to_wishlist(body: WishBody, actor: Keeper, session: Tx) -> WishState:
    """Keep an eye on a product: you are told when it becomes cheaper, and when it is back in stock. Twice is no error."""
    await items.add(session, actor, body.product_id)
    return WishState(product_id=body.product_id, contained=True)


@router.get("/items/{product_id}")
async def get_wish(product_id: UUID, actor: Keeper, session: Tx) -> WishState:
    """Whether a product is on your wishlist."""
    contained = await items.contains(session, actor, product_id)
    return WishState(product_id=product_id, contained=contained)


@router.delete("/items/{product_id}", status_code=HTTPStatus.NO_CONTENT)
async def remove_from_wishlist(product_id: UUID, actor: Keeper, session: Tx) -> None:
    """Take a product off your wishlist. Twice is no error."""
    await items.remove(session, actor, product_id)
