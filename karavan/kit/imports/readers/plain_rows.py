"""Rows of a plain worksheet, a cell by one expression."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

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

_SHAPES_MAX = 6
_SHAPES_TRIED_MAX = 100
_SHAPE_COLUMNS_MAX = 80

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
    alike = _AlikeRows(strings, dates)
    for piece in pieces:
        head = _ROW.match(piece)
        # An empty row has no end tag: the next one stands in the same piece.
        if head is not None and not head[2].endswith("/"):
            cells = alike.cells(piece, head.end())
            if cells is None:
                cells = _cells(piece, head.end(), strings, dates)
                alike.learn(piece, head.end())
            if cells is not None:
                yield head[1], " hidden=" in head[2] and bool(_HIDDEN.search(head[2])), cells
                continue
        for element in pieces.parsed(piece):
            yield element.get("r"), element.get("hidden") in {"1", "true"}, element
    # Behind the last row with cells there can only be empty ones, but they have to be sound.
    pieces.parsed(pieces.remainder, ended=True)


class _AlikeRows:
    """Takes rows whose cells have the same places, styles and kinds as those of a row before, by one expression each.

    The rows of a table are mostly of one shape, or of a few where some cells are empty.
    """

    def __init__(self, strings: SharedStrings, dates: frozenset[str]) -> None:
        self._strings = strings
        self._dates = dates
        self._shapes: list[_Shape] = []
        self._tried = 0

    def cells(self, piece: str, position: int) -> list[Cell] | None:
        """The cells of a row from `position` on; nothing for a row of an unknown shape."""
        for place, shape in enumerate(self._shapes):
            found = shape.fullmatch(piece, position)
            if found is None:
                continue
            if place:
                # The next rows are likely to have the shape of this one.
                self._shapes.insert(0, self._shapes.pop(place))
            return [take(text) for take, text in zip(shape.takes, found.groups(), strict=True)]
        return None

    def learn(self, piece: str, position: int) -> None:
        """Make an expression for the shape of a row that no other one has taken."""
        if self._tried >= _SHAPES_TRIED_MAX:
            return
        self._tried += 1
        pattern: list[str] = []
        takes: list[Callable[[str], Cell]] = []
        width = 0
        for found in _CELL.finditer(piece, position):
            if found.start() != position:
                return
            position = found.end()
            letters, style, kind, text, inline = found.groups()
            whole = found[0]
            if letters is None or inline is not None or "<f" in whole or whole.endswith('"></c>'):
                return
            index = column_index(letters)
            if not width <= index < _SHAPE_COLUMNS_MAX:
                return
            takes += [_nothing] * (index - width)
            pattern += ["()"] * (index - width)
            takes.append(_nothing if text is None else self._take(kind, style))
            pattern.append(
                f'<c r="{letters}[0-9]{{1,10}}"{_attribute("s", style)}{_attribute("t", kind)}'
                + ("()/>" if text is None else r"><v>([^<&\r]*)</v></c>")
            )
            width = index + 1
        if pattern and position == len(piece):
            shape = _Shape(re.compile("".join(pattern)).fullmatch, takes)
            self._shapes = [shape, *self._shapes[: _SHAPES_MAX - 1]]

    def _take(self, kind: str | None, style: str | None) -> Callable[[str], Cell]:
        dates = self._dates
        if kind == "s":
            return self._strings.text
        if kind is None and style not in dates:
            return float
        return lambda text: typed(kind, text, style, dates)


class _Shape(NamedTuple):
    fullmatch: Callable[[str, int], re.Match[str] | None]
    takes: Sequence[Callable[[str], Cell]]


def _nothing(_: str) -> None:
    return None


def _attribute(name: str, value: str | None) -> str:
    return "" if value is None else f' {name}="{value}"'


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
