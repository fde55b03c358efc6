"""Marks: what products are filtered by, as lexemes beside their words, so that one index answers words and filters at once.

They begin with `@`, which no word does and no code. Prices are marked in steps of a quarter of an octave, in octaves and
in steps of four octaves, so that a few marks cover a range; its ends are then compared exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from karavan.modules.catalogue.search.documents import quoted

EVERY, OPEN = "@", "@v"
"""Of every product; of those that everybody may see."""
_WIDER_MAX = 2


def category_mark(category_id: UUID | str) -> str:
    """Of a product in the category or below it."""
    return f"@c{_key(category_id)}"


def supplier_mark(organisation_id: UUID | str) -> str:
    """Of what the organisation sells."""
    return f"@s{_key(organisation_id)}"


def currency_mark(currency: str) -> str:
    """Of prices in the currency."""
    return f"@k{currency}"


def facet_mark(facet: str) -> str:
    """Of a value as `category_book.facet` writes it."""
    return f"@f{facet}"


def price_marks(currency: str, amount: int) -> list[str]:
    """The steps that a price lies in, narrow to wide."""
    step = _step(amount)
    return [_price_mark(currency, wider, step >> 2 * wider) for wider in range(_WIDER_MAX + 1)]


def is_narrow(low: int | None, high: int | None) -> bool:
    """Whether a range of prices is worth asking the index for where words say something already: two octaves at most."""
    return low is not None and high is not None and _step(high) - _step(low) <= 8


def price_cover(currency: str, low: int | None, high: int | None) -> list[str]:
    """Marks of which every price from `low` to `high` has one; prices just outside may have one too.

    Empty where no price is within.
    """
    last = _step(high) if high is not None else 4 ** (_WIDER_MAX + 2) - 1
    return [_price_mark(currency, *one) for one in _cover(_step(low or 0), last)]


def _cover(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The fewest aligned steps that make up a range."""
    for wider in range(_WIDER_MAX):
        while first <= last and first % 4:
            yield wider, first
            first += 1
        while first <= last and last % 4 != 3:
            yield wider, last
            last -= 1
        if first > last:
            return
        first, last = first >> 2, last >> 2
    yield from ((_WIDER_MAX, one) for one in range(first, last + 1))


def _step(amount: int) -> int:
    """Quarters of octaves up to an amount of minor units: its length in bits, and the two bits that follow the first."""
    length = amount.bit_length()
    return 0 if length == 0 else length << 2 | (amount << 2 >> length - 1) & 3


def _price_mark(currency: str, wider: int, step: int) -> str:
    return f"@p{currency}{wider}:{step}"


def _key(identifier: UUID | str) -> str:
    return str(identifier).replace("-", "")


def any_of(marks: Iterable[str]) -> str:
    """A condition that one of them is there, as the text of a `tsquery`."""
    return f"({' | '.join(map(quoted, marks))})"


def all_of(conditions: Sequence[str | None]) -> str | None:
    """A condition that all hold; nothing where there is none."""
    held = [f"({one})" for one in conditions if one]
    return " & ".join(held) or None
