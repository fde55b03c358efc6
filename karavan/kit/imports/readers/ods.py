"""ODS as a stream (OpenDocument 1.3 part 3)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from lxml import etree

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.archives import Counted, elements, open_archive, refusing_damage
from karavan.kit.imports.readers.cells import (
    CELL_MAX_CHARACTERS,
    COLUMNS_MAX,
    SHEETS_MAX,
    Cell,
    Row,
    Sheet,
)

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ROW = f"{_TABLE}table-row"
_CELL = f"{_TABLE}table-cell"
_COVERED = f"{_TABLE}covered-table-cell"
_REPEATED_ROWS_MAX = 1_048_576
_CONTENT = "content.xml"


class OdsTable:
    """A spreadsheet of OpenDocument."""

    kind = "ods"

    def __init__(self, file: BinaryIO, size_bytes: int) -> None:
        self._file = file
        self._archive = open_archive(file, size_bytes)
        if _CONTENT not in self._archive.NameToInfo:
            raise TableRefusedError(TableRefusal.TYPE)
        self.sheets = self._find_sheets()
        if len(self.sheets) > SHEETS_MAX:
            raise TableRefusedError(TableRefusal.TOO_MANY_SHEETS)

    def _content(self) -> Counted:
        with refusing_damage():
            return Counted(
                self._archive.open(_CONTENT), self._archive.NameToInfo[_CONTENT].file_size
            )

    def _find_sheets(self) -> list[Sheet]:
        hidden_styles: set[str] = set()
        sheets: list[Sheet] = []
        with refusing_damage():
            events: Any = etree.iterparse(
                self._content(),
                events=("start", "end"),
                tag=[f"{_TABLE}table", f"{_STYLE}style", _ROW],
                resolve_entities=False,
                no_network=True,
            )
            for event, element in events:
                if event == "start" and element.tag == f"{_TABLE}table":
                    style = element.get(f"{_TABLE}style-name", "")
                    sheets.append(Sheet(element.get(f"{_TABLE}name", ""), style in hidden_styles))
                elif event == "end":
                    if element.tag == f"{_STYLE}style":
                        for properties in element.iter(f"{_STYLE}table-properties"):
                            if properties.get(f"{_TABLE}display") == "false":
                                hidden_styles.add(element.get(f"{_STYLE}name", ""))
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        return sheets

    def rows(self, sheet: int) -> Iterator[Row]:
        """The visible rows that have any content; a cell merged downwards stands in each of its rows."""
        stream = self._content()
        current, number = -1, 0
        filling: dict[int, tuple[int, Cell]] = {}
        table: Any = None
        for element in elements(stream, [_ROW]):
            above = next(element.iterancestors(f"{_TABLE}table"), None)
            if above is not table:
                table, current, number = above, current + 1, 0
                filling = {}
            if current < sheet:
                continue
            if current > sheet:
                return
            repeated = min(_count(element.get(f"{_TABLE}number-rows-repeated")), _REPEATED_ROWS_MAX)
            cells = _cells(element, number + 1, filling)
            shown = element.get(f"{_TABLE}visibility", "visible") == "visible"
            if shown and any(cell is not None for cell in cells):
                for extra in range(repeated):
                    yield Row(number + 1 + extra, list(cells), stream.fraction)
            number += repeated

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()
        self._file.close()


def _count(given: str | None) -> int:
    return max(int(given), 1) if given and given.isdigit() and len(given) < 9 else 1


def _cells(row: etree._Element, number: int, filling: dict[int, tuple[int, Cell]]) -> list[Cell]:
    cells: list[Cell] = []
    empty = 0
    for element in row:
        if element.tag not in {_CELL, _COVERED}:
            continue
        repeated = _count(element.get(f"{_TABLE}number-columns-repeated"))
        column = len(cells) + empty
        value = _value(element) if element.tag == _CELL else None
        if element.tag == _COVERED and column in filling and filling[column][0] >= number:
            value = filling[column][1]
        if value is None:
            empty += repeated
            continue
        if column + repeated > COLUMNS_MAX:
            raise TableRefusedError(TableRefusal.TOO_WIDE)
        cells.extend([None] * empty)
        cells.extend([value] * repeated)
        empty = 0
        spanned = _count(element.get(f"{_TABLE}number-rows-spanned"))
        if spanned > 1:
            filling[column] = (number + spanned - 1, value)
    return cells


def _value(cell: etree._Element) -> Cell:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in {"float", "currency", "percentage"}:
        return float(cell.get(f"{_OFFICE}value", "0"))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        given = cell.get(f"{_OFFICE}date-value", "")
        try:
            return datetime.fromisoformat(given) if "T" in given else date.fromisoformat(given)
        except ValueError:
            return given or None
    paragraphs = [
        "".join(str(part) for part in one.itertext()) for one in cell.findall(f"{_TEXT}p")
    ]
    text = "\n".join(paragraphs)
    if len(text) > CELL_MAX_CHARACTERS:
        raise TableRefusedError(TableRefusal.TOO_WIDE)
    return text or None
