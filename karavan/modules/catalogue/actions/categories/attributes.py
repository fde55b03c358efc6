"""Say what products of a category are asked for."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import as_system
from karavan.kit.errors import NotFoundError, ValidationError
from karavan.kit.ids import new_id
from karavan.modules.catalogue.actions.categories.rows import locked_category, record
from karavan.modules.catalogue.errors import (
    AttributeLeftBehindError,
    AttributeTypeError,
    OptionInUseError,
)
from karavan.modules.catalogue.models.categories import (
    Category,
    CategoryAttribute,
    RemovedAttribute,
)
from karavan.modules.catalogue.queries.attributes import attributes_of
from karavan.modules.catalogue.queries.categories import branch_of, path_of
from karavan.modules.catalogue.schemas.categories import (
    ATTRIBUTES_MAX,
    AttributeBody,
    AttributeKind,
)

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

# What was asked for under the code before, here, above or below, and meant something else: products of the branch may still say
# what they said then.
_LEFT_BEHIND = text(
    """
    with other as (
      select category_id from catalogue_removed_attributes
      where code = :code and category_id = any(:related)
        and (kind, unit) is distinct from (:kind, cast(:unit as varchar))
    ) select exists (select 1 from other) and not exists (
      select 1 from catalogue_category_attributes where code = :code and category_id = any(:path)
    ) and exists (
      select 1 from catalogue_products p
      where p.category_id = any(:branch) and jsonb_exists(p.attributes, :code))
    """
)

# What products say that mean the attribute by this category, and not by one of their own below it: options that would go.
_ORPHANED = text(
    """
    with recursive meant as (
      select id from catalogue_categories where id = :self
      union all
      select c.id from catalogue_categories c join meant m on c.parent_id = m.id
      where not exists (select 1 from catalogue_category_attributes a where a.category_id = c.id and a.code = :code)
    )
    select p.attributes ->> :code as option, count(*) as products from catalogue_products p
    where p.category_id in (select id from meant) and p.state <> 'archived' and jsonb_exists(p.attributes, :code)
      and p.attributes ->> :code <> all(:options)
      and (cast(:before as text[]) is null or p.attributes ->> :code = any(:before))
    group by 1 order by 1
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
        AttributeLeftBehindError: products still say what they said when it had another type or unit.
        OptionInUseError: products have an option that it would not have any more.
        ValidationError: the category has as many attributes as it may.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=body.version)
        path = await path_of(session, category.id)
        wanted = {"code": code, "kind": body.kind.value, "unit": body.unit}
        other = await session.scalar(_CONTRADICTION, {**wanted, "path": path, "self": category.id})
        if other is not None:
            raise AttributeTypeError(category_id=str(other), attribute=code)
        row = await _own(session, category.id, code)
        if row is None:
            await _refuse_too_many(session, category.id)
            await _refuse_left_behind(session, category.id, path, wanted)
            row = CategoryAttribute(
                id=new_id(), category_id=category.id, code=code, kind=body.kind.value
            )
            session.add(row)
            before = None
        else:
            before = [option["code"] for option in row.options]
        row.names = body.names.model_dump()
        row.unit = body.unit
        row.options = [option.model_dump() for option in body.options]
        row.required, row.filterable, row.position = body.required, body.filterable, body.position
        row.number_min, row.number_max = body.min, body.max
        if body.kind is AttributeKind.CHOICE:
            after = [option.code for option in body.options]
            await _refuse_orphaned(session, category.id, code, after, before)
        _changed(session, actor, category, verb="set_attribute", code=code)
    return category


async def remove_attribute(
    session: AsyncSession, actor: Actor, category_id: UUID, code: str, *, version: int | None
) -> Category:
    """Ask no longer for a value; what products have said stays with them until they are edited.

    Raises:
        NotFoundError: the category itself has no such attribute.
        ConflictError: somebody else changed the category since the caller read it.
        OptionInUseError: products have an option that a category above, which still asks for it, does not have.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=version)
        row = await _own(session, category.id, code)
        if row is None:
            raise NotFoundError
        meant = {"kind": row.kind, "unit": row.unit}
        await session.execute(
            insert(RemovedAttribute)
            .values(category_id=category.id, code=code, **meant)
            .on_conflict_do_update(
                index_elements=[RemovedAttribute.category_id, RemovedAttribute.code], set_=meant
            )
        )
        await session.execute(delete(CategoryAttribute).where(CategoryAttribute.id == row.id))
        for above in await attributes_of(session, category.id):
            if above.code == code and above.kind == AttributeKind.CHOICE:
                after = [str(option["code"]) for option in above.options]
                await _refuse_orphaned(session, category.id, code, after, None)
        _changed(session, actor, category, verb="remove_attribute", code=code)
    return category


async def _refuse_left_behind(
    session: AsyncSession, category_id: UUID, path: list[UUID], wanted: dict[str, Any]
) -> None:
    """See that no product of the branch would say another thing than it did; what was meant before is then forgotten.

    Where a category above asks for the code still, that has settled what it means.

    Raises:
        AttributeLeftBehindError: one would.
    """
    branch = await branch_of(session, category_id)
    related = [*path, *branch]
    if await session.scalar(
        _LEFT_BEHIND, {**wanted, "path": path, "related": related, "branch": branch}
    ):
        raise AttributeLeftBehindError(attribute=wanted["code"])
    await session.execute(
        delete(RemovedAttribute).where(
            RemovedAttribute.code == wanted["code"], RemovedAttribute.category_id.in_(branch)
        )
    )


async def _refuse_orphaned(
    session: AsyncSession,
    category_id: UUID,
    code: str,
    after: list[str],
    before: list[str] | None,
) -> None:
    """See that no product would have an option that is none any more.

    Args:
        before: the options until now, of which those that were none already are let be; nothing to look at all values.

    Raises:
        OptionInUseError: one would.
    """
    found = await session.execute(
        _ORPHANED, {"self": category_id, "code": code, "options": after, "before": before}
    )
    if rows := found.all():
        raise OptionInUseError(
            attribute=code,
            options=[row.option for row in rows],
            products=sum(row.products for row in rows),
        )


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
