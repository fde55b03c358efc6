"""Stock of products, and the places where it lies."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Response

from karavan.kit.authz import Actor, requires
from karavan.kit.pagination import Cursor, Feed
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import IfMatch, versioned
from karavan.modules.catalogue.actions.stock.change import change_stock
from karavan.modules.catalogue.actions.stock.locations import (
    add_location,
    edit_location,
    remove_location,
)
from karavan.modules.catalogue.permissions import PRODUCT_READ, STOCK_WRITE
from karavan.modules.catalogue.queries import stock as queries
from karavan.modules.catalogue.schemas.stock import (
    LocationBody,
    LocationPatch,
    LocationView,
    MovementView,
    StockChange,
    StockView,
)

products = make_router("/products", "stock")
locations = make_router("/stock-locations", "stock")
routers = [products, locations]

JSON = "application/json"
Reader = Annotated[Actor, requires(PRODUCT_READ)]
Writer = Annotated[Actor, requires(STOCK_WRITE)]


@products.get("/{product_id}/stock", response_model=StockView)
async def get_stock(product_id: UUID, actor: Reader, session: Tx) -> Response:
    """What is on hand and what is promised to orders, in every place."""
    return Response(await queries.stock_page(session, actor, product_id), media_type=JSON)


@products.post("/{product_id}/stock", response_model=StockView)
async def change_product_stock(
    product_id: UUID,
    body: Annotated[StockChange, versioned(StockChange)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Note goods that have arrived, or set what is on hand to what was counted. `version` is the level's."""
    await change_stock(session, actor, product_id, body)
    return Response(await queries.stock_page(session, actor, product_id), media_type=JSON)


@products.get("/{product_id}/stock/movements", response_model=Feed[MovementView])
async def list_movements(product_id: UUID, actor: Reader, session: Tx, cursor: Cursor) -> Response:
    """Every change of the product's stock, with who made it and why; the newest first."""
    body = await queries.movements(session, actor, product_id, cursor)
    return Response(body, media_type=JSON)


@locations.get("")
async def list_locations(_: Reader, session: Tx) -> list[LocationView]:
    """Places where your organisation keeps goods, in the order in which orders are served."""
    return [LocationView.model_validate(one) for one in await queries.list_locations(session)]


@locations.post("", status_code=HTTPStatus.CREATED)
async def create_location(body: LocationBody, actor: Writer, session: Tx) -> LocationView:
    """A new place."""
    return LocationView.model_validate(await add_location(session, actor, body))


@locations.patch("/{location_id}")
async def change_location(
    location_id: UUID,
    body: Annotated[LocationPatch, versioned(LocationPatch)],
    actor: Writer,
    session: Tx,
) -> LocationView:
    """Rename a place, or serve orders from it earlier or later."""
    return LocationView.model_validate(await edit_location(session, actor, location_id, body))


@locations.delete("/{location_id}", status_code=HTTPStatus.NO_CONTENT)
async def delete_location(location_id: UUID, actor: Writer, session: Tx, version: IfMatch) -> None:
    """Give up a place that holds nothing."""
    await remove_location(session, actor, location_id, version=version)
