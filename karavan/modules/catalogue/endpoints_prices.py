"""Price lists, groups of customers, and what a buyer pays."""

from decimal import Decimal
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from karavan.kit.authz import Actor, OptionalActor, requires
from karavan.kit.imports.routes import import_router
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import IfMatch, versioned
from karavan.modules.catalogue.actions.prices.adjust import adjust
from karavan.modules.catalogue.actions.prices.assign import assign, unassign
from karavan.modules.catalogue.actions.prices.groups import create_group, edit_group, remove_group
from karavan.modules.catalogue.actions.prices.lists import create_list, edit_list, remove_list
from karavan.modules.catalogue.actions.prices.steps import set_prices
from karavan.modules.catalogue.endpoints_imports import find_import_file
from karavan.modules.catalogue.importing.price_lists import PRICE_IMPORTS
from karavan.modules.catalogue.permissions import PRICE_READ, PRICE_WRITE
from karavan.modules.catalogue.queries import prices as queries
from karavan.modules.catalogue.queries.price_explanation import explained_price
from karavan.modules.catalogue.schemas.prices import (
    AdjustBody,
    AdjustResult,
    AssignmentBody,
    GroupBody,
    GroupPatch,
    GroupView,
    PriceListBody,
    PriceListPatch,
    PriceListView,
    PriceRow,
    PricesBody,
    PriceView,
)

lists = make_router("/price-lists", "price lists")
groups = make_router("/customer-groups", "price lists")
products = make_router("/products", "price lists")
imports = import_router(PRICE_IMPORTS, "/price-lists/import", "imports", find_import_file)
routers = [imports, lists, groups, products]

JSON = "application/json"
Reader = Annotated[Actor, requires(PRICE_READ)]
Writer = Annotated[Actor, requires(PRICE_WRITE)]


@lists.get("", response_model=Page[PriceListView])
async def list_price_lists(
    actor: Reader,
    session: Tx,
    paging: Paging,
    sort: Annotated[list[str], queries.PRICE_LIST_SORTS.parameter()],
) -> Response:
    """Your organisation's price lists, with whom each is for."""
    body = await queries.list_price_lists(session, actor, sort=sort, paging=paging)
    return Response(body, media_type=JSON)


@lists.post("", response_model=PriceListView, status_code=HTTPStatus.CREATED)
async def create_price_list(body: PriceListBody, actor: Writer, session: Tx) -> Response:
    """A new price list, without prices and for nobody yet."""
    made = await create_list(session, actor, body)
    await session.flush()
    page = await queries.price_list_page(session, actor, made.id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type=JSON)


@lists.get("/{list_id}", response_model=PriceListView)
async def get_price_list(list_id: UUID, actor: Reader, session: Tx) -> Response:
    """A price list."""
    return Response(await queries.price_list_page(session, actor, list_id), media_type=JSON)


@lists.patch("/{list_id}", response_model=PriceListView)
async def edit_price_list(
    list_id: UUID,
    body: Annotated[PriceListPatch, versioned(PriceListPatch)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Rename a list, or change when it holds, which lists it goes before, and whether lower ones add to it."""
    await edit_list(session, actor, list_id, body)
    await session.flush()
    return Response(await queries.price_list_page(session, actor, list_id), media_type=JSON)


@lists.delete("/{list_id}", status_code=HTTPStatus.NO_CONTENT)
async def delete_price_list(list_id: UUID, actor: Writer, session: Tx, version: IfMatch) -> None:
    """Throw a list away with its prices. One that a trading link's terms name is kept."""
    await remove_list(session, actor, list_id, version=version)


@lists.get("/{list_id}/prices", response_model=Page[PriceRow])
async def list_list_prices(
    list_id: UUID,
    actor: Reader,
    session: Tx,
    paging: Paging,
    sort: Annotated[list[str], queries.PRICE_ROW_SORTS.parameter()],
    q: Annotated[str | None, Query(max_length=200, description="Words or an SKU.")] = None,
    category_id: Annotated[UUID | None, Query(description="A category, with all below it.")] = None,
    *,
    priced: Annotated[bool | None, Query(description="Whether the list has a price.")] = None,
) -> Response:
    """Your products that can be sold, each with its own price and its steps in this list."""
    wanted = queries.PriceRowFilter(
        words=q if q and q.strip() else None, category_id=category_id, priced=priced
    )
    body = await queries.list_prices(session, actor, list_id, wanted, sort=sort, paging=paging)
    return Response(body, media_type=JSON)


@lists.put("/{list_id}/prices", response_model=PriceListView)
async def put_list_prices(
    list_id: UUID,
    body: Annotated[PricesBody, versioned(PricesBody)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Write, change and take away steps: all that are named, or none.

    A step that makes more pieces dearer is refused with its row, be it in this list alone or in what some buyer gets from
    this list together with others, now or when one of them begins or ends.
    """
    await set_prices(session, actor, list_id, body)
    await session.flush()
    return Response(await queries.price_list_page(session, actor, list_id), media_type=JSON)


@lists.post("/{list_id}/adjust", response_model=AdjustResult)
async def adjust_list_prices(
    list_id: UUID,
    body: Annotated[AdjustBody, versioned(AdjustBody)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Change many prices at once: by per cent, by copying another list or the products' own prices, or to one price."""
    _, changed = await adjust(session, actor, list_id, body)
    await session.flush()
    page = await queries.price_list_page(session, actor, list_id)
    answer = f'{{"changed":{changed},"price_list":'.encode() + page + b"}"
    return Response(answer, media_type=JSON)


@lists.post("/{list_id}/assignments", response_model=PriceListView, status_code=HTTPStatus.CREATED)
async def assign_price_list(
    list_id: UUID, body: AssignmentBody, actor: Writer, session: Tx
) -> Response:
    """Let a trading link, an organisation, a group or everybody have the list."""
    await assign(session, actor, list_id, body)
    await session.flush()
    page = await queries.price_list_page(session, actor, list_id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type=JSON)


@lists.delete("/{list_id}/assignments/{assignment_id}", response_model=PriceListView)
async def unassign_price_list(
    list_id: UUID, assignment_id: UUID, actor: Writer, session: Tx
) -> Response:
    """Take the list away from them. What a link's terms name is changed at the link."""
    await unassign(session, actor, list_id, assignment_id)
    await session.flush()
    return Response(await queries.price_list_page(session, actor, list_id), media_type=JSON)


@groups.get("", response_model=Page[GroupView])
async def list_customer_groups(actor: Reader, session: Tx, paging: Paging) -> Response:
    """Your groups of customers, by name."""
    return Response(await queries.list_groups(session, actor, paging=paging), media_type=JSON)


@groups.post("", response_model=GroupView, status_code=HTTPStatus.CREATED)
async def create_customer_group(body: GroupBody, actor: Writer, session: Tx) -> Response:
    """A new group of customers. They do not learn of it."""
    group = await create_group(session, actor, body)
    await session.flush()
    page = await queries.group_page(session, actor, group.id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type=JSON)


@groups.get("/{group_id}", response_model=GroupView)
async def get_customer_group(group_id: UUID, actor: Reader, session: Tx) -> Response:
    """A group of customers."""
    return Response(await queries.group_page(session, actor, group_id), media_type=JSON)


@groups.patch("/{group_id}", response_model=GroupView)
async def edit_customer_group(
    group_id: UUID,
    body: Annotated[GroupPatch, versioned(GroupPatch)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Rename a group, or say who is in it."""
    await edit_group(session, actor, group_id, body)
    await session.flush()
    return Response(await queries.group_page(session, actor, group_id), media_type=JSON)


@groups.delete("/{group_id}", status_code=HTTPStatus.NO_CONTENT)
async def delete_customer_group(
    group_id: UUID, actor: Writer, session: Tx, version: IfMatch
) -> None:
    """Dissolve a group: lists that were for it are no longer for its members."""
    await remove_group(session, actor, group_id, version=version)


@products.get("/{product_id}/price")
async def get_price(
    product_id: UUID,
    actor: OptionalActor,
    session: Tx,
    buyer: Annotated[
        UUID | None, Query(description="An organisation; only the supplier may name another one.")
    ] = None,
    quantity: Annotated[Decimal, Query(gt=0, max_digits=15, decimal_places=3)] = Decimal(1),
) -> PriceView:
    """What you pay for a product, by quantity, and why: which list says so, and what your other lists say.

    The supplier may ask for any buyer and reads of every list; without a buyer, of what everybody gets.
    """
    return await explained_price(session, actor, product_id, buyer, quantity)
