"""Global trade item numbers: EAN-8, UPC-A, EAN-13 and GTIN-14, all kept as fourteen digits.

Source: GS1 General Specifications, section 7.9 (check digit) and 3.3 (zero-padding to fourteen digits).
"""

import re

LENGTHS = (8, 12, 13, 14)
NAMES = {8: "EAN-8", 12: "UPC-A", 13: "EAN-13", 14: "GTIN-14"}

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")
# What scanners say of a GS1-128 symbol: its name, the parentheses that people read, the application identifier.
_SCANNED_ITEM = re.compile(r"(?:\]C1|\x1d)?(?:\(01\)|01)([0-9]{14})(?:\x1d|\(|$)")


class CodeError(ValueError):
    """A code that cannot be used; the message says how to mend it.

    Attributes:
        code: stable name of what is wrong.
        facts: what the message names.
    """

    def __init__(self, code: str, detail: str, **facts: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.facts = facts


def check_digit(body: str) -> int:
    """The digit that belongs behind `body`.

    Args:
        body: digits without the check digit; from the right they weigh 3, 1, 3, 1, …
    """
    # As bytes, where the digit `0` is 48: an import asks this for every row.
    heavy, light = body.encode()[::-2], body.encode()[-2::-2]
    total = 3 * (sum(heavy) - 48 * len(heavy)) + sum(light) - 48 * len(light)
    return -total % 10


def with_check_digit(body: str) -> str:
    """The complete number."""
    return f"{body}{check_digit(body)}"


def normalise(text: str) -> str:
    """Any of the four kinds of number, written as people write it, as fourteen digits.

    Raises:
        CodeError: other characters than digits, a wrong length, or a check digit that does not match.
    """
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch("[0-9]+", digits):
        raise CodeError(
            "barcode.characters",
            "An EAN or UPC has digits only. For letters use a Code 128 or a QR code.",
        )
    if len(digits) not in LENGTHS:
        raise CodeError("barcode.length", _length_advice(digits), count=str(len(digits)))
    if len(digits) > len(digits.lstrip("0")) and not digits.strip("0"):
        raise CodeError("barcode.zero", "A code of zeros names nothing.")
    expected = check_digit(digits[:-1])
    if int(digits[-1]) != expected:
        raise CodeError(
            "barcode.check_digit",
            f"{digits} does not add up: its last digit should be {expected}"
            f" ({digits[:-1]}{expected}). Compare the digits with the package.",
            digits=digits,
            expected=str(expected),
            complete=f"{digits[:-1]}{expected}",
        )
    return digits.zfill(14)


def _length_advice(digits: str) -> str:
    advice = (
        f"A code has 8 (EAN-8), 12 (UPC-A), 13 (EAN-13) or 14 digits; this one has {len(digits)}."
    )
    if len(digits) + 1 in LENGTHS:
        complete = with_check_digit(digits)
        advice += f" If only the check digit is missing, it is {complete}."
    return advice


def printed(gtin: str) -> str:
    """The digits as they stand on a package: without the zeros that only pad.

    Args:
        gtin: fourteen digits.
    """
    if gtin.startswith("000000"):
        return gtin[6:]
    if gtin.startswith("00"):
        return gtin[2:]
    return gtin.removeprefix("0")


def find_in_scan(text: str) -> str | None:
    """The fourteen digits that a scanned or typed code means, or nothing when it is a text of somebody's own.

    Args:
        text: digits of any of the four kinds, or a GS1-128 symbol with the identifier 01.
    """
    if (item := _SCANNED_ITEM.match(text.strip())) is not None:
        text = item[1]
    try:
        return normalise(text)
    except CodeError:
        return None


IN_STORE_PREFIX = "29"
IN_STORE_MAX = 10**10 - 1


def in_store(number: int) -> str:
    """The `number`-th code of an organisation's own range, as fourteen digits.

    EAN-13 numbers from 20 to 29 are free for use within a firm and mean nothing outside it. We count in 29, because
    scales often print weight or price into 20 to 28.

    Args:
        number: from 1 to `IN_STORE_MAX`.

    Raises:
        CodeError: the range is used up.
    """
    if not 1 <= number <= IN_STORE_MAX:
        raise CodeError("barcode.range_used_up", "The range of own codes is used up.")
    return with_check_digit(f"{IN_STORE_PREFIX}{number:010d}").zfill(14)


def is_in_store(gtin: str) -> bool:
    """Whether the number means something only within one firm.

    Args:
        gtin: fourteen digits.
    """
    return gtin.startswith("02")
