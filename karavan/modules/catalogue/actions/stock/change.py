"""What people do to stock: note what has arrived, and correct what was counted."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import invalid
from karavan.modules.catalogue.actions.products.records import refuse_archived
from karavan.modules.catalogue.actions.stock.locations import default_location, own_location
from karavan.modules.catalogue.errors import HeadNotSoldError
from karavan.modules.catalogue.lifecycles import PRODUCT
from karavan.modules.catalogue.queries.product_rows import own_product
from karavan.modules.catalogue.schemas.stock import StockChange
from karavan.modules.catalogue.stock import Count, adjust, receive


async def change_stock(
    session: AsyncSession, actor: Actor, product_id: UUID, body: StockChange
) -> None:
    """Note goods that have arrived, or set what is on hand to what was counted, with the reason.

    Raises:
        NotFoundError: product or place are not the actor's organisation's.
        HeadNotSoldError: the product has variants; stock is theirs.
        ProductArchivedError: nothing of it is sold any more.
        StockPromisedError: less was counted than orders have been promised.
        ConflictError: the level has changed since the caller read it.
        ValidationError: nothing arrived, or a correction has no reason.
    """
    product = await own_product(session, product_id)
    refuse_archived(product)
    if product.has_variants:
        raise HeadNotSoldError
    if body.kind == "adjust" and not body.reason:
        raise invalid("#/reason", "required", "Say why the count differs.")
    if body.kind == "receive" and body.quantity == 0:
        raise invalid("#/quantity", "zero", "Say how much has arrived.")
    if body.location_id is None:
        location = await default_location(session, actor)
    else:
        location = await own_location(session, body.location_id)
    count = Count(product.id, location.id, body.quantity, body.version)
    if body.kind == "receive":
        await receive(session, [count], reason=body.reason, actor=actor)
    else:
        await adjust(session, [count], reason=body.reason, actor=actor)
    record_audit(
        session,
        actor,
        f"product.{body.kind}_stock",
        target_type="product",
        target_id=product.id,
        target_label=PRODUCT.label_of(product),
        after={"quantity": str(body.quantity), "location": location.name},
        reason=body.reason or None,
    )
    await session.flush()
