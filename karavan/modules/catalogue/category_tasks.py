"""Products of an archived category go to the one that took its place."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import record_event
from karavan.kit.jobs import JobContext, job
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.actions.categories.end import MOVE_PRODUCTS
from karavan.modules.catalogue.models.categories import Category
from karavan.modules.catalogue.models.products import Product
from karavan.modules.catalogue.queries.categories import lasting_category

BATCH = 1_000


@job(MOVE_PRODUCTS, retries=10, timeout_s=3600)
async def move_products(context: JobContext, *, target_id: str) -> None:
    """Move the products of every archived category that `target_id` replaces, a batch at a time."""
    moved = BATCH
    while moved == BATCH:
        async with context.database.transaction(SYSTEM) as session:
            moved = await _move_batch(session, UUID(target_id))


async def _move_batch(session: AsyncSession, replaced_by: UUID) -> int:
    target_id = await lasting_category(session, replaced_by)
    if target_id is None:
        return 0
    archived = select(Category.id).where(
        Category.replaced_by_id == replaced_by, Category.archived_at.is_not(None)
    )
    batch = (
        select(Product.id)
        .where(Product.category_id.in_(archived))
        .order_by(Product.id)
        .limit(BATCH)
        .with_for_update()
    )
    moved = await session.execute(
        update(Product)
        .where(Product.id.in_(batch))
        .values(category_id=target_id, version=Product.version + 1, updated_at=func.now())
        .returning(Product.id, Product.organisation_id)
        .execution_options(synchronize_session=False)
    )
    rows = moved.all()
    for product_id, organisation_id in rows:
        record_event(
            session,
            "product.changed",
            organisation_id=organisation_id,
            aggregate_id=product_id,
            payload={
                "product_id": str(product_id),
                "organisation_id": str(organisation_id),
                "changed": ["category_id"],
            },
        )
    return len(rows)
