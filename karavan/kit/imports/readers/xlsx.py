"""XLSX as a stream (ECMA-376 part 1, chapter 18): rows come and go, whatever the size of the sheet.

The common libraries either keep the whole sheet or do not tell which rows are hidden and which cells merged.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.archives import (
    Counted,
    elements,
    open_archive,
    read_part,
    refusing_damage,
)
from karavan.kit.imports.readers.cells import (
    COLUMNS_MAX,
    SHEETS_MAX,
    Cell,
    Row,
    Sheet,
    checked_width,
)
from karavan.kit.imports.readers.plain_rows import column_index, plain_rows, typed
from karavan.kit.imports.readers.plain_xml import is_plain
from karavan.kit.imports.readers.shared_strings import SharedStrings, text_of

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRINGS = "xl/sharedStrings.xml"
_SCAN_BYTES = 1024 * 1024
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_MERGES_MAX = 200_000
_MERGED_ROWS_MAX = 100_000
# Number formats that stand for days and moments without being spelled out (18.8.30).
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)


class XlsxTable:
    """A workbook of Office Open XML."""

    kind = "xlsx"

    def __init__(self, file: BinaryIO, size_bytes: int) -> None:
        self._file = file
        self._archive = open_archive(file, size_bytes)
        workbook = read_part(self._archive, "xl/workbook.xml")
        if workbook is None:
            raise TableRefusedError(TableRefusal.TYPE)
        self._parts: list[str] = []
        self.sheets: list[Sheet] = []
        relations = self._relations()
        for sheet in workbook.iter(f"{_MAIN}sheet"):
            part = relations.get(sheet.get(_RELATION, ""), "")
            if "chartsheet" in part or part not in self._archive.NameToInfo:
                continue
            self._parts.append(part)
            self.sheets.append(
                Sheet(sheet.get("name", ""), sheet.get("state", "visible") != "visible")
            )
        if len(self.sheets) > SHEETS_MAX:
            raise TableRefusedError(TableRefusal.TOO_MANY_SHEETS)
        self._dates = self._date_styles()
        self._strings = SharedStrings(
            self._open(_STRINGS), lambda: is_plain(self._archive, _STRINGS, "sst")
        )

    def _open(self, part: str) -> Any:
        if part not in self._archive.NameToInfo:
            return None
        with refusing_damage():
            return Counted(self._archive.open(part), self._archive.NameToInfo[part].file_size)

    def _relations(self) -> dict[str, str]:
        root = read_part(self._archive, "xl/_rels/workbook.xml.rels")
        if root is None:
            raise TableRefusedError(TableRefusal.DAMAGED)
        return {
            relation.get("Id", ""): posixpath.normpath(
                posixpath.join("xl", relation.get("Target", ""))
            ).lstrip("/")
            for relation in root
            if relation.get("TargetMode") != "External"
        }

    def _date_styles(self) -> frozenset[str]:
        """Numbers of the cell styles that show a number as a day or moment."""
        root = read_part(self._archive, "xl/styles.xml")
        if root is None:
            return frozenset()
        own = {
            one.get("numFmtId", "")
            for one in root.iter(f"{_MAIN}numFmt")
            if _DATE_LETTERS.search(_NOT_DATE.sub("", one.get("formatCode", "")))
        }
        formats = root.find(f"{_MAIN}cellXfs")
        found = set()
        for index, style in enumerate(formats if formats is not None else ()):
            number = style.get("numFmtId", "0")
            if number in own or (number.isdigit() and int(number) in _DATE_FORMATS):
                found.add(str(index))
        return frozenset(found)

    def _merged_down(self, part: str) -> dict[int, list[tuple[int, int]]]:
        """Cells that reach over several rows: by first row, their column and last row. They stand behind the rows."""
        found: dict[int, list[tuple[int, int]]] = {}
        count = 0
        with refusing_damage(), self._archive.open(part) as stream:
            rest = b""
            while piece := stream.read(_SCAN_BYTES):
                window = rest + piece
                if b"mergeCell" in window:
                    for match in _MERGE.finditer(window):
                        first, last = int(match[2]), int(match[4])
                        if 0 < last - first <= _MERGED_ROWS_MAX:
                            found.setdefault(first, []).append(
                                (column_index(match[1].decode()), last)
                            )
                        count += 1
                        if count > _MERGES_MAX:
                            raise TableRefusedError(TableRefusal.BOMB)
                    rest = window[max(window.rfind(b"<"), 0) :]
                else:
                    rest = window[-200:]
        return found

    def rows(self, sheet: int) -> Iterator[Row]:
        """The visible rows that have any content; a cell merged downwards stands in each of its rows."""
        part = self._parts[sheet]
        merged = self._merged_down(part)
        stream = self._open(part)
        filling: dict[int, tuple[int, Cell]] = {}
        previous = 0
        for given, hidden, content in self._written(part, stream):
            number = _row_number(given, previous)
            previous = number
            if not merged and hidden:
                continue
            cells = content if isinstance(content, list) else self._cells(content)
            if merged:
                _fill(cells, number, merged, filling)
                if hidden:
                    continue
            if any(cell is not None for cell in cells):
                yield Row(number, checked_width(cells), stream.fraction)

    def _written(
        self, part: str, stream: Any
    ) -> Iterator[tuple[str | None, bool, list[Cell] | etree._Element]]:
        """Each row's number as it is written, whether it is hidden, and its cells or its element.

        Raises:
            TableRefusedError: the sheet is not sound.
        """
        try:
            if is_plain(self._archive, part, "worksheet"):
                yield from plain_rows(stream, self._strings, self._dates)
            else:
                for element in elements(stream, [f"{_MAIN}row"]):
                    yield element.get("r"), element.get("hidden") in {"1", "true"}, element
        except ValueError as error:
            # Such as letters where a number is promised.
            raise TableRefusedError(TableRefusal.DAMAGED) from error

    def _cells(self, row: etree._Element) -> list[Cell]:
        cells: list[Cell] = []
        strings, dates = self._strings, self._dates
        for element in row:
            get = element.get
            reference = get("r")
            if reference is not None:
                index = column_index(reference.rstrip("0123456789"))
                if index != len(cells):
                    if not 0 <= index <= COLUMNS_MAX or index < len(cells):
                        raise TableRefusedError(TableRefusal.TOO_WIDE)
                    cells.extend([None] * (index - len(cells)))
            elif len(cells) > COLUMNS_MAX:
                raise TableRefusedError(TableRefusal.TOO_WIDE)
            cells.append(_value(element, get("t"), get("s"), strings, dates))
        return cells

    def close(self) -> None:
        """Close the archive and forget the unpacked texts."""
        self._strings.close()
        self._archive.close()
        self._file.close()


def _row_number(given: str | None, previous: int) -> int:
    number = int(given) if given and given.isdigit() else previous + 1
    if number <= previous or number > 2**31:
        raise TableRefusedError(TableRefusal.DAMAGED)
    return number


def _value(
    element: etree._Element,
    kind: str | None,
    style: str | None,
    strings: SharedStrings,
    dates: frozenset[str],
) -> Cell:
    if kind == "inlineStr":
        inline = element.find(f"{_MAIN}is")
        return (text_of(inline) or None) if inline is not None else None
    text = None
    for child in element:
        if child.tag == f"{_MAIN}v":
            text = child.text
    if text is None:
        return None
    if kind == "s":
        return strings[int(text)] or None
    return typed(kind, text, style, dates)


def _fill(
    cells: list[Cell],
    number: int,
    merged: dict[int, list[tuple[int, int]]],
    filling: dict[int, tuple[int, Cell]],
) -> None:
    """Write what is merged downwards into the row, and remember what begins here."""
    for column in [column for column, (last, _) in filling.items() if last < number]:
        del filling[column]
    for column, (_, value) in filling.items():
        cells.extend([None] * (column + 1 - len(cells)))
        if cells[column] is None:
            cells[column] = value
    for column, last in merged.get(number, ()):
        if column < len(cells) and cells[column] is not None:
            filling[column] = (last, cells[column])


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the archive says that it is one."""
    return "xl/workbook.xml" in archive.NameToInfo
