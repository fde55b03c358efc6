"""Take a product out of the catalogue."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.products.moderate import archive
from karavan.modules.catalogue.actions.products.records import record_change, refresh_head
from karavan.modules.catalogue.actions.products.variants import axes_of
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.product_rows import Family, family_ids, locked_family
from karavan.modules.catalogue.states import ProductState
from karavan.modules.catalogue.stock import lock_levels
from karavan.modules.media.public import release


async def delete(
    session: AsyncSession, actor: Actor, product_id: UUID, *, version: int | None = None
) -> Product | None:
    """Throw a product away with its variants; what has ever been ordered is archived instead.

    Returns:
        The archived product, or nothing when it is gone.

    Raises:
        NotFoundError: it is no product of the actor's organisation.
        ConflictError: somebody else changed it since the caller read it.
    """
    # An order locks the levels before the products, and levels go with their product.
    await lock_levels(session, await family_ids(session, product_id))
    family = await locked_family(session, product_id)
    product = family.target
    refuse_stale(product, version)
    going = family.members if product is family.root else [product]
    if any(one.ordered_at is not None for one in going):
        if product.state != ProductState.PUBLISHED:
            # Only what is published can have been ordered: it is archived already.
            return product
        return await archive(session, actor, product_id, TransitionBody())
    record_change(
        session,
        actor,
        product,
        "delete",
        "removed",
        before={"sku": product.sku, "name": product.name},
        variant_ids=[str(one.id) for one in going if one is not product],
    )
    if product is family.root:
        pictures = [UUID(str(one["id"])) for one in product.images]
        await release(session, product.organisation_id, pictures)
    await session.flush()
    # Variants first: they refer to their head.
    for one in sorted(going, key=lambda one: one.parent_id is None):
        await session.delete(one)
        await session.flush()
    if product is not family.root:
        left = [one for one in family.variants if one is not product]
        rest = Family(family.root, family.root, left)
        # A head without variants is an ordinary product again.
        family.root.has_variants = bool(rest.living)
        family.root.option_axes = axes_of(rest.living)
        family.root.version += 1
        refresh_head(session, actor, rest)
        await session.flush()
    return None
