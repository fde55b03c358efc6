"""Hang a branch somewhere else."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import as_system
from karavan.modules.catalogue.actions.categories.rows import locked_category, make_room, record
from karavan.modules.catalogue.actions.categories.write import live_parent
from karavan.modules.catalogue.errors import AttributeTypeError, CategoryCycleError
from karavan.modules.catalogue.models.categories import Category
from karavan.modules.catalogue.queries.categories import path_of
from karavan.modules.catalogue.schemas.categories import CategoryMove

# An attribute of the branch that says the same code as one above its new place, with another type or unit. The few that
# differ are followed upwards: walking down would read the whole branch.
_CONTRADICTION = text(
    """
    with recursive differing as (
      select own.category_id as id, own.code from catalogue_category_attributes own
      join catalogue_category_attributes above on above.code = own.code
      where above.category_id = any(:path)
        and (own.kind, own.unit) is distinct from (above.kind, above.unit)
      union
      select c.parent_id, d.code from differing d join catalogue_categories c on c.id = d.id
      where c.parent_id is not null
    ) select code from differing where id = :moved limit 1
    """
)


async def move_category(
    session: AsyncSession, actor: Actor, category_id: UUID, body: CategoryMove
) -> Category:
    """Move a category with everything below it: one row changes, however large the branch is.

    Raises:
        NotFoundError: there is none.
        ConflictError: somebody else changed it since the caller read it.
        ValidationError: there is no such parent.
        CategoryArchivedError: the parent is archived.
        CategoryCycleError: the parent is the category itself, or below it.
        AttributeTypeError: an attribute of the branch means something else above its new place.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=body.version)
        await live_parent(session, body.parent_id, pointer="#/parent_id")
        before = category.parent_id
        if body.parent_id is not None and body.parent_id != before:
            path = await path_of(session, body.parent_id)
            if category.id in path:
                raise CategoryCycleError
            await _refuse_contradiction(session, category.id, path)
        category.position = await make_room(
            session, body.parent_id, body.position, moving=category.id
        )
        category.parent_id = body.parent_id
        category.version += 1
        record(
            session,
            actor,
            category,
            verb="move",
            event="moved",
            before={"parent_id": _text(before)},
            after={"parent_id": _text(body.parent_id), "position": category.position},
            from_parent_id=_text(before),
            parent_id=_text(body.parent_id),
        )
    return category


async def _refuse_contradiction(session: AsyncSession, moved: UUID, path: list[UUID]) -> None:
    code = await session.scalar(_CONTRADICTION, {"path": path, "moved": moved})
    if code is not None:
        raise AttributeTypeError(attribute=code)


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
