"""The tree of categories: read by everybody, changed at the platform's desk."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, OptionalActor, requires
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import SystemTx, Tx
from karavan.kit.versions import IfMatch, versioned
from karavan.modules.catalogue.actions.categories.attributes import (
    remove_attribute,
    set_attribute,
)
from karavan.modules.catalogue.actions.categories.end import (
    archive_category,
    delete_category,
    restore_category,
)
from karavan.modules.catalogue.actions.categories.move import move_category
from karavan.modules.catalogue.actions.categories.write import create_category, edit_category
from karavan.modules.catalogue.permissions import CATEGORY_MANAGE
from karavan.modules.catalogue.queries.categories import (
    category_id_of,
    category_page,
    category_tree,
    find_categories,
    tree_tag,
)
from karavan.modules.catalogue.queries.category_counts import category_counts
from karavan.modules.catalogue.schemas.categories import (
    DEPTH_MAX,
    AttributeBody,
    AttributeCode,
    BranchCounts,
    CategoryArchive,
    CategoryBody,
    CategoryHits,
    CategoryMove,
    CategoryPage,
    CategoryPatch,
    CategoryTreeView,
    CategoryVersion,
)

router = make_router("/categories", "categories")
desk = make_router("/admin/categories", "categories")

JSON = "application/json"
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing has changed since `If-None-Match`."}
}
Manager = Annotated[Actor, requires(CATEGORY_MANAGE)]


@router.get("", response_model=CategoryTreeView, responses=NOT_MODIFIED)
async def list_categories(
    request: Request,
    session: Tx,
    parent_id: Annotated[UUID | None, Query(description="What is below this category.")] = None,
    depth: Annotated[
        int | None, Query(ge=1, le=DEPTH_MAX, description="Levels; all by default.")
    ] = None,
    *,
    archived: Annotated[bool, Query(description="With archived categories.")] = False,
) -> Response:
    """The tree of categories, or a part of it."""
    tag = await tree_tag(session)
    headers = {"etag": f'"{tag}"', "cache-control": "public, no-cache"}
    if _is_fresh(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    body = await category_tree(session, tag, parent_id=parent_id, depth=depth, archived=archived)
    return Response(body, media_type=JSON, headers=headers)


@router.get("/search", response_model=CategoryHits)
async def search_categories(
    session: Tx,
    q: Annotated[str, Query(min_length=1, max_length=100, description="Part of a name.")],
    size: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Response:
    """Categories by a part of their name in any language, each with its place in the tree."""
    return Response(await find_categories(session, q, size=size), media_type=JSON)


@desk.get("/counts", response_model=BranchCounts)
async def count_products(
    _: Manager,
    session: SystemTx,
    parent_id: Annotated[UUID | None, Query(description="The roots by default.")] = None,
) -> Response:
    """How many products the categories below another hold, each with all below it."""
    return Response(await category_counts(session, parent_id), media_type=JSON)


@router.get("/{category_id}", response_model=CategoryPage, responses=NOT_MODIFIED)
async def get_category(
    category_id: Annotated[str, Path(max_length=80, description="Identifier or code.")],
    request: Request,
    actor: OptionalActor,
    session: Tx,
) -> Response:
    """A category with its ancestors, its children, and what its products are asked for."""
    manages = actor is not None and actor.may(CATEGORY_MANAGE)
    tag = f"{await tree_tag(session)}-{'manager' if manages else 'reader'}"
    headers = {"etag": f'"{tag}"', "cache-control": "no-cache"}
    if _is_fresh(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    body = await category_page(session, actor, await category_id_of(session, category_id))
    return Response(body, media_type=JSON, headers=headers)


@router.post("", response_model=CategoryPage, status_code=HTTPStatus.CREATED)
async def add_category(body: CategoryBody, actor: Manager, session: Tx) -> Response:
    """Add a category."""
    category = await create_category(session, actor, body)
    return await _page(session, actor, category.id, HTTPStatus.CREATED)


@router.patch("/{category_id}", response_model=CategoryPage)
async def change_category(
    category_id: UUID,
    body: Annotated[CategoryPatch, versioned(CategoryPatch)],
    actor: Manager,
    session: Tx,
) -> Response:
    """Change code, names or icon."""
    await edit_category(session, actor, category_id, body)
    return await _page(session, actor, category_id)


@router.post("/{category_id}/move", response_model=CategoryPage)
async def move(
    category_id: UUID,
    body: Annotated[CategoryMove, versioned(CategoryMove)],
    actor: Manager,
    session: Tx,
) -> Response:
    """Move a category, with everything below it, under another parent or to another place."""
    await move_category(session, actor, category_id, body)
    return await _page(session, actor, category_id)


@router.post("/{category_id}/archive", response_model=CategoryPage)
async def archive(
    category_id: UUID,
    body: Annotated[CategoryArchive, versioned(CategoryArchive, optional=True)],
    actor: Manager,
    session: Tx,
) -> Response:
    """Archive a category with everything below it, and say where its products go."""
    await archive_category(session, actor, category_id, body)
    return await _page(session, actor, category_id)


@router.post("/{category_id}/restore", response_model=CategoryPage)
async def restore(
    category_id: UUID,
    body: Annotated[CategoryVersion, versioned(CategoryVersion, optional=True)],
    actor: Manager,
    session: Tx,
) -> Response:
    """Bring an archived category back."""
    await restore_category(session, actor, category_id, version=body.version)
    return await _page(session, actor, category_id)


@router.delete("/{category_id}", status_code=HTTPStatus.NO_CONTENT)
async def remove_category(category_id: UUID, actor: Manager, session: Tx, version: IfMatch) -> None:
    """Remove a category that nothing is filed under."""
    await delete_category(session, actor, category_id, version=version)


@router.put("/{category_id}/attributes/{code}", response_model=CategoryPage)
async def put_attribute(
    category_id: UUID,
    code: AttributeCode,
    body: Annotated[AttributeBody, versioned(AttributeBody)],
    actor: Manager,
    session: Tx,
) -> Response:
    """Add an attribute to a category and to everything below it, or change it."""
    await set_attribute(session, actor, category_id, code, body)
    return await _page(session, actor, category_id)


@router.delete("/{category_id}/attributes/{code}", response_model=CategoryPage)
async def delete_attribute(
    category_id: UUID, code: AttributeCode, actor: Manager, session: Tx, version: IfMatch
) -> Response:
    """Take an attribute of its own from a category."""
    await remove_attribute(session, actor, category_id, code, version=version)
    return await _page(session, actor, category_id)


def _is_fresh(request: Request, tag: str) -> bool:
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or f'"{tag}"' in given


async def _page(
    session: AsyncSession, actor: Actor, category_id: UUID, status: int = HTTPStatus.OK
) -> Response:
    body = await category_page(session, actor, category_id)
    return Response(body, status_code=status, media_type=JSON)
