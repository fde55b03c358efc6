"""Whether a product is offered at the moment."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.versions import VersionedBody, refuse_stale
from karavan.modules.catalogue.actions.products.edit import write
from karavan.modules.catalogue.actions.products.records import refuse_archived
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.product_rows import locked_family


async def activate(
    session: AsyncSession, actor: Actor, product_id: UUID, body: VersionedBody
) -> Product:
    """Offer a product again. A family is switched on with all its variants. Doing it twice is no error.

    Raises:
        NotFoundError: it is no product of the actor's organisation.
        ProductArchivedError: it is archived.
        ConflictError: somebody else changed it since the caller read it.
    """
    return await _switch(session, actor, product_id, body, active=True)


async def deactivate(
    session: AsyncSession, actor: Actor, product_id: UUID, body: VersionedBody
) -> Product:
    """Stop offering a product for the time being: buyers no longer see it. Otherwise as `activate`."""
    return await _switch(session, actor, product_id, body, active=False)


async def _switch(
    session: AsyncSession, actor: Actor, product_id: UUID, body: VersionedBody, *, active: bool
) -> Product:
    family = await locked_family(session, product_id)
    product = family.target
    refuse_archived(product)
    refuse_stale(product, body.version)
    if product.active != active:
        await write(session, actor, family, {"active": active})
    await session.flush()
    return product
