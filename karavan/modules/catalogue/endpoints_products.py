"""Products: the supplier's own, and the page of one for whoever may see it."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, OptionalActor, requires
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Cursor, Feed, Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import IfMatch, VersionedBody, versioned
from karavan.modules.catalogue.actions.products.availability import activate, deactivate
from karavan.modules.catalogue.actions.products.bulk import apply_to_many
from karavan.modules.catalogue.actions.products.create import create
from karavan.modules.catalogue.actions.products.delete import delete
from karavan.modules.catalogue.actions.products.edit import edit, replace, set_images
from karavan.modules.catalogue.actions.products.moderate import archive, propose, withdraw
from karavan.modules.catalogue.actions.products.variants import add_variant, generate_variants
from karavan.modules.catalogue.lifecycles import PRODUCT
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.permissions import PRODUCT_READ, PRODUCT_WRITE
from karavan.modules.catalogue.queries.products import (
    PRODUCT_SORTS,
    ProductFilter,
    list_products,
    price_changes,
    product_page,
)
from karavan.modules.catalogue.schemas.bulk import BulkAction, BulkResult
from karavan.modules.catalogue.schemas.products import (
    ImagesBody,
    PriceChangeView,
    ProductBody,
    ProductPatch,
    ProductPut,
    ProductSummary,
    ProductView,
    VariantBody,
    VariantMatrix,
)
from karavan.modules.catalogue.states import ProductState, ProductVisibility

router = make_router("/products", "products")

JSON = "application/json"
Reader = Annotated[Actor, requires(PRODUCT_READ)]
Writer = Annotated[Actor, requires(PRODUCT_WRITE)]


async def page_answer(session: AsyncSession, actor: Actor | None, product: Product) -> Response:
    """The product as its page shows it."""
    return Response(await product_page(session, actor, product.id), media_type=JSON)


async def wanted_products(
    q: Annotated[
        str | None, Query(max_length=200, description="Words, an SKU or a barcode.")
    ] = None,
    state: Annotated[list[ProductState] | None, Query()] = None,
    visibility: ProductVisibility | None = None,
    category_id: Annotated[UUID | None, Query(description="A category, with all below it.")] = None,
    *,
    active: bool | None = None,
    in_stock: bool | None = None,
    with_picture: bool | None = None,
    flagged: Annotated[bool | None, Query(description="The checks found something in it.")] = None,
) -> ProductFilter:
    """What the supplier looks for; the same for the list and for its export."""
    return ProductFilter(
        words=q if q and q.strip() else None,
        states=[one.value for one in state or ()],
        visibility=visibility.value if visibility else None,
        category_id=category_id,
        active=active,
        in_stock=in_stock,
        with_picture=with_picture,
        flagged=flagged,
    )


@router.get("", response_model=Page[ProductSummary])
async def list_own_products(
    actor: Reader,
    session: Tx,
    paging: Paging,
    wanted: Annotated[ProductFilter, Depends(wanted_products)],
    sort: Annotated[list[str], PRODUCT_SORTS.parameter()],
) -> Response:
    """Products of your own organisation, in every state; a family of variants is one row."""
    body = await list_products(session, actor, wanted, sort=sort, paging=paging)
    return Response(body, media_type=JSON)


@router.post("", response_model=ProductView, status_code=HTTPStatus.CREATED)
async def create_product(body: ProductBody, actor: Writer, session: Tx) -> Response:
    """Start a product as a draft; `propose` offers it to buyers and says what is missing."""
    product = await create(session, actor, body)
    page = await product_page(session, actor, product.id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type=JSON)


@router.post("/bulk", response_model=BulkResult)
async def change_many_products(body: BulkAction, actor: Writer, session: Tx) -> BulkResult:
    """Do the same to many products. Each succeeds or refuses for itself; the answer has a row for every one."""
    return await apply_to_many(session, actor, body)


@router.get("/{product_id}", response_model=ProductView)
async def get_product(product_id: UUID, actor: OptionalActor, session: Tx) -> Response:
    """A product: all of it for its supplier; for a buyer or a visitor what is published and may be seen by them."""
    return Response(await product_page(session, actor, product_id), media_type=JSON)


@router.put("/{product_id}", response_model=ProductView)
async def replace_product(
    product_id: UUID,
    body: ProductPut,
    actor: Writer,
    session: Tx,
    version: IfMatch,
) -> Response:
    """Change all of a product: what is left out falls back to its default."""
    body.version = version or body.version
    return await page_answer(session, actor, await replace(session, actor, product_id, body))


@router.patch("/{product_id}", response_model=ProductView)
async def edit_product(
    product_id: UUID,
    body: Annotated[ProductPatch, versioned(ProductPatch)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Change a product: what is left out stays.

    New names, descriptions, categories and pictures of a published product are checked first; where the checks find
    something they become a change request, and buyers see what they saw until a moderator agrees. Price and stock never do.
    """
    return await page_answer(session, actor, await edit(session, actor, product_id, body))


@router.delete("/{product_id}", status_code=HTTPStatus.NO_CONTENT)
async def delete_product(product_id: UUID, actor: Writer, session: Tx, version: IfMatch) -> None:
    """Throw a product away with its variants. What has ever been ordered is archived instead."""
    await delete(session, actor, product_id, version=version)


@router.post("/{product_id}/activate", response_model=ProductView)
async def activate_product(
    product_id: UUID,
    body: Annotated[VersionedBody, versioned(VersionedBody, optional=True)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Offer a product again. Doing it twice is no error."""
    return await page_answer(session, actor, await activate(session, actor, product_id, body))


@router.post("/{product_id}/deactivate", response_model=ProductView)
async def deactivate_product(
    product_id: UUID,
    body: Annotated[VersionedBody, versioned(VersionedBody, optional=True)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Stop offering a product for the time being. Doing it twice is no error."""
    return await page_answer(session, actor, await deactivate(session, actor, product_id, body))


@router.put("/{product_id}/images", response_model=ProductView)
async def set_product_images(
    product_id: UUID,
    body: Annotated[ImagesBody, versioned(ImagesBody)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Give a product these pictures in this order; the first is its face."""
    return await page_answer(session, actor, await set_images(session, actor, product_id, body))


@router.post("/{product_id}/variants", response_model=ProductView, status_code=HTTPStatus.CREATED)
async def add_product_variant(
    product_id: UUID, body: VariantBody, actor: Writer, session: Tx
) -> Response:
    """Add one variant; the product becomes the head of a family if it is none yet. Answers the variant.

    A variant is changed, activated and deleted as any product.
    """
    variant = await add_variant(session, actor, product_id, body)
    page = await product_page(session, actor, variant.id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type=JSON)


@router.post("/{product_id}/variants/generate", response_model=ProductView)
async def generate_product_variants(
    product_id: UUID,
    body: Annotated[VariantMatrix, versioned(VariantMatrix)],
    actor: Writer,
    session: Tx,
) -> Response:
    """Make a variant of every combination of options that does not exist yet."""
    head = await generate_variants(session, actor, product_id, body)
    return await page_answer(session, actor, head)


@router.get("/{product_id}/price-changes", response_model=Feed[PriceChangeView])
async def list_price_changes(
    product_id: UUID, actor: Reader, session: Tx, cursor: Cursor
) -> Response:
    """Every price that the product has had, with who changed it and why; the newest first."""
    body = await price_changes(session, actor, product_id, cursor)
    return Response(body, media_type=JSON)


add_transition_routes(
    router,
    PRODUCT,
    {"propose": Command(propose), "withdraw": Command(withdraw), "archive": Command(archive)},
    view=page_answer,
    response_model=ProductView,
)
