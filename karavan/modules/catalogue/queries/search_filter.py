"""What somebody has chosen among the facets, and the sets of matches that a page and its facets are made of.

A facet is counted without its own choice, so that the others of it stay open: to what matches everything comes what
matches all but that choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from karavan.modules.catalogue.search.category_book import facet
from karavan.modules.catalogue.search.marks import (
    IN_STOCK,
    all_of,
    any_of,
    category_mark,
    currency_mark,
    facet_mark,
    price_cover,
    supplier_mark,
)

_NOWHERE = "@"
"""A mark that no product has."""
_PRICES, _STOCK = "prices", "in_stock"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What a facet offers besides its choice.

    Attributes:
        asked: text of a `tsquery`; nothing where every product fits.
        outside: the chosen range of prices is to be left, not kept to.
    """

    facet: str
    asked: str | None
    outside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What somebody has chosen. Prices are minor units of `currency`.

    Attributes:
        category_id: with everything below it.
        attributes: values by the code of their attribute; any of one attribute's, of every attribute.
    """

    category_id: UUID | None = None
    supplier_ids: Sequence[UUID] = ()
    currency: str | None = None
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False
    attributes: Sequence[tuple[str, Sequence[str]]] = ()

    @property
    def facets(self) -> list[str]:
        """Chosen values as they are kept."""
        return [facet(code, value) for code, values in self.attributes for value in values]

    def asked(self, words: str | None) -> str | None:
        """Text of a `tsquery` for words and everything chosen; nothing where every product fits."""
        return all_of([words, *self._conditions().values()])

    def beyond(self, words: str | None) -> list[Beyond]:
        """For each facet in which something is chosen, what matches all but that.

        None for the stock: that facet counts what can be had now, and the choice was just that.
        """
        conditions = self._conditions()
        made = []
        for name, own in conditions.items():
            if name != _STOCK:
                others = [condition for other, condition in conditions.items() if other != name]
                outside = name == _PRICES
                asked = all_of([words, *others, None if outside else f"!{own}"])
                made.append(Beyond(name, asked, outside))
        return made

    def columns(self) -> dict[str, Any]:
        """The same choice, but for the category, for a walk along an index: see `catalogue_search_walked`."""
        made: dict[str, Any] = {
            name: value
            for name in ("currency", "price_min", "price_max")
            if (value := getattr(self, name)) is not None
        }
        if self.supplier_ids:
            made["suppliers"] = [str(one) for one in self.supplier_ids]
        if self.in_stock:
            made["in_stock"] = True
        made["facets"] = [
            [facet(code, value) for value in values] for code, values in self.attributes
        ]
        return made

    def _conditions(self) -> dict[str, str]:
        """By facet. Those of prices may let a little more in than was chosen."""
        made: dict[str, str] = {}
        if self.category_id is not None:
            made["categories"] = any_of([category_mark(self.category_id)])
        if self.supplier_ids:
            made["suppliers"] = any_of(map(supplier_mark, self.supplier_ids))
        if self.currency is not None:
            marks = [currency_mark(self.currency)]
            if self.price_min is not None or self.price_max is not None:
                marks = price_cover(self.currency, self.price_min, self.price_max)
            made[_PRICES] = any_of(marks or [_NOWHERE])
        if self.in_stock:
            made[_STOCK] = any_of([IN_STOCK])
        for code, values in self.attributes:
            made[f"attribute:{code}"] = any_of(facet_mark(facet(code, value)) for value in values)
        return made
