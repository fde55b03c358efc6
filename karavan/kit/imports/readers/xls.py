"""XLS, the binary format of the years before 2007. Its 65,536 rows fit into memory."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import xlrd

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.cells import (
    CELL_MAX_CHARACTERS,
    SHEETS_MAX,
    Cell,
    Row,
    Sheet,
    checked_width,
    from_serial,
)

_SIZE_MAX_BYTES = 64 * 1024**2


class _Silence:
    """Where the library's remarks about odd files go."""

    def write(self, _: str) -> None:
        """Forget it."""


class XlsTable:
    """A workbook of the binary format (MS-XLS)."""

    kind = "xls"

    def __init__(self, file: BinaryIO, size_bytes: int) -> None:
        if size_bytes > _SIZE_MAX_BYTES:
            raise TableRefusedError(TableRefusal.BOMB)
        self._file = file
        file.seek(0)
        content = file.read()
        try:
            self._book: Any = xlrd.open_workbook(
                file_contents=content,
                formatting_info=True,
                on_demand=True,
                logfile=_Silence(),
                ragged_rows=True,
            )
            self.sheets = [
                Sheet(name, self._book._sheet_visibility[index] != 0)  # noqa: SLF001  # told nowhere else before loading
                for index, name in enumerate(self._book.sheet_names())
            ]
        except Exception as error:  # the library raises whatever a broken file makes it trip over
            encrypted = "encrypted" in str(error).lower()
            raise TableRefusedError(
                TableRefusal.ENCRYPTED if encrypted else TableRefusal.DAMAGED
            ) from error
        if len(self.sheets) > SHEETS_MAX:
            raise TableRefusedError(TableRefusal.TOO_MANY_SHEETS)

    def rows(self, sheet: int) -> Iterator[Row]:
        """The visible rows that have any content; a cell merged downwards stands in each of its rows."""
        try:
            page = self._book.sheet_by_index(sheet)
        except Exception as error:  # as above
            raise TableRefusedError(TableRefusal.DAMAGED) from error
        merged: dict[int, list[tuple[int, int]]] = {}
        for first, after, left, _ in page.merged_cells:
            for covered in range(first + 1, after):
                merged.setdefault(covered, []).append((left, first))
        for index in range(page.nrows):
            info = page.rowinfo_map.get(index)
            if info is not None and info.hidden:
                continue
            cells = [self._value(cell) for cell in page.row(index)]
            for column, origin in merged.get(index, ()):
                cells.extend([None] * (column + 1 - len(cells)))
                if cells[column] is None and column < len(page.row(origin)):
                    cells[column] = self._value(page.row(origin)[column])
            if any(cell is not None for cell in cells):
                yield Row(index + 1, checked_width(cells), (index + 1) / page.nrows)

    def _value(self, cell: Any) -> Cell:
        value: Any = cell.value
        if cell.ctype == xlrd.XL_CELL_TEXT:
            if len(value) > CELL_MAX_CHARACTERS:
                raise TableRefusedError(TableRefusal.TOO_WIDE)
            return str(value) or None
        if cell.ctype == xlrd.XL_CELL_NUMBER:
            return float(value)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        if cell.ctype == xlrd.XL_CELL_DATE:
            return from_serial(value + (1462 if self._book.datemode else 0))
        return None

    def close(self) -> None:
        """Let go of the workbook."""
        self._book.release_resources()
        self._file.close()
