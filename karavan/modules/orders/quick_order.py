"""Quick orders: what codes and quantities stand in pasted lines. Pure."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from msgspec import Struct

ROWS_MAX = 500
CODE_MAX_CHARACTERS = 100
QUANTITY_MAX = Decimal(10) ** 12

# A code, something between, a quantity, perhaps its unit: "KOFE-1 12", "KOFE-1;12", "KOFE-1 × 12 шт".
_PASTED = re.compile(
    r"^(?P<code>.*?\S)\s*(?:[\t;,|=:]|\s[x×х*]|\s[–—-](?=\s)|\s)\s*(?P<quantity>\d{1,12}(?:[.,]\d{1,3})?)\s*"
    r"(?:шт|pcs|pc|уп|кг|kg|л|дана|бума)?\.?$",
    re.IGNORECASE,
)
# The other way about: "12 KOFE-1", "12 × KOFE-1", "12 шт KOFE-1".
_LED = re.compile(
    r"^(?P<quantity>\d{1,12}(?:[.,]\d{1,3})?)\s*(?:[\t;,|:]|(?:[x×х*]|шт\.?|pcs)\s|\s)\s*(?P<code>\S.*)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\s;,|=:]+")
# Marks without width come along when text is copied from web pages and messengers.
_WITHOUT_WIDTH = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_QUOTES = "\"'«»“”„"


class Asked(Struct, frozen=True):
    """What a line asks for. `quantity` is nothing where none was written, or none that can be read (`is_unread`)."""

    position: int
    text: str
    code: str
    quantity: Decimal | None
    is_unread: bool = False


def pasted_lines(text: str, known: Collection[str] = ()) -> list[Asked]:
    """Lines as people paste them, without the empty ones.

    Args:
        known: codes in capitals that stand for something; a line that is one of them has no quantity, though it may end in
            a number.
    """
    asked = []
    for position, raw in enumerate(text.splitlines(), 1):
        line = _bare(raw)
        if not line:
            continue
        found = None if line.upper() in known else _PASTED.match(line)
        if found is None or _code_of(found).upper() not in known:
            led = _LED.match(line)
            if led is not None and _code_of(led).upper() in known:
                found = led
        if found is None:
            asked.append(_without_quantity(position, line, known))
            continue
        wanted = Decimal(found["quantity"].replace(",", "."))
        asked.append(Asked(position, line, _code_of(found), wanted))
    return asked


def _without_quantity(position: int, line: str, known: Collection[str]) -> Asked:
    """A line that is a code alone, or one with something behind it that is no quantity, such as `-3`."""
    first = _first_word(line)
    if line.upper() not in known and first.upper() in known:
        return Asked(position, line, first, None, is_unread=True)
    return Asked(position, line, line[:CODE_MAX_CHARACTERS], None)


def _first_word(line: str) -> str:
    return _WORDS.split(line, maxsplit=1)[0].strip(_QUOTES)[:CODE_MAX_CHARACTERS]


def _bare(raw: str) -> str:
    return raw.translate(_WITHOUT_WIDTH).strip().strip('"')


def _code_of(found: re.Match[str]) -> str:
    code = found["code"].strip().rstrip(";,|=:").strip().strip(_QUOTES)
    return code[:CODE_MAX_CHARACTERS]


def codes_in(text: str) -> set[str]:
    """Everything in pasted text that may be a code: whole lines, what stands before a quantity, and behind one."""
    lines = [line for line in map(_bare, text.splitlines()) if line]
    led = {_code_of(found) for line in lines if (found := _LED.match(line))}
    return (
        {line[:CODE_MAX_CHARACTERS] for line in lines}
        | {first for line in lines if (first := _first_word(line))}
        | {one.code for one in pasted_lines(text)}
        | {code for code in led if code}
    )


def batches(codes: Collection[str], size: int) -> Iterator[list[str]]:
    """The codes in lists of at most `size`."""
    listed = sorted(codes)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
