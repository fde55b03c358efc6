"""Add a category, and change what it is called."""

import re
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import as_system
from karavan.kit.errors import invalid
from karavan.kit.ids import new_id
from karavan.modules.catalogue.actions.categories.rows import (
    flush_coded,
    lock_tree,
    locked_category,
    make_room,
    record,
)
from karavan.modules.catalogue.errors import CategoryArchivedError
from karavan.modules.catalogue.models.categories import Category
from karavan.modules.catalogue.schemas.categories import CategoryBody, CategoryPatch


async def create_category(session: AsyncSession, actor: Actor, body: CategoryBody) -> Category:
    """Hang a new category into the tree.

    Raises:
        ValidationError: there is no such parent, or the English name gives no code.
        CategoryArchivedError: the parent is archived.
        CategoryCodeTakenError: the code is in use.
    """
    async with as_system(session):
        await lock_tree(session)
        await live_parent(session, body.parent_id, pointer="#/parent_id")
        category = Category(
            id=new_id(),
            parent_id=body.parent_id,
            code=body.code or _code_of(body.names.en),
            names=body.names.model_dump(),
            icon=body.icon,
            position=await make_room(session, body.parent_id, body.position, moving=None),
            version=1,
        )
        session.add(category)
        await flush_coded(session)
        record(
            session,
            actor,
            category,
            verb="create",
            event="created",
            after={"code": category.code, "names": category.names},
            parent_id=None if category.parent_id is None else str(category.parent_id),
        )
    return category


async def edit_category(
    session: AsyncSession, actor: Actor, category_id: UUID, body: CategoryPatch
) -> Category:
    """Change the code, the names or the icon.

    Raises:
        NotFoundError: there is none.
        ConflictError: somebody else changed it since the caller read it.
        CategoryCodeTakenError: the code is in use.
    """
    async with as_system(session):
        category = await locked_category(session, category_id, version=body.version)
        wanted = body.model_dump(exclude={"version"}, exclude_none=True)
        before = {name: getattr(category, name) for name in wanted}
        changed = {name: value for name, value in wanted.items() if value != before[name]}
        if changed:
            for name, value in changed.items():
                setattr(category, name, value)
            category.version += 1
            await flush_coded(session)
            record(
                session,
                actor,
                category,
                verb="edit",
                event="changed",
                before={name: before[name] for name in changed},
                after=changed,
                changed=sorted(changed),
            )
    return category


async def live_parent(
    session: AsyncSession, parent_id: UUID | None, *, pointer: str
) -> Category | None:
    """The category that something is to be filed under.

    Raises:
        ValidationError: there is none.
        CategoryArchivedError: it is archived.
    """
    if parent_id is None:
        return None
    parent = await session.get(Category, parent_id)
    if parent is None:
        raise invalid(pointer, "unknown", "There is no such category.")
    if parent.archived_at is not None:
        raise CategoryArchivedError
    return parent


def _code_of(name: str) -> str:
    code = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80].rstrip("-")
    if not code:
        raise invalid("#/code", "required", "Name a code: the English name has no Latin letters.")
    return code
