"""Tables for spreadsheets: CSV (RFC 4180) whose cells can never become formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from karavan.kit.clock import rfc3339

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LIKE_SHIELDED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")

BYTE_ORDER_MARK = "\ufeff"
"""Put first, it makes spreadsheet programs read the file as UTF-8."""


def safe_cell(value: object) -> str:
    """A cell's text. Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP CSV injection).

    Full-width forms of the signs count too: some programs fold them. A plain number stays a number.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\0", "")
    start = text.lstrip(" \u00a0\ufeff")
    folded = start[:1].translate(str.maketrans("＝＋－＠", "=+-@"))
    if folded in _FORMULA_STARTS and folded and not _NUMBER.fullmatch(text):
        return "'" + text
    if _LIKE_SHIELDED.match(text):
        # What begins like a shielded text would lose its own apostrophe on the way back.
        return "'" + text
    return text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """CSV lines for `rows`, each ended by CR LF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return buffer.getvalue()
