"""Words of the market in three languages, drawn with the skew of a natural language, and names made of them."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bench.goods import MAKERS
from bench.trade.sizes import mixed

One = TypeVar("One")

_DRAWN = 4096
SIZES = (100, 200, 250, 500, 750, 1000)


def _words(kind: str) -> list[tuple[str, str, str]]:
    lines = Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [(ru, en, kk) for one, ru, en, kk in rows if one == kind]


def _skewed(words: list[One]) -> list[One]:
    """So that one of them drawn evenly is the n-th word about n times as seldom as the first (Zipf 1949)."""
    return [words[int(len(words) ** ((n + 0.5) / _DRAWN)) - 1] for n in range(_DRAWN)]


THINGS, QUALITIES, COLOURS = _words("thing"), _words("quality"), _words("colour")
_THING, _QUALITY = _skewed(THINGS), _skewed(QUALITIES)
_MAKER = _skewed([maker.title() for maker in MAKERS])


def maker_of(bits: int) -> str:
    """Whose brand a product is."""
    return _MAKER[bits >> 24 & 4095]


def russian_name(bits: int) -> str:
    """The name that every product has."""
    thing, quality = _THING[bits & 4095][0], _QUALITY[bits >> 12 & 4095][0]
    return f"{thing[0].upper()}{thing[1:]} {quality} {maker_of(bits)} {SIZES[(bits >> 40) % 6]} г"


def names_of(bits: int) -> dict[str, str]:
    """Names by language: Russian always, English of two in five, Kazakh of three in ten."""
    thing, quality = _THING[bits & 4095], _QUALITY[bits >> 12 & 4095]
    maker, size = maker_of(bits), SIZES[(bits >> 40) % 6]
    names = {"ru": russian_name(bits)}
    if (bits >> 45) % 5 < 2:
        names["en"] = f"{maker} {quality[1]} {thing[1]} {size} g"
    if (bits >> 50) % 10 < 3:
        names["kk"] = f"{quality[2][0].upper()}{quality[2][1:]} {thing[2]} {maker} {size} г"
    return names


@lru_cache(maxsize=4096)
def description_of(quality: int, thing: int) -> str:
    """One of a few thousand descriptions: sellers copy them from one another."""
    return (
        f"{THINGS[thing][0]} для дома и работы: {QUALITIES[quality][0]} вариант. Сертификат, гарантия, доставка "
        "по Казахстану. Храните в сухом месте, бережно перевозите, читайте инструкцию."
    )


def description_for(bits: int) -> str:
    """The description of a product."""
    return description_of((bits >> 52) % len(QUALITIES), (bits & 4095) % len(THINGS))


def bits_of(product: int) -> int:
    """What a product's name, price and stock are drawn from."""
    return mixed(product)
