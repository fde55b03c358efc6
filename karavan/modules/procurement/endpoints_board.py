"""The public board of open requests, and the categories that they are filed under."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from karavan.kit.authz import OptionalActor
from karavan.kit.errors import invalid
from karavan.kit.money import AMOUNT_MAX
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import CountryCode, CurrencyCode, Moment
from karavan.kit.unit_of_work import Tx
from karavan.modules.procurement.categories import CATEGORIES, Category, CategoryNames
from karavan.modules.procurement.queries.board import (
    BOARD_SORTS,
    BoardFilter,
    board_facets,
    board_page,
    public_request,
)
from karavan.modules.procurement.schemas.board import BoardFacets, BoardItem, PublicRequest
from karavan.modules.procurement.schemas.requests import CategoryView

board = make_router("/board", "board")
categories = make_router("/procurement", "board")
routers = [board, categories]

JSON = "application/json"
Amount = Annotated[int | None, Query(ge=0, le=AMOUNT_MAX, description="Minor units of `currency`.")]


async def _wanted(
    q: Annotated[str | None, Query(max_length=200, description="Words, in any language.")] = None,
    category: Annotated[list[Category] | None, Query()] = None,
    currency: CurrencyCode | None = None,
    budget_min: Amount = None,
    budget_max: Amount = None,
    country: CountryCode | None = None,
    due_after: Moment | None = None,
    due_before: Moment | None = None,
    *,
    invited: Annotated[bool, Query(description="Only what you were invited to.")] = False,
) -> BoardFilter:
    if currency is None and (budget_min is not None or budget_max is not None):
        raise invalid("#/query/currency", "required", "Name the currency of the budget.")
    return BoardFilter(
        words=q,
        categories=[one.value for one in category or ()],
        currency=currency,
        budget_min=budget_min,
        budget_max=budget_max,
        country=country,
        due_after=due_after,
        due_before=due_before,
        invited=invited,
    )


Wanted = Annotated[BoardFilter, Depends(_wanted)]


@board.get("/requests", response_model=Page[BoardItem])
async def list_open_requests(
    actor: OptionalActor,
    session: Tx,
    paging: Paging,
    wanted: Wanted,
    sort: Annotated[list[str], BOARD_SORTS.parameter()],
) -> Response:
    """Open requests: public ones for everybody, and for the signed-in those that they are invited to."""
    body = await board_page(session, actor, wanted, sort=sort, paging=paging)
    return Response(body, media_type=JSON)


@board.get("/facets", response_model=BoardFacets)
async def count_open_requests(actor: OptionalActor, session: Tx, wanted: Wanted) -> Response:
    """How many open requests match, by category, country and currency."""
    return Response(await board_facets(session, actor, wanted), media_type=JSON)


@board.get("/requests/{request_id}", response_model=PublicRequest)
async def get_public_request(request_id: UUID, session: Tx) -> Response:
    """The public page of a public request."""
    return Response(await public_request(session, request_id), media_type=JSON)


@categories.get("/categories", response_model=list[CategoryView])
async def list_categories() -> tuple[CategoryNames, ...]:
    """What is traded: every category with its name in English, Russian and Kazakh."""
    return CATEGORIES
