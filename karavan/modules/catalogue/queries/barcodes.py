"""Products by the codes that stand on them, and the codes that products stand under."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import FieldError, NotFoundError, ValidationError
from karavan.kit.locks import find_row
from karavan.kit.money import MoneyBody
from karavan.modules.catalogue.barcodes import gtin
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.schemas.barcodes import BarcodeMatch, BarcodeMatches, Relation
from karavan.modules.catalogue.schemas.products import Party
from karavan.modules.catalogue.states import ProductState, ProductVisibility
from karavan.modules.links.public import LINKED_SUPPLIERS
from karavan.modules.media.public import PictureView

_MATCHES_MAX = 50
_IS_LINKED: ColumnElement[bool] = literal_column(
    f"catalogue_products.organisation_id = any({LINKED_SUPPLIERS})"
)
_TO_LINKED = and_(
    Product.visibility.in_([ProductVisibility.LINKED, ProductVisibility.BOTH]), _IS_LINKED
)
_TO_ALL = Product.visibility.in_([ProductVisibility.PUBLIC, ProductVisibility.BOTH])
_SOLD = and_(
    Product.state == ProductState.PUBLISHED, Product.active, Product.has_variants.is_(False)
)


async def find_by_code(
    session: AsyncSession, actor: Actor, code: str, supplier_id: UUID | None = None
) -> BarcodeMatches:
    """Products that a scanned or typed code stands for, at most 50.

    An EAN, UPC or GTIN-14 of the same number finds the same. Codes and SKUs of a firm's own are found in that firm, and by
    its linked buyers; nobody else is meant by them.

    Args:
        supplier_id: look at this supplier's products alone.

    Raises:
        NotFoundError: the code stands for nothing that the caller may see.
    """
    text = code.strip()
    number = gtin.find_in_scan(text)
    own = await session.scalars(
        select(Product)
        .where(
            Product.organisation_id == actor.organisation_id,
            Product.organisation_id == (supplier_id or actor.organisation_id),
            Product.state != ProductState.ARCHIVED,
            or_(
                Product.barcode == number if number else false(),
                Product.barcode_text == text,
                Product.sku_key == func.upper(text),
            ),
        )
        .order_by(Product.name, Product.id)
        .limit(_MATCHES_MAX)
    )
    matches = [_match(product, Relation.OWN) for product in own]
    everybodys = number is not None and not gtin.is_in_store(number)
    others = select(Product, _IS_LINKED.label("linked")).where(
        Product.organisation_id != actor.organisation_id,
        or_(Product.barcode == number if number else false(), Product.barcode_text == text),
        _SOLD,
        or_(_TO_LINKED, and_(_TO_ALL, Product.barcode == number)) if everybodys else _TO_LINKED,
    )
    if supplier_id is not None:
        others = others.where(Product.organisation_id == supplier_id)
    others = others.order_by(_IS_LINKED.desc(), Product.price_amount, Product.id)
    for product, linked in await session.execute(others.limit(_MATCHES_MAX)):
        matches.append(_match(product, Relation.LINKED if linked else Relation.PUBLIC))
    if not matches:
        raise NotFoundError("No product that you may see has this code.")
    return BarcodeMatches(code=text, gtin=number, items=matches[:_MATCHES_MAX])


def _match(product: Product, relation: Relation) -> BarcodeMatch:
    return BarcodeMatch(
        id=product.id,
        relation=relation,
        organisation=Party(id=product.organisation_id, name=product.organisation_name),
        parent_id=product.parent_id,
        sku=product.sku,
        name=product.name,
        names=product.names,
        options=product.options,
        state=ProductState(product.state),
        barcode=product.barcode,
        barcode_text=product.barcode_text,
        price=MoneyBody.of(product.price_amount, product.currency),
        unit=product.unit,
        pack_size=product.pack_size,
        minimum_order=product.minimum_order,
        available=product.available,
        image=PictureView.model_validate(product.images[0]) if product.images else None,
    )


async def visible_product(session: AsyncSession, actor: Actor, product_id: UUID) -> Product:
    """A product of the caller's, or one that is on sale to them.

    Raises:
        NotFoundError: there is none that they may see.
    """
    return await find_row(
        session,
        select(Product).where(
            Product.id == product_id,
            or_(
                Product.organisation_id == actor.organisation_id,
                and_(
                    Product.state == ProductState.PUBLISHED,
                    Product.active,
                    or_(_TO_ALL, _TO_LINKED),
                ),
            ),
        ),
    )


async def own_products(
    session: AsyncSession, actor: Actor, product_ids: Sequence[UUID]
) -> list[Product]:
    """Products of the caller's in the given order.

    Raises:
        ValidationError: some are not; `errors` names each.
    """
    rows = await session.scalars(
        select(Product).where(
            Product.id.in_(set(product_ids)), Product.organisation_id == actor.organisation_id
        )
    )
    found = {product.id: product for product in rows}
    unknown = [
        FieldError(
            pointer=f"#/items/{index}/product_id",
            code="product.unknown",
            detail="You have no such product.",
        )
        for index, product_id in enumerate(product_ids)
        if product_id not in found
    ]
    if unknown:
        raise ValidationError(errors=unknown)
    return [found[product_id] for product_id in product_ids]
