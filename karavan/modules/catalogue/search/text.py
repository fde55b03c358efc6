"""From text to tokens: one spelling for letters, codes, numbers and their units.

The same code cuts what is indexed and what is typed, so the two cannot disagree.
"""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

TOKEN_CHARACTERS_MAX = 48


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    MEASURE = "measure"
    CODE = "code"


class Token(Struct, frozen=True):
    """A token.

    Attributes:
        text: in its one spelling: `кофе`, `500`, `u:500g`, `m500`.
        number: the bare number of a measure, so that `500` finds `500 g` too.
    """

    text: str
    kind: Kind = Kind.WORD
    number: str = ""


# What each unit is called in three languages, and how many of the base unit it holds.
_UNIT_TABLE = """
g   0.001   мг mg миллиграмм
g   1       г гр грамм грамма граммов g gr gram grams грамдық
g   1000    кг кило килограмм килограмма килограммов kg kilo kilogram kilograms килограмдық
g   1000000 т тн тонна тонны тонн t ton tons tonne tonnes
ml  1       мл миллилитр ml миллилитрлік
ml  10      сл cl
ml  1000    л литр литра литров l liter litre liters litres литрлік
mm  1       мм mm миллиметр
mm  10      см cm сантиметр сантиметров
mm  1000    м метр метра метров m meter metre meters metres метрлік
in  1       дюйм дюйма дюймов inch inches
w   1       вт ватт w watt watts
w   1000    квт kw киловатт
gb  0.0009765625 мб mb
gb  1       гб gb гигабайт
gb  1024    тб tb терабайт
pcs 1       шт штук штуки pcs pc pieces дана даналық
pr  1       пар пара пары pair pairs жұп
sht 1       лист листа листов sheets парақ
a   1       ач ah
mah 1       мач mah
"""


def _units() -> dict[str, tuple[str, Decimal]]:
    units = {}
    for line in _UNIT_TABLE.split("\n"):
        if line:
            base, factor, *names = line.split()
            units.update({name: (base, Decimal(factor)) for name in names})
    return units


_UNITS = _units()
_TOKEN = re.compile(r"\d+[.,]\d+|[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
HYPHENATED_CODE = re.compile(r"[^\W\d_]{1,4}-\d[^\W_]*")
_NUMBER_AND_UNIT = re.compile(r"(\d+)([^\W\d_]+)")
_LATIN_EXTRAS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "ß": "s", "æ": "a", "đ": "d"})
# Cyrillic letters that look like Latin ones are typed for one another in codes: `М500` and `M500` are one grade.
_LOOKALIKES = str.maketrans("авекмнорстух", "abekmhopctyx")
_FOREIGN = re.compile("[^\x00-\x7f\u0400-\u04ff]")
_NEITHER = re.compile("[^0-9A-Za-z]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ`](?=\w)")


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Small letters in composed form; `ё` is `е`, Latin letters lose their accents, Kazakh letters stay."""
    composed = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    if not _FOREIGN.search(composed):
        return _APOSTROPHES.sub("", composed)
    return _APOSTROPHES.sub("", "".join(_plain(one) for one in composed.translate(_LATIN_EXTRAS)))


def _plain(character: str) -> str:
    if character.isascii() or "\u0400" <= character <= "\u04ff":
        return character
    first = unicodedata.normalize("NFKD", character)[:1]
    return first if first.isascii() and first.isalpha() else character


def tokens(text: str) -> list[Token]:
    """The tokens of a text in their order; a number takes the unit behind it along.

    `Кофе 0,5 кг`, `кофе 500гр` and `кофе 500 г` give the same two tokens.
    """
    found = _TOKEN.findall(normalise(text))
    made: list[Token] = []
    place, end = 0, len(found)
    while place < end:
        token, takes_unit = _alone(found[place])
        place += 1
        if takes_unit and place < end and found[place] in _UNITS:
            token = _measure(token.text, found[place])
            place += 1
        made.append(token)
    return made


@lru_cache(maxsize=65_536)
def _alone(part: str) -> tuple[Token, bool]:
    """A part of a text as the token that it is alone, and whether it is a number, to which a unit may belong."""
    part = part[:TOKEN_CHARACTERS_MAX]
    if part.isalpha():
        return Token(part), False
    if _NUMBER.fullmatch(part):
        return _number(part), True
    if (joined := _NUMBER_AND_UNIT.fullmatch(part)) and joined[2] in _UNITS:
        return _measure(joined[1], joined[2]), False
    return Token(part.translate(_LOOKALIKES), Kind.CODE), False


def joined_code(typed: str) -> str:
    """The code that letters and digits on both sides of a hyphen are together: `М-500` is `m500`; else nothing."""
    written = normalise(typed)
    return _alone(written.replace("-", ""))[0].text if HYPHENATED_CODE.fullmatch(written) else ""


def _number(part: str) -> Token:
    return Token(part.replace(",", "."), Kind.NUMBER)


@lru_cache(maxsize=16_384)
def _measure(part: str, unit: str) -> Token:
    base, factor = _UNITS[unit]
    number = part.replace(",", ".")
    # A shift of the point, never a float: 0.5 kg and 500 g must be the same text.
    value = (Decimal(number) * factor).normalize()
    return Token(f"u:{value:f}{base}", Kind.MEASURE, number)


def code_key(text: str) -> str:
    """A stock-keeping unit or barcode in the spelling that it is compared in: `ab-12 / c` is `AB12C`."""
    if text.isascii():
        return _NEITHER.sub("", text).upper()
    return "".join(one for one in normalise(text).translate(_LOOKALIKES).upper() if one.isalnum())


def is_unit(word: str) -> bool:
    """Whether a normalised word after a number is its unit."""
    return word in _UNITS
