"""Take categories out of use, and bring them back."""

from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import as_system, savepoint
from karavan.kit.errors import InvalidTransitionError, invalid
from karavan.kit.jobs import enqueue
from karavan.modules.catalogue.actions.categories.rows import locked_category, record
from karavan.modules.catalogue.actions.categories.write import live_parent
from karavan.modules.catalogue.errors import CategoryNotEmptyError
from karavan.modules.catalogue.models.categories import Category
from karavan.modules.catalogue.models.products import Product
from karavan.modules.catalogue.queries.categories import branch_of
from karavan.modules.catalogue.schemas.categories import CategoryArchive

MOVE_PRODUCTS = "catalogue.move_products"


async def archive_category(
    session: AsyncSession, actor: Actor, category_id: UUID, body: CategoryArchive
) -> Category:
    """Archive a category with everything below it; a job moves its products to the target.

    Raises:
        NotFoundError: there is none.
        ConflictError: somebody else changed it since the caller read it.
        InvalidTransitionError: it is archived already.
        ValidationError: the target does not exist, or lies in the branch itself.
        CategoryArchivedError: the target is archived.
        CategoryNotEmptyError: there are products and no target.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=body.version)
        if category.archived_at is not None:
            raise InvalidTransitionError(state="archived", allowed=["restore"])
        branch = await branch_of(session, category.id)
        if body.target_id in branch:
            raise invalid("#/target_id", "cycle", "The target is archived together with it.")
        await live_parent(session, body.target_id, pointer="#/target_id")
        if body.target_id is None and await _has_products(session, branch):
            raise CategoryNotEmptyError
        category.version += 1
        await session.execute(
            update(Category)
            .where(Category.id.in_(branch), Category.archived_at.is_(None))
            .values(archived_at=func.now(), replaced_by_id=body.target_id)
            .execution_options(synchronize_session=False)
        )
        await session.flush()
        await session.refresh(category)
        target = None if body.target_id is None else str(body.target_id)
        if target is not None:
            await enqueue(session, MOVE_PRODUCTS, target_id=target)
        record(
            session,
            actor,
            category,
            verb="archive",
            event="archived",
            after={"target_id": target, "categories": len(branch)},
            target_id=target,
        )
    return category


async def restore_category(
    session: AsyncSession, actor: Actor, category_id: UUID, *, version: int | None
) -> Category:
    """Bring a category back; what is below it stays archived, and products stay where they went.

    Raises:
        NotFoundError: there is none.
        ConflictError: somebody else changed it since the caller read it.
        InvalidTransitionError: it is not archived.
        CategoryArchivedError: its parent is archived.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=version)
        if category.archived_at is None:
            raise InvalidTransitionError(state="active", allowed=["archive"])
        await live_parent(session, category.parent_id, pointer="#/parent_id")
        category.archived_at = category.replaced_by_id = None
        category.version += 1
        record(session, actor, category, verb="restore", event="restored")
    return category


async def delete_category(
    session: AsyncSession, actor: Actor, category_id: UUID, *, version: int | None
) -> None:
    """Remove a category that nothing is filed under.

    Raises:
        NotFoundError: there is none.
        ConflictError: somebody else changed it since the caller read it.
        CategoryNotEmptyError: it has children or products, or archived categories were replaced by it.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=version)
        record(
            session,
            actor,
            category,
            verb="delete",
            event="deleted",
            before={"code": category.code, "names": category.names},
        )
        try:
            async with savepoint(session):
                await session.delete(category)
                await session.flush()
        except IntegrityError as error:
            raise CategoryNotEmptyError from error


async def _has_products(session: AsyncSession, branch: list[UUID]) -> bool:
    return bool(await session.scalar(select(exists().where(Product.category_id.in_(branch)))))
