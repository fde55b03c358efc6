"""Categories of the platform for the paths that suppliers write."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.catalogue.models import Category
from karavan.modules.catalogue.queries.categories import category_named

JOINT = " → "
_KNOWN_MAX = 20_000


class CategoryFinder:
    """Finds the category of a path once, however many rows have it."""

    def __init__(self, chosen: Mapping[str, UUID]) -> None:
        self._chosen = {path.casefold(): category for path, category in chosen.items()}
        self._known: dict[tuple[str, ...], UUID | None] = {}

    async def learn(
        self, session: AsyncSession, paths: Collection[tuple[str, ...]]
    ) -> Mapping[tuple[str, ...], UUID | None]:
        """The categories of paths: what a person has chosen, else what the whole names, else what its last steps name.

        Returns:
            Nothing for a path to which no category answers: the product is filed by hand.
        """
        if len(self._known) > _KNOWN_MAX:
            self._known.clear()
        for path in paths:
            if path not in self._known:
                self._known[path] = await self._find(session, path)
        return self._known

    async def _find(self, session: AsyncSession, path: tuple[str, ...]) -> UUID | None:
        found = self._chosen.get(JOINT.join(path).casefold())
        for start in range(len(path)):
            if found is not None:
                break
            found = await category_named(session, path[start:])
        return found


async def live_categories(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Those of `ids` under which goods are filed."""
    found = await session.scalars(
        select(Category.id).where(Category.id.in_(ids), Category.archived_at.is_(None))
    )
    return set(found)
