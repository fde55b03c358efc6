"""Kinds of goods: each is sold in sorts and sizes, and every pair of them is an article."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from karavan.modules.catalogue.public import with_check_digit

Words = tuple[str, str, str]
"""A text in English, Russian and Kazakh."""

Look = tuple[str, str, str]
"""What a picture shows: a shape, its colour, and the word on it."""

LANGUAGES = ("en", "ru", "kk")
_NOTHING: Words = ("", "", "")


class Sort(Struct, frozen=True):
    """What distinguishes one sort of a kind: words, its price against the kind's, origin, and its colour in pictures."""

    words: Words
    factor: str = "1"
    country: str | None = None
    colour: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


class Size(Struct, frozen=True):
    """A size in which every sort is sold: words, its price against the kind's, and its weight in grams."""

    words: Words
    factor: str = "1"
    grams: int = 0
    attributes: Mapping[str, Any] = field(default_factory=dict)


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of goods.

    Attributes:
        key: begins the SKUs.
        names, about: with `{sort}` and `{size}`.
        price: whole tenge for a sort and a size of factor one, without tax.
        shape: which drawing shows it; `label` stands on it.
        pictures: how many different ones there are; sorts share them in turn.
        option: name of the option whose values are `option_values`; the article is then a family of variants.
        colours: names and shades of what a family comes in besides, the first one in the kind's own; each has its picture.
        tiers: two quantities from which lists are cheaper; without them it stands in no list.
    """

    key: str
    category: str
    names: Words
    about: Words
    price: int
    shape: str
    colour: str
    label: str = ""
    pictures: int = 1
    sorts: tuple[Sort, ...] = (Sort(_NOTHING),)
    sizes: tuple[Size, ...] = (Size(_NOTHING),)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    unit: str = "H87"
    pack: int = 1
    minimum: int = 1
    country: str = "KZ"
    option: str = ""
    option_values: tuple[str, ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    tiers: tuple[int, ...] = (10, 50)


class Article(Struct, frozen=True):
    """A product as it is sold; amounts in whole tenge.

    Attributes:
        look: the picture that shows it first.
        looks: the pictures of the colours that its variants come in.
    """

    sku: str
    kind: Kind
    names: dict[str, str]
    descriptions: dict[str, str]
    attributes: dict[str, Any]
    price: int
    grams: int
    country: str
    barcode: str
    look: Look
    looks: Mapping[str, Look]

    @property
    def all_looks(self) -> list[Look]:
        """Every picture that shows it or a variant of it, the first one first."""
        return list(dict.fromkeys((self.look, *self.looks.values())))


def articles_of(kinds: tuple[Kind, ...], *, prefix: str) -> Iterator[Article]:
    """Every article of an assortment, in order.

    Args:
        prefix: eight digits with which the barcodes begin.
    """
    number = 0
    for kind in kinds:
        for at, sort in enumerate(kind.sorts):
            for step, size in enumerate(kind.sizes):
                number += 1
                # A sort that names its colour is shown in it; the others share the kind's pictures.
                shade = sort.colour or shaded(kind.colour, at % kind.pictures)
                yield Article(
                    sku=f"{kind.key}-{at + 1:02d}{step + 1}",
                    kind=kind,
                    names=_filled(kind.names, sort, size),
                    descriptions=_filled(kind.about, sort, size),
                    attributes={**kind.attributes, **sort.attributes, **size.attributes},
                    price=_price(kind, sort, size),
                    grams=size.grams,
                    country=sort.country or kind.country,
                    barcode=with_check_digit(f"{prefix}{number:04d}"),
                    look=(kind.shape, shade, kind.label),
                    looks={name: (kind.shape, one, kind.label) for name, one in kind.colours},
                )


def shaded(colour: str, step: int) -> str:
    """A neighbour of a colour: each step turns it a little towards another one."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    for _ in range(step):
        red, green, blue = (red + blue) // 2, (green + red) // 2, (blue + green + 40) // 2 % 256
    return f"#{red:02x}{green:02x}{blue:02x}"


def _filled(words: Words, sort: Sort, size: Size) -> dict[str, str]:
    return {
        code: " ".join(words[at].format(sort=sort.words[at], size=size.words[at]).split()).rstrip(
            ", "
        )
        for at, code in enumerate(LANGUAGES)
    }


def _price(kind: Kind, sort: Sort, size: Size) -> int:
    exact = Decimal(kind.price) * Decimal(sort.factor) * Decimal(size.factor)
    step = 10 if exact >= 500 else 1
    return max(1, int(exact / step + Decimal("0.5")) * step)
