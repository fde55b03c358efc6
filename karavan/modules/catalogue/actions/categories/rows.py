"""What every change of the tree begins and ends with."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import NotFoundError
from karavan.kit.events import record_event
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.errors import CategoryCodeTakenError
from karavan.modules.catalogue.models.categories import Category, CategoryTree


async def lock_tree(session: AsyncSession) -> None:
    """Let nobody else change the tree until the transaction ends, and count this change.

    One lock for all of it: what makes a move wrong lies anywhere above or below, and a tree is changed by few people.
    """
    tree = (await session.scalars(select(CategoryTree).with_for_update())).one()
    tree.revision += 1


async def locked_category(
    session: AsyncSession, category_id: UUID, *, version: int | None = None
) -> Category:
    """A category of the locked tree.

    Args:
        version: what the caller has read.

    Raises:
        NotFoundError: there is none.
        ConflictError: it has changed since.
    """
    await lock_tree(session)
    category = await session.get(Category, category_id, with_for_update=True)
    if category is None:
        raise NotFoundError
    refuse_stale(category, version)
    return category


async def make_room(
    session: AsyncSession, parent_id: UUID | None, position: int | None, *, moving: UUID | None
) -> int:
    """Open a gap among the children of a category.

    Args:
        position: the place from 0; behind the last when nothing, or too large.
        moving: a child that is taken out of its present place.

    Returns:
        The value of `Category.position` for whoever comes into the gap.
    """
    siblings = Category.parent_id.is_not_distinct_from(parent_id)
    if moving is not None:
        siblings &= Category.id != moving
    if position is not None:
        following = await session.scalar(
            select(Category.position)
            .where(siblings)
            .order_by(Category.position, Category.id)
            .offset(position)
            .limit(1)
        )
        if following is not None:
            await session.execute(
                update(Category)
                .where(siblings, Category.position >= following)
                .values(position=Category.position + 1, updated_at=Category.updated_at)
                .execution_options(synchronize_session="fetch")
            )
            return following
    last = await session.scalar(select(func.max(Category.position)).where(siblings))
    return 0 if last is None else last + 1


async def flush_coded(session: AsyncSession) -> None:
    """Write what waits.

    Raises:
        CategoryCodeTakenError: another category has the code.
    """
    try:
        async with savepoint(session):
            await session.flush()
    except IntegrityError as error:
        raise CategoryCodeTakenError from error


def record(
    session: AsyncSession,
    actor: Actor,
    category: Category,
    *,
    verb: str,
    event: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    **payload: Any,
) -> None:
    """Write the audit row and the event of a change.

    Args:
        verb: what was done, as `move`; the audit says `category.move`.
        event: the same in the past tense.
        payload: further facts of the event, as JSON values.
    """
    record_audit(
        session,
        actor,
        f"category.{verb}",
        target_type="category",
        target_id=category.id,
        target_label=category.code,
        before=before,
        after=after,
    )
    record_event(
        session,
        f"category.{event}",
        organisation_id=None,
        aggregate_id=category.id,
        payload={
            "category_id": str(category.id),
            "code": category.code,
            # Whose open pages show the tree as it was.
            "parties": {"desk": str(actor.organisation_id)},
            **payload,
        },
    )
