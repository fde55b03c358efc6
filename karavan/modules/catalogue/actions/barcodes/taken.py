"""One EAN or UPC, one product of a supplier."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.locks import lock_name
from karavan.modules.catalogue.errors import BarcodeTakenError
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.states import ProductState


async def lock_all_barcodes(session: AsyncSession, organisation_id: UUID) -> None:
    """Let nobody else give products of a supplier codes until the transaction ends: one lock for a table's many rows.

    As elsewhere, products are locked before their codes.
    """
    await lock_name(session, "barcodes", organisation_id)


async def refuse_taken_barcodes(
    session: AsyncSession,
    organisation_id: UUID,
    barcodes: Collection[str | None],
    *,
    except_for: UUID | None = None,
) -> None:
    """See that no other product of a supplier has one of these codes, or gets it before this transaction ends.

    What is archived keeps its code for the orders that name it, and lets another product have it as well.

    Args:
        barcodes: GTINs as 14 digits, in the order in which they were given; nothing for products without.
        except_for: the product that is to have the code.

    Raises:
        BarcodeTakenError: another product has one of them, or two of those that are given are the same.
    """
    given = [code for code in barcodes if code is not None]
    if len(set(given)) < len(given):
        raise BarcodeTakenError("Two of the variants have the same EAN or UPC.")
    if not given:
        return
    await lock_name(session, "barcodes", organisation_id, shared=True)
    for code in sorted(given):
        # There is no row yet to lock: whoever gives a product this code waits for the others who do.
        await lock_name(session, "barcode", organisation_id, code)
    other = await session.scalar(
        select(Product)
        .where(
            Product.barcode.in_(given),
            Product.organisation_id == organisation_id,
            Product.state != ProductState.ARCHIVED,
            Product.id.is_distinct_from(except_for),
        )
        .order_by(Product.created_at, Product.id)
        .limit(1)
    )
    if other is not None:
        raise BarcodeTakenError(
            f"{other.sku} {other.name} has this code.",
            product={"id": str(other.id), "sku": other.sku, "name": other.name},
            barcode=other.barcode,
        )
