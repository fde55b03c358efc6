"""The tree of categories and their attributes, held while documents are made: a thousand rows for any number of products."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json
from karavan.modules.catalogue.search.documents import Texts

_READ = """
select json_build_object(
  'categories', coalesce((select json_agg(json_build_object('id', id, 'parent', parent_id, 'names', names))
    from catalogue_categories), '[]'::json),
  'attributes', coalesce((select json_agg(json_build_object('category', category_id, 'code', code,
      'kind', kind, 'names', names, 'options', options, 'filterable', filterable))
    from catalogue_category_attributes), '[]'::json)
)::text
"""
_ANSWERS = {True: "true", False: "false"}
_FACET_CHARACTERS_MAX = 120


class _Attribute(Struct, frozen=True):
    kind: str
    names: Texts
    options: Mapping[str, Texts]
    filterable: bool


class CategoryBook:
    """What is filed where, and what the values of attributes are called."""

    def __init__(self, categories: list[dict[str, Any]], attributes: list[dict[str, Any]]) -> None:
        self._parents = {one["id"]: one["parent"] for one in categories}
        self._names: dict[str, Texts] = {one["id"]: one["names"] for one in categories}
        self._own: dict[str, dict[str, _Attribute]] = {}
        for one in attributes:
            options = {option["code"]: option["names"] for option in one["options"]}
            self._own.setdefault(one["category"], {})[one["code"]] = _Attribute(
                one["kind"], one["names"], options, one["filterable"]
            )
        self._chains: dict[str, list[str]] = {}
        self._inherited: dict[str, dict[str, _Attribute]] = {}

    @classmethod
    async def read(cls, session: AsyncSession) -> "CategoryBook":
        """The book as it is now."""
        read = msgspec.json.decode(await read_json(session, _READ) or b"{}")
        return cls(read["categories"], read["attributes"])

    def chain(self, category_id: str | None) -> list[str]:
        """The category and those above it, its own last."""
        if category_id is None or category_id not in self._parents:
            return []
        if category_id not in self._chains:
            self._chains[category_id] = [*self.chain(self._parents[category_id]), category_id]
        return self._chains[category_id]

    def names(self, category_id: str | None) -> list[Texts]:
        """Names of the category and of those above it, its own last."""
        return [self._names[one] for one in self.chain(category_id)]

    def _attributes(self, category_id: str | None) -> dict[str, _Attribute]:
        if category_id is None:
            return {}
        if category_id not in self._inherited:
            merged: dict[str, _Attribute] = {}
            for one in self.chain(category_id):
                merged.update(self._own.get(one, {}))
            self._inherited[category_id] = merged
        return self._inherited[category_id]

    def values(
        self, category_id: str | None, attributes: Mapping[str, Any]
    ) -> tuple[list[Texts], list[str]]:
        """What a product's attributes say: as texts by language, and as facets for those that can be filtered by."""
        texts: list[Texts] = []
        facets: list[str] = []
        known = self._attributes(category_id)
        for code, value in attributes.items():
            if value is None or code not in known:
                continue
            attribute = known[code]
            shown = _ANSWERS[value] if isinstance(value, bool) else str(value)
            if attribute.kind == "choice":
                texts.append(attribute.options.get(shown, {"": shown}))
            elif attribute.kind == "boolean":
                # What a thing is, not that it is: `wireless: yes` is found by `wireless`.
                texts += [attribute.names] if value is True else []
            else:
                texts.append({"": shown})
            if attribute.filterable:
                facets.append(facet(code, shown))
        return texts, facets


def facet(code: str, value: str) -> str:
    """A value as it is kept to be filtered by and counted."""
    return f"{code}={value}"[:_FACET_CHARACTERS_MAX]
