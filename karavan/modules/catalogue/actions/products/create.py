"""A new product."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.ids import new_id
from karavan.modules.catalogue.actions.barcodes.taken import refuse_taken_barcodes
from karavan.modules.catalogue.actions.products.records import record_change, set_price
from karavan.modules.catalogue.actions.products.writing import (
    checked_content,
    first_name,
    flush_sku,
    pictures,
)
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.schemas.products import ProductBody
from karavan.modules.catalogue.states import ProductState


async def create(session: AsyncSession, actor: Actor, body: ProductBody) -> Product:
    """A new draft of the actor's organisation. Buyers know nothing of it until it is published.

    Raises:
        SkuTakenError: another product of the supplier has this SKU, an archived one too.
        BarcodeTakenError: another product of the supplier has this EAN or UPC.
        ValidationError: the category, an attribute or a picture does not fit.
        CategoryArchivedError: nothing is filed under the category any more.
    """
    values = columns_of(body, set(ProductBody.model_fields))
    await checked_content(session, values, None)
    await refuse_taken_barcodes(session, actor.organisation_id, [body.barcode])
    product = Product(
        id=new_id(),
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        state=ProductState.DRAFT,
        created_by=actor.user_id,
        name=first_name(values["names"]),
        price_amount=body.price.amount,
        currency=body.price.currency,
        images=[],
        has_variants=False,
        version=1,
        **values,
    )
    session.add(product)
    await flush_sku(session)
    product.images = await pictures(session, actor, body.images)
    product.has_image = bool(product.images)
    set_price(session, actor, product, body.price, "", first=True)
    record_change(
        session,
        actor,
        product,
        "create",
        "created",
        after={"sku": product.sku, "name": product.name, "price_amount": product.price_amount},
    )
    await session.flush()
    return product


def columns_of(body: Any, given: set[str]) -> dict[str, Any]:
    """Values of a body by the product's columns; price and pictures are written elsewhere.

    Args:
        given: names of the fields that the sender means.
    """
    own = {"price", "price_reason", "images", "version"}
    values = {name: getattr(body, name) for name in given - own}
    for name in ("names", "descriptions"):
        if values.get(name) is not None:
            values[name] = values[name].by_language()
    if "visibility" in values:
        values["visibility"] = values["visibility"].value
    return values
