"""Values of cells: what people write, as exact values or a refusal."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from karavan.kit.imports.faults import CellError
from karavan.kit.imports.readers.cells import Cell, as_text
from karavan.kit.imports.words import currency_code, truth, unit_code
from karavan.kit.money import AMOUNT_MAX, CURRENCIES

_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’`]+")
_AFFIXED = re.compile(r"^([^\d+\-.,]*)([+-]?[\d.,]*\d)\s*([^\d]*)$")
# Digits that are parted are parted by threes: `1 50` and `01.02.2026` are no numbers.
_PARTED = re.compile(r"\d[\s\u00a0\u2007\u2009\u202f'’`]+\d")
_BY_THREES = re.compile(r"(?<!\d)\d{1,3}(?:[\s\u00a0\u2007\u2009\u202f'’`]+\d{3})+(?!\d)")
_GROUPED = {
    sign: re.compile(rf"[+-]?\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+(?:[.,]\d*)?") for sign in ",."
}
_LOST_DIGITS = re.compile(r"\d[.,]\d+e\+\d+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\s+")
_FORMULA = re.compile(r"^\s*[=＝@＠]\s*[\w+\-(\"'!]")
_SHIELDED = re.compile(r"^'+[=+\-@＝＋－＠\t\r\n]")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_FILE = re.compile(r"\.\w{3,4}$")
_URL = re.compile(r"https?://[^\s,;|\"<>]+", re.IGNORECASE)


class Hints(Struct, frozen=True):
    """What the heading of a column, or a person, says about all its values.

    Attributes:
        decimal: the sign before the fraction, `,` or `.`; nothing to decide by each value.
        factor: by which numbers are multiplied, such as 1000 for kilograms where grams are kept.
        heading: of the column, for fields of which the heading is a part of the value.
    """

    decimal: str | None = None
    factor: Decimal | None = None
    heading: str = ""


NO_HINTS = Hints()
Parse = Callable[[Cell, Hints], Any]


def text(limit: int, *, lines: bool = False) -> Parse:
    """A parser of text without control characters and with single spaces.

    Args:
        limit: characters at most.
        lines: whether line breaks are kept.
    """
    squeeze = _BLANKS if lines else _LINES

    def parse(cell: Cell, hints: Hints) -> str | None:
        del hints
        value = cell if isinstance(cell, str) else as_text(cell)
        if (
            len(value) <= limit
            and value.isprintable()
            and value[:1].isalnum()
            and "  " not in value
        ):
            # By far the most texts have nothing to be mended.
            return value.strip()
        if _FORMULA.match(value):
            raise CellError("formula", "A formula is not taken. Write the text or number itself.")
        if _SHIELDED.match(value):
            # Our own exports, and spreadsheet programs, put it before what would else run as a formula.
            value = value[1:]
        value = squeeze.sub(" ", _CONTROL.sub("", value)).strip()
        if len(value) > limit:
            raise CellError("too_long", f"At most {limit} characters.", limit=str(limit))
        return value or None

    return parse


def reads_as(stored: str, value: str) -> bool:
    """Whether a text that was not imported is read as `value`: a table keeps neither tabs nor runs of spaces."""
    return stored == value or _BLANKS.sub(" ", _CONTROL.sub("", stored)).strip() == value


def code(limit: int) -> Parse:
    """A parser of article numbers and the like: text whose digits a spreadsheet must not have rounded."""
    plain = text(limit)

    def parse(cell: Cell, hints: Hints) -> str | None:
        if isinstance(cell, float) and (abs(cell) >= 2**53 or not cell.is_integer()):
            raise CellError("digits_lost", "The spreadsheet has rounded this. Format it as text.")
        if isinstance(cell, str) and _LOST_DIGITS.fullmatch(cell.strip()):
            raise CellError("digits_lost", "The spreadsheet has shortened this. Format it as text.")
        value: str | None = plain(cell, hints)
        return value

    return parse


def number(cell: Cell, hints: Hints = NO_HINTS) -> Decimal | None:
    """A number with whatever stands around it: spaces, currency signs and words, units.

    Raises:
        CellError: it is none.
    """
    return amount(cell, hints)[0]


def amount(cell: Cell, hints: Hints = NO_HINTS) -> tuple[Decimal | None, str | None]:
    """A number and the currency that is written beside it.

    Raises:
        CellError: it is none.
    """
    value, beside = with_words(cell, hints)
    if not beside:
        return value, None
    currency = currency_code(beside)
    if currency in CURRENCIES:
        return value, currency
    if unit_code(beside) is None and beside != "%":
        if currency is not None:
            raise CellError("currency", "This currency is not known.")
        raise CellError("number", "This is not a number.")
    return value, None


def with_words(cell: Cell, hints: Hints = NO_HINTS) -> tuple[Decimal | None, str]:
    """A number and whatever is written before or behind it; nothing for an empty cell.

    Raises:
        CellError: it is none.
    """
    if cell is None:
        return None, ""
    if isinstance(cell, float):
        if not abs(cell) <= 1e15:
            raise CellError("number", "This is not a number.")
        return _scaled(Decimal(repr(cell)), hints), ""
    if not isinstance(cell, str):
        raise CellError("number", "This is not a number.")
    if _PLAIN.fullmatch(cell) and hints.decimal != ",":
        return _scaled(Decimal(cell), hints), ""
    if _PARTED.search(cell) and not _BY_THREES.search(cell):
        raise CellError("number", "This is not a number.")
    squeezed = _SPACES.sub("", cell)
    if not squeezed or squeezed in {"-", "—", "–"}:
        return None, ""
    found = _AFFIXED.fullmatch(squeezed)
    if found is None:
        raise CellError("number", "This is not a number.")
    try:
        value = Decimal(_with_point(found[2], hints.decimal))
    except InvalidOperation as error:
        raise CellError("number", "This is not a number.") from error
    if abs(value) > 10**15:
        raise CellError("number", "This number is too large.")
    return _scaled(value, hints), (found[1] or found[3]).strip(".:/")


def _scaled(value: Decimal, hints: Hints) -> Decimal:
    return value if hints.factor is None else value * hints.factor


def _with_point(digits: str, decimal: str | None) -> str:
    """The number as Python reads it. Of two signs the last one is the decimal sign; a repeated one never is."""
    if decimal is None:
        comma, point = digits.rfind(","), digits.rfind(".")
        if comma >= 0 and point >= 0:
            decimal = "," if comma > point else "."
        elif comma >= 0:
            # `1,234` is a thousand and more where it stands alone; `1,5` and `0,125` are fractions.
            grouped = re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+", digits)
            decimal = "." if grouped else ","
        else:
            decimal = "," if digits.count(".") > 1 else "."
    thousands = "," if decimal == "." else "."
    if thousands in digits and not _GROUPED[thousands].fullmatch(digits):
        if decimal in digits or digits.count(thousands) > 1:
            raise CellError("number", "This is not a number.")
        # `12.50` among `1 250,50`: whoever wrote it did not mean twelve hundred.
        decimal, thousands = thousands, decimal
    return digits.replace(thousands, "").replace(decimal, ".")


def quantity(cell: Cell, hints: Hints = NO_HINTS) -> Decimal | None:
    """A quantity: not negative, at most three decimals.

    Raises:
        CellError: it is none.
    """
    value = number(cell, hints)
    if value is None:
        return None
    if value < 0:
        raise CellError("negative", "This cannot be less than nothing.")
    if value >= 10**12:
        raise CellError("number", "This number is too large.")
    rounded = round(value, 3)
    if rounded != value and not isinstance(cell, float):
        raise CellError("too_precise", "At most three decimals.")
    return rounded


def whole(cell: Cell, hints: Hints = NO_HINTS) -> int | None:
    """A whole number, not negative, after the column's factor.

    Raises:
        CellError: it is none.
    """
    value = number(cell, hints)
    if value is None:
        return None
    if value < 0:
        raise CellError("negative", "This cannot be less than nothing.")
    if value > 10**9:
        raise CellError("number", "This number is too large.")
    rounded = int(value.to_integral_value())
    if abs(value - rounded) > Decimal("0.000001"):
        raise CellError("whole", "This must be a whole number.")
    return rounded


def percent(cell: Cell, hints: Hints = NO_HINTS) -> Decimal | None:
    """A rate between 0 and 100; a spreadsheet's own percentage, such as 0.12, is 12.

    Raises:
        CellError: it is none.
    """
    if isinstance(cell, str) and cell.strip().lower().replace(" ", "") in {"безндс", "ндсжоқ"}:
        return Decimal(0)
    value = number(cell, hints)
    if value is None:
        return None
    if isinstance(cell, float) and 0 < value < 1:
        value *= 100
    if not 0 <= value <= 100:
        raise CellError("percent", "A rate lies between 0 and 100.")
    return round(value, 2)


def boolean(cell: Cell, hints: Hints = NO_HINTS) -> bool | None:
    """Yes or no.

    Raises:
        CellError: neither.
    """
    del hints
    if cell is None or isinstance(cell, bool):
        return cell
    value = truth(as_text(cell))
    if value is None:
        raise CellError("boolean", "Write yes or no.")
    return value


def unit(cell: Cell, hints: Hints = NO_HINTS) -> str | None:
    """A unit of measure as a code of UN/ECE Recommendation 20.

    Raises:
        CellError: it is unknown.
    """
    del hints
    if cell is None:
        return None
    known = unit_code(as_text(cell))
    if known is None:
        raise CellError("unit", "This unit of measure is not known.")
    return known


def currency(cell: Cell, hints: Hints = NO_HINTS) -> str | None:
    """An ISO 4217 code from its sign, word or code.

    Raises:
        CellError: it is unknown.
    """
    del hints
    if cell is None:
        return None
    known = currency_code(as_text(cell))
    if known not in CURRENCIES:
        raise CellError("currency", "This currency is not known.")
    return known


def day(cell: Cell, hints: Hints = NO_HINTS) -> date | None:
    """A day: of a spreadsheet, ISO 8601, or day.month.year.

    Raises:
        CellError: it is none.
    """
    del hints
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = as_text(cell).strip()
    try:
        if found := _DAY.fullmatch(written):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise CellError("date", "Write a day such as 31.12.2026.") from error


def links(cell: Cell, hints: Hints = NO_HINTS) -> list[str] | None:
    """Addresses of pictures, or names of files of an archive, parted by spaces, commas, semicolons or lines.

    Raises:
        CellError: they are too many or too long.
    """
    del hints
    written = as_text(cell).strip()
    if not written:
        return None
    beside = _URL.sub(";", written) if "://" in written else written
    names = [one.strip() for one in re.split(r"[;,|\n]+", beside) if one.strip()]
    if beside is not written:
        # Beside addresses there may be words; only what ends like a file is the name of one.
        names = [name for name in names if _FILE.search(name)]
    values = [*_URL.findall(written), *names]
    if len(values) > 20:
        raise CellError("too_many", "At most 20 pictures.")
    if not values or any(len(one) > 2000 for one in values):
        raise CellError("url", "Write an address that begins with http:// or https://.")
    return values


def minor_units(value: Decimal, digits: int) -> int:
    """Major units as whole minor units, refused when a fraction would be lost.

    Args:
        digits: of the currency's minor unit.

    Raises:
        CellError: the price has more digits than its currency, or is out of bounds.
    """
    scaled = value.scaleb(digits)
    whole_amount = int(scaled.to_integral_value(rounding="ROUND_HALF_UP"))
    if abs(scaled - whole_amount) > Decimal("0.0001"):
        raise CellError("too_precise", "This price has more decimals than its currency.")
    if not 0 <= whole_amount <= AMOUNT_MAX:
        raise CellError("price", "A price cannot be negative or this large.")
    return whole_amount
