"""Rows of a plain worksheet, a cell by one expression."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.cells import COLUMNS_MAX, Cell, from_serial
from karavan.kit.imports.readers.plain_xml import PlainPieces
from karavan.kit.imports.readers.shared_strings import SharedStrings

_ROW = re.compile(r'\s*<row(?: r="([0-9]{1,10})")?((?: [^<>&]*)?)>')
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
_CELL = re.compile(
    r'<c(?: r="([A-Z]{1,3})[0-9]{1,10}")?(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    r"(?:/>|>(?:(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?<v>([^<&\r]*)</v>"
    r'|<is><t(?: xml:space="preserve")?>([^<&\r]*)</t></is>)?</c>)'
)

_places: dict[str, int] = {}


def column_index(letters: str) -> int:
    """`A` → 0, `Z` → 25, `AA` → 26."""
    known = _places.get(letters)
    if known is None:
        known = 0
        for letter in letters:
            known = known * 26 + ord(letter) - 64
        known -= 1
        if len(_places) < 20_000:
            _places[letters] = known
    return known


def plain_rows(
    stream: Any, strings: SharedStrings, dates: frozenset[str]
) -> Iterator[tuple[str | None, bool, list[Cell] | etree._Element]]:
    """Each row: its number as it is written, whether it is hidden, and its cells.

    Args:
        stream: gives the bytes of a worksheet that is plain (`plain_xml.is_plain`).
        dates: styles that show a number as a day.

    Returns:
        In place of cells the parsed element where a row is written in an unusual way.

    Raises:
        TableRefusedError: the sheet is not sound, or too wide.
    """
    pieces = PlainPieces(stream, root="worksheet", container="sheetData", tag="row")
    for piece in pieces:
        head = _ROW.match(piece)
        # An empty row has no end tag: the next one stands in the same piece.
        if head is not None and not head[2].endswith("/"):
            cells = _cells(piece, head.end(), strings, dates)
            if cells is not None:
                yield head[1], " hidden=" in head[2] and bool(_HIDDEN.search(head[2])), cells
                continue
        for element in pieces.parsed(piece):
            yield element.get("r"), element.get("hidden") in {"1", "true"}, element
    # Behind the last row with cells there can only be empty ones, but they have to be sound.
    pieces.parsed(pieces.remainder, ended=True)


def _cells(
    piece: str, position: int, strings: SharedStrings, dates: frozenset[str]
) -> list[Cell] | None:
    """The cells of a row from `position` on; nothing when one of them is written in an unusual way."""
    cells: list[Cell] = []
    places, width = _places, 0
    for found in _CELL.finditer(piece, position):
        if found.start() != position:
            return None
        position = found.end()
        letters, style, kind, text, inline = found.groups()
        if letters is not None:
            index = places.get(letters)
            if index is None:
                index = column_index(letters)
            if index != width:
                if not width < index <= COLUMNS_MAX:
                    raise TableRefusedError(TableRefusal.TOO_WIDE)
                cells.extend([None] * (index - width))
                width = index
        elif width > COLUMNS_MAX:
            raise TableRefusedError(TableRefusal.TOO_WIDE)
        width += 1
        if text is None:
            cells.append((inline or None) if kind == "inlineStr" else None)
        elif kind == "s":
            cells.append(strings[int(text)] or None)
        elif kind is None:
            number = float(text)
            cells.append(from_serial(number) if style in dates else number)
        else:
            cells.append(typed(kind, text, style, dates))
    return cells if position == len(piece) else None


def typed(kind: str | None, text: str, style: str | None, dates: frozenset[str]) -> Cell:
    """The value of a cell that is no shared text (18.18.11)."""
    if kind is None or kind == "n":
        number = float(text)
        return from_serial(number) if style in dates else number
    if kind == "b":
        return text.strip() == "1"
    return None if kind in {"e", "inlineStr"} else text
