"""Routes of barcodes: look-up, symbols, own codes, labels."""

import asyncio
from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Response

from karavan.kit.authz import Actor, requires
from karavan.kit.clock import utc_now
from karavan.kit.documents.formatting import Language
from karavan.kit.errors import BadRequestError, invalid
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.catalogue.actions.barcodes.assign import assign_barcode
from karavan.modules.catalogue.barcodes.drawing import SCALE_MAX, draw_png, draw_svg
from karavan.modules.catalogue.barcodes.gtin import CodeError
from karavan.modules.catalogue.barcodes.symbols import Symbol
from karavan.modules.catalogue.permissions import PRODUCT_READ, PRODUCT_WRITE
from karavan.modules.catalogue.product_codes import print_labels, symbol_of
from karavan.modules.catalogue.queries import barcodes as queries
from karavan.modules.catalogue.schemas.barcodes import (
    BarcodeMatches,
    BarcodeView,
    CodeKind,
    LabelsBody,
)

router = make_router("/products", "products")

Reader = Annotated[Actor, requires(PRODUCT_READ)]
Code = Annotated[str, Path(min_length=1, max_length=300)]
Kind = Annotated[CodeKind, Query(description="Which symbol to draw.")]
_LANGUAGES = frozenset(Language)


@router.get("/by-barcode/{code}")
async def find_by_barcode(
    code: Code,
    session: Tx,
    actor: Reader,
    supplier_id: Annotated[UUID | None, Query(description="Among this supplier's alone.")] = None,
) -> BarcodeMatches:
    """What a scanned or typed code stands for. UPC-A, EAN-13 and GTIN-14 of one number find the same products."""
    return await queries.find_by_code(session, actor, _storable(code), supplier_id)


@router.get("/by-barcode")
async def find_by_any_code(
    code: Annotated[str, Query(min_length=1, max_length=300)],
    session: Tx,
    actor: Reader,
    supplier_id: Annotated[UUID | None, Query(description="Among this supplier's alone.")] = None,
) -> BarcodeMatches:
    """The same for codes that cannot stand in a path, such as those with a slash."""
    return await queries.find_by_code(session, actor, _storable(code), supplier_id)


def _storable(code: str) -> str:
    """The code without what scanners send around it.

    Raises:
        BadRequestError: nothing of it is left.
    """
    kept = "".join(one for one in code if one.isprintable() or one == "\x1d").strip()
    if not kept:
        raise BadRequestError("The code has no characters that can be read.")
    return kept


@router.get(
    "/{product_id}/barcode.svg",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
async def read_svg(
    product_id: UUID, session: Tx, actor: Reader, kind: Kind = CodeKind.AUTO
) -> Response:
    """The code of a product as SVG in its nominal size, quiet zones included."""
    return await _drawn(session, actor, product_id, kind, "image/svg+xml", draw_svg)


@router.get(
    "/{product_id}/barcode.png",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
async def read_png(
    product_id: UUID,
    session: Tx,
    actor: Reader,
    kind: Kind = CodeKind.AUTO,
    scale: Annotated[int, Query(ge=1, le=SCALE_MAX, description="Pixels of a module.")] = 4,
) -> Response:
    """The code of a product as PNG."""
    return await _drawn(
        session, actor, product_id, kind, "image/png", lambda one: draw_png(one, scale=scale)
    )


async def _drawn(
    session: Tx,
    actor: Actor,
    product_id: UUID,
    kind: CodeKind,
    media_type: str,
    draw: Callable[[Symbol], bytes],
) -> Response:
    product = await queries.visible_product(session, actor, product_id)
    try:
        symbol = symbol_of(product, kind)
    except CodeError as error:
        raise invalid("#/kind", error.code, error.detail) from error
    content = await asyncio.to_thread(draw, symbol)
    return Response(
        content,
        media_type=media_type,
        headers={
            "content-disposition": "inline",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


@router.post("/{product_id}/barcode", status_code=201)
async def assign(
    product_id: UUID, session: Tx, actor: Annotated[Actor, requires(PRODUCT_WRITE)]
) -> BarcodeView:
    """Give a product without an EAN or UPC the next one of the organisation's own range, 2900000000018 and on.

    Such numbers mean nothing outside the firm.
    """
    product = await assign_barcode(session, actor, product_id)
    return BarcodeView(
        product_id=product.id,
        barcode=product.barcode,
        barcode_text=product.barcode_text,
        version=product.version,
    )


@router.post(
    "/labels.pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def read_labels(body: LabelsBody, session: Tx, actor: Reader) -> Response:
    """Labels of own products on sheets or rolls, in the language of the caller."""
    products = await queries.own_products(session, actor, [item.product_id for item in body.items])
    language = Language(actor.locale) if actor.locale in _LANGUAGES else Language.ENGLISH
    content = await asyncio.to_thread(print_labels, products, body, language, utc_now())
    return Response(
        content,
        media_type="application/pdf",
        headers={"content-disposition": 'inline; filename="labels.pdf"'},
    )
