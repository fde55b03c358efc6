"""Say what products of a category are asked for."""

from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import as_system
from karavan.kit.errors import NotFoundError, ValidationError
from karavan.kit.ids import new_id
from karavan.modules.catalogue.actions.categories.rows import locked_category, record
from karavan.modules.catalogue.errors import AttributeTypeError
from karavan.modules.catalogue.models.categories import Category, CategoryAttribute
from karavan.modules.catalogue.queries.categories import path_of
from karavan.modules.catalogue.schemas.categories import ATTRIBUTES_MAX, AttributeBody

# The same code above or below, or of the category itself as it was, with another type or unit: those that differ are few,
# and are followed upwards to see whether they lie below.
_CONTRADICTION = text(
    """
    with recursive differing as (
      select category_id as id, category_id from catalogue_category_attributes
      where code = :code and (kind, unit) is distinct from (:kind, cast(:unit as varchar))
      union
      select c.parent_id, d.category_id from differing d
      join catalogue_categories c on c.id = d.id where c.parent_id is not null
    ) select category_id from differing where category_id = any(:path) or id = :self limit 1
    """
)


async def set_attribute(
    session: AsyncSession, actor: Actor, category_id: UUID, code: str, body: AttributeBody
) -> Category:
    """Add an attribute to a category and to everything below it, or change it.

    Type and unit of an attribute never change, as values of products would no longer fit: remove it, and add another.

    Raises:
        NotFoundError: there is no such category.
        ConflictError: somebody else changed it since the caller read it.
        AttributeTypeError: a category above or below, or this one, has it with another type or unit.
        ValidationError: the category has as many attributes as it may.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=body.version)
        other = await session.scalar(
            _CONTRADICTION,
            {
                "code": code,
                "kind": body.kind.value,
                "unit": body.unit,
                "path": await path_of(session, category.id),
                "self": category.id,
            },
        )
        if other is not None:
            raise AttributeTypeError(category_id=str(other), attribute=code)
        row = await _own(session, category.id, code)
        if row is None:
            await _refuse_too_many(session, category.id)
            row = CategoryAttribute(
                id=new_id(), category_id=category.id, code=code, kind=body.kind.value
            )
            session.add(row)
        row.names = body.names.model_dump()
        row.unit = body.unit
        row.options = [option.model_dump() for option in body.options]
        row.required, row.filterable, row.position = body.required, body.filterable, body.position
        row.number_min, row.number_max = body.min, body.max
        _changed(session, actor, category, verb="set_attribute", code=code)
    return category


async def remove_attribute(
    session: AsyncSession, actor: Actor, category_id: UUID, code: str, *, version: int | None
) -> Category:
    """Ask no longer for a value; what products have said stays with them until they are edited.

    Raises:
        NotFoundError: the category itself has no such attribute.
        ConflictError: somebody else changed the category since the caller read it.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=version)
        row = await _own(session, category.id, code)
        if row is None:
            raise NotFoundError
        await session.execute(delete(CategoryAttribute).where(CategoryAttribute.id == row.id))
        _changed(session, actor, category, verb="remove_attribute", code=code)
    return category


async def _own(session: AsyncSession, category_id: UUID, code: str) -> CategoryAttribute | None:
    found = await session.scalars(
        select(CategoryAttribute).where(
            CategoryAttribute.category_id == category_id, CategoryAttribute.code == code
        )
    )
    return found.one_or_none()


async def _refuse_too_many(session: AsyncSession, category_id: UUID) -> None:
    count = await session.scalar(
        select(func.count()).where(CategoryAttribute.category_id == category_id)
    )
    if (count or 0) >= ATTRIBUTES_MAX:
        raise ValidationError(
            f"A category has at most {ATTRIBUTES_MAX} attributes of its own.", max=ATTRIBUTES_MAX
        )


def _changed(
    session: AsyncSession, actor: Actor, category: Category, *, verb: str, code: str
) -> None:
    category.version += 1
    record(
        session,
        actor,
        category,
        verb=verb,
        event="changed",
        after={"attribute": code},
        changed=["attributes"],
    )
