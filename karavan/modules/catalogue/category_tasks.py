"""Products of an archived category go to the one that took its place."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import record_event
from karavan.kit.jobs import JobContext, job
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.actions.categories.end import MOVE_PRODUCTS
from karavan.modules.catalogue.models.categories import Category
from karavan.modules.catalogue.models.products import Product
from karavan.modules.catalogue.queries.attributes import (
    Attribute,
    attributes_of,
    carried,
    check_attributes,
)
from karavan.modules.catalogue.queries.categories import lasting_category

BATCH = 1_000


@job(MOVE_PRODUCTS, retries=10, timeout_s=3600)
async def move_products(context: JobContext, *, target_id: str) -> None:
    """Move the products of every archived category that `target_id` replaces, a batch at a time, with the values that say
    the same there.
    """
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
    batch = await session.execute(
        select(Product.id, Product.organisation_id, Product.category_id, Product.attributes)
        .where(Product.category_id.in_(archived))
        .order_by(Product.id)
        .limit(BATCH)
        .with_for_update()
    )
    rows = batch.all()
    await session.execute(
        update(Product)
        .where(Product.id.in_([row.id for row in rows]))
        .values(category_id=target_id, version=Product.version + 1, updated_at=func.now())
        .execution_options(synchronize_session=False)
    )
    await _fit_attributes(session, target_id, rows)
    for row in rows:
        record_event(
            session,
            "product.changed",
            organisation_id=row.organisation_id,
            aggregate_id=row.id,
            payload={
                "product_id": str(row.id),
                "organisation_id": str(row.organisation_id),
                "changed": ["category_id"],
            },
        )
    return len(rows)


async def _fit_attributes(
    session: AsyncSession,
    target_id: UUID,
    rows: Sequence[Row[Any]],
) -> None:
    """Leave behind what the new category does not ask for, or means otherwise: its codes are not those of the old one."""
    after = await attributes_of(session, target_id)
    before: dict[UUID, list[Attribute]] = {}
    fitted = []
    for row in rows:
        if not row.attributes:
            continue
        if row.category_id not in before:
            before[row.category_id] = await attributes_of(session, row.category_id)
        said = carried(row.attributes, before[row.category_id], after)
        kept, _ = check_attributes(after, said, complete=False)
        if kept != row.attributes:
            fitted.append({"id": row.id, "attributes": kept})
    if fitted:
        await session.execute(update(Product), fitted)
