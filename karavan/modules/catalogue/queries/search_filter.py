"""What somebody has chosen among the facets, and the sets of matches that a page and its facets are made of.

A facet is counted without its own choice, so that the others of it stay open: to what matches everything comes what
matches all but that choice.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from karavan.modules.catalogue.search.category_book import facet
from karavan.modules.catalogue.search.documents import quoted
from karavan.modules.catalogue.search.marks import (
    EVERY,
    all_of,
    any_of,
    category_mark,
    currency_mark,
    facet_mark,
    is_narrow,
    price_cover,
    supplier_mark,
)

_NOWHERE = "@"
"""A mark that no product has."""
_PRICES = "prices"


class SearchFilter(Struct, frozen=True, kw_only=True):
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

    def asked(self, words: str | None, *, any_price: bool = False) -> str | None:
        """Text of a `tsquery` for words and everything chosen; nothing where every product fits.

        Args:
            any_price: leave the range of prices out.
        """
        chosen = self._conditions(words)
        return all_of(
            [words, *(one for name, one in chosen.items() if not any_price or name != _PRICES)]
        )

    def beyond(self, words: str | None) -> dict[str, str]:
        """For each facet in which something is chosen, the text of a `tsquery` for what matches all but that.

        None for prices, which are told apart as they are found, nor for the stock: that facet counts what can be had now,
        and the choice was just that.
        """
        chosen = self._conditions(words)
        made = {}
        for name, own in chosen.items():
            if name != _PRICES:
                others = [one for other, one in chosen.items() if other != name]
                # Something must be there: what is only not there is in no index.
                asked = all_of([words, *others]) or quoted(EVERY)
                made[name] = f"{asked} & !{own}"
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

    def _conditions(self, words: str | None) -> dict[str, str | None]:
        """By facet, but for the stock, which quality tells. Those of prices let more in than was chosen."""
        made: dict[str, str | None] = {}
        if self.category_id is not None:
            made["categories"] = any_of([category_mark(self.category_id)])
        if self.supplier_ids:
            made["suppliers"] = any_of(map(supplier_mark, self.supplier_ids))
        if self.currency is not None:
            made[_PRICES] = None
            if words is None or is_narrow(self.price_min, self.price_max):
                marks = [currency_mark(self.currency)]
                if self.price_min is not None or self.price_max is not None:
                    marks = price_cover(self.currency, self.price_min, self.price_max)
                made[_PRICES] = any_of(marks or [_NOWHERE])
        for code, values in self.attributes:
            made[f"attribute:{code}"] = any_of(facet_mark(facet(code, value)) for value in values)
        return made
