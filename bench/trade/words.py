"""Words of the market in three languages, drawn with the skew of a natural language, and names made of them."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bench.goods import MAKERS
from bench.trade.sizes import TradeSizes, mixed

One = TypeVar("One")
Word = tuple[str, str, str]

SIZES = (100, 200, 250, 500, 750, 1000)
_DRAWN = 4096
_ALL_WORDS_FROM = 1_000_000
_HEAPS_EXPONENT = 0.5


def _words(kind: str) -> list[Word]:
    lines = Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [(ru, en, kk) for one, ru, en, kk in rows if one == kind]


THINGS, QUALITIES, COLOURS = _words("thing"), _words("quality"), _words("colour")


class Words:
    """What the goods of a market are called: the most common things, qualities and brands of all that there are.

    A market of a million products knows them all, a smaller one as many fewer as Heaps's law says: the vocabulary grows
    with about the square root of the text (Manning, Raghavan and Schütze 2008, § 5.1.1).
    """

    def __init__(self, sizes: TradeSizes) -> None:
        share = min((sizes.products / _ALL_WORDS_FROM) ** _HEAPS_EXPONENT, 1.0)
        self.things, self.qualities = _most_common(THINGS, share), _most_common(QUALITIES, share)
        self._thing, self._quality = _skewed(self.things), _skewed(self.qualities)
        self._maker = _skewed([maker.title() for maker in _most_common(MAKERS, share)])

    def maker_of(self, bits: int) -> str:
        """Whose brand a product is."""
        return self._maker[bits >> 24 & 4095]

    def russian_name(self, bits: int) -> str:
        """The name that every product has."""
        thing, quality = self._thing[bits & 4095][0], self._quality[bits >> 12 & 4095][0]
        size = SIZES[(bits >> 40) % 6]
        return f"{thing[0].upper()}{thing[1:]} {quality} {self.maker_of(bits)} {size} г"

    def names_of(self, bits: int) -> dict[str, str]:
        """Names by language: Russian always, English of two in five, Kazakh of three in ten."""
        thing, quality = self._thing[bits & 4095], self._quality[bits >> 12 & 4095]
        maker, size = self.maker_of(bits), SIZES[(bits >> 40) % 6]
        names = {"ru": self.russian_name(bits)}
        if (bits >> 45) % 5 < 2:
            names["en"] = f"{maker} {quality[1]} {thing[1]} {size} g"
        if (bits >> 50) % 10 < 3:
            names["kk"] = f"{quality[2][0].upper()}{quality[2][1:]} {thing[2]} {maker} {size} г"
        return names

    def description_for(self, bits: int) -> str:
        """The description of a product."""
        return description_of((bits >> 52) % len(self.qualities), (bits & 4095) % len(self.things))

    def values_of(self, bits: int) -> dict[str, str]:
        """What a product says in its attributes."""
        return {"brand": self.maker_of(bits), "colour": COLOURS[(bits >> 36) % len(COLOURS)][1]}


def _most_common(words: list[One], share: float) -> list[One]:
    return words[: max(round(len(words) * share), 1)]


def _skewed(words: list[One]) -> list[One]:
    """So that one of them drawn evenly is the n-th word about n times as seldom as the first (Zipf 1949)."""
    return [words[int(len(words) ** ((n + 0.5) / _DRAWN)) - 1] for n in range(_DRAWN)]


@lru_cache(maxsize=4096)
def description_of(quality: int, thing: int) -> str:
    """One of a few thousand descriptions: sellers copy them from one another."""
    return (
        f"{THINGS[thing][0]} для дома и работы: {QUALITIES[quality][0]} вариант. Сертификат, гарантия, доставка "
        "по Казахстану. Храните в сухом месте, бережно перевозите, читайте инструкцию."
    )


def bits_of(product: int) -> int:
    """What a product's name, price and stock are drawn from."""
    return mixed(product)
