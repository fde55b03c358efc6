"""What buyers see of suppliers: the catalogue through a trading link, and the seller's public page."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from karavan.kit.authz import Actor, OptionalActor, requires
from karavan.kit.money import AMOUNT_MAX
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.catalogue.permissions import PRODUCT_READ
from karavan.modules.catalogue.queries.linked_catalogue import CatalogueFilter
from karavan.modules.catalogue.queries.shop import (
    CATALOGUE_SORTS,
    linked_catalogue,
    seller_page,
)
from karavan.modules.catalogue.schemas.shop import CatalogueItem, SellerView

catalog = make_router("/catalog", "catalogue")
sellers = make_router("/sellers", "catalogue")
routers = [catalog, sellers]

JSON = "application/json"
Amount = Annotated[int | None, Query(ge=0, le=AMOUNT_MAX, description="Minor units.")]


@catalog.get("", response_model=Page[CatalogueItem])
async def list_linked_catalogue(
    supplier_id: Annotated[UUID, Query(description="An organisation with an accepted link.")],
    actor: Annotated[Actor, requires(PRODUCT_READ)],
    session: Tx,
    paging: Paging,
    sort: Annotated[list[str], CATALOGUE_SORTS.parameter()],
    q: Annotated[str | None, Query(max_length=200, description="Part of a name or SKU.")] = None,
    category_id: Annotated[UUID | None, Query(description="A category, with all below it.")] = None,
    price_min: Amount = None,
    price_max: Amount = None,
    *,
    in_stock: bool | None = None,
) -> Response:
    """A supplier's whole catalogue, through an accepted trading link alone: without one the answer is 404."""
    wanted = CatalogueFilter(
        words=q if q and q.strip() else None,
        category_id=category_id,
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
    )
    body = await linked_catalogue(session, actor, supplier_id, wanted, sort=sort, paging=paging)
    return Response(body, media_type=JSON)


@sellers.get("/{organisation_id}", response_model=SellerView)
async def get_seller(organisation_id: UUID, actor: OptionalActor, session: Tx) -> Response:
    """A seller's page: what you may see of their goods, counted by category, and their rating."""
    return Response(await seller_page(session, actor, organisation_id), media_type=JSON)
