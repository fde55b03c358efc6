"""Categories of the platform for the paths that suppliers write."""

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.imports.kinds import SectionMatch
from karavan.kit.imports.words import normalised
from karavan.modules.catalogue.models import Category
from karavan.modules.catalogue.queries.categories import category_named

JOINT = " → "
_KNOWN_MAX = 20_000
_COUNTED_MAX = 5_000
_ALIKE_LETTERS = 4

_BELOW = text(
    """
    with recursive below as (
      select id, names from catalogue_categories where parent_id = :parent_id and archived_at is null
      union all
      select c.id, c.names from catalogue_categories c join below b on c.parent_id = b.id
       where c.archived_at is null
    )
    select id, names ->> 'en', names ->> 'ru', names ->> 'kk' from below
    """
)


class CategoryFinder:
    """Finds the category of a path once, however many rows have it.

    Args:
        chosen: by path as the file writes it: what a person has chosen for this import.
        remembered: by normalised path: what was chosen for earlier ones.
    """

    def __init__(self, chosen: Mapping[str, UUID], remembered: Mapping[str, UUID]) -> None:
        self._chosen = {path.casefold(): category for path, category in chosen.items()}
        self._remembered = remembered
        self._known: dict[tuple[str, ...], UUID | None] = {}
        self._counted: Counter[tuple[str, ...]] = Counter()

    async def learn(
        self, session: AsyncSession, paths: Collection[tuple[str, ...]]
    ) -> Mapping[tuple[str, ...], UUID | None]:
        """The categories of paths: what a person has chosen, else what the whole names, else what its last steps name.

        Else what is called much the same below the category of the steps before.

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
        written = JOINT.join(path)
        found = self._chosen.get(written.casefold()) or self._remembered.get(normalised(written))
        for start in range(len(path)):
            if found is not None:
                break
            found = await category_named(session, path[start:])
        if found is None and len(path) > 1 and (parent := await self._find(session, path[:-1])):
            found = await _alike_below(session, parent, path[-1])
        return found

    def count(self, path: tuple[str, ...]) -> None:
        """A row says that it belongs there."""
        if path in self._counted or len(self._counted) < _COUNTED_MAX:
            self._counted[path] += 1

    def matches(self) -> list[SectionMatch]:
        """What rows said, the most frequent first, and what it was taken for."""
        return [
            SectionMatch(JOINT.join(path), rows, str(found) if found else None)
            for path, rows in self._counted.most_common()
            for found in (self._known.get(path),)
        ]


async def _alike_below(session: AsyncSession, parent_id: UUID, written: str) -> UUID | None:
    """The one category below that is called much the same: below coffee “Зерновой” is “Кофе в зёрнах”.

    Each word must begin as a word of the name does. Of several that fit none is meant.
    """
    words = [word for word in normalised(written).split() if len(word) >= _ALIKE_LETTERS]
    if not words:
        return None
    rows = (await session.execute(_BELOW, {"parent_id": parent_id})).all()
    alike = [
        one
        for one, *names in rows
        if any(all(_begins_alike(word, normalised(name)) for word in words) for name in names)
    ]
    return UUID(str(alike[0])) if len(alike) == 1 else None


def _begins_alike(word: str, name: str) -> bool:
    return any(other.startswith(word[:_ALIKE_LETTERS]) for other in name.split())


async def live_categories(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Those of `ids` under which goods are filed."""
    found = await session.scalars(
        select(Category.id).where(Category.id.in_(ids), Category.archived_at.is_(None))
    )
    return set(found)
