"""Give a product a code of its supplier's own range."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.numbering import next_in_series
from karavan.modules.catalogue.actions.products.edit import write
from karavan.modules.catalogue.actions.products.records import refuse_archived
from karavan.modules.catalogue.barcodes import gtin
from karavan.modules.catalogue.errors import (
    BarcodeAssignedError,
    BarcodesUsedUpError,
    HeadNotSoldError,
)
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.product_rows import locked_family

_SERIES = "BARCODE"


async def assign_barcode(session: AsyncSession, actor: Actor, product_id: UUID) -> Product:
    """Give a product the next free EAN-13 of the organisation's range, which begins with 29.

    Raises:
        NotFoundError: it is no product of the actor's organisation.
        ProductArchivedError: it is archived.
        HeadNotSoldError: it has variants, which have codes of their own.
        BarcodeAssignedError: it has an EAN or UPC already.
        BarcodesUsedUpError: the organisation has given out its whole range.
    """
    family = await locked_family(session, product_id)
    product = family.target
    refuse_archived(product)
    if product.has_variants:
        raise HeadNotSoldError("Codes stand on what is sold: assign one to each variant.")
    if product.barcode is not None:
        raise BarcodeAssignedError(barcode=product.barcode)
    await write(session, actor, family, {"barcode": await _next_free(session, actor)})
    await session.flush()
    return product


async def _next_free(session: AsyncSession, actor: Actor) -> str:
    """The next number that nobody has typed in by hand; the counter's row stays locked until the end."""
    while True:
        number = await next_in_series(session, actor.organisation_id, _SERIES)
        try:
            code = gtin.in_store(number)
        except gtin.CodeError as error:
            raise BarcodesUsedUpError from error
        taken = await session.scalar(
            select(Product.id)
            .where(Product.barcode == code, Product.organisation_id == actor.organisation_id)
            .limit(1)
        )
        if taken is None:
            return code
