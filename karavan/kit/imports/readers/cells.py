"""What every reader yields, whatever the kind of file: rows of plain values."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from msgspec import Struct

from karavan.kit.imports.errors import TableRefusal, TableRefusedError

Cell = str | float | bool | date | None
"""Text, a number, a yes or no, a day or moment, or nothing."""

COLUMNS_MAX = 500
CELL_MAX_CHARACTERS = 100_000
SHEETS_MAX = 200
EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet's moment has no zone
DAYS_MAX = 2_958_466  # 10000-01-01


class Row(NamedTuple):
    """One visible row.

    Attributes:
        number: as the spreadsheet program shows it, from 1.
        cells: from the first column on; shorter than the table when the rest is empty.
        fraction: how much of the sheet lies behind, from 0 to 1.
    """

    number: int
    cells: list[Cell]
    fraction: float


class Sheet(Struct, frozen=True):
    """A sheet's name, and whether its author has hidden it."""

    name: str
    hidden: bool = False


class Table(Protocol):
    """An open file. Its rows stream: none is kept after it was yielded.

    Attributes:
        kind: `csv`, `xlsx`, `xls` or `ods`.
        sheets: in the author's order; a CSV file has one without a name.
    """

    kind: str
    sheets: list[Sheet]

    def rows(self, sheet: int) -> Iterator[Row]:
        """The rows of a sheet that have any content and are not hidden.

        Raises:
            TableRefusedError: the sheet is damaged, or too wide.
        """

    def close(self) -> None:
        """Let go of the file and of whatever was unpacked beside it."""


def as_text(cell: Cell) -> str:
    """A cell as a person reads it: whole numbers without a fraction, days as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat()


def from_serial(days: float) -> date | float:
    """A spreadsheet's day number as a day or, with a fraction, a moment (ECMA-376 part 1, 18.17.4)."""
    if not 0 < days < DAYS_MAX:
        return days
    moment = EXCEL_EPOCH + timedelta(days=days)
    if days.is_integer():
        return moment.date()
    return moment.replace(microsecond=0)


def checked_width(cells: list[Cell]) -> list[Cell]:
    """The row, when it is not wider than any table that people make.

    Raises:
        TableRefusedError: it is.
    """
    if len(cells) > COLUMNS_MAX:
        raise TableRefusedError(TableRefusal.TOO_WIDE)
    return cells
