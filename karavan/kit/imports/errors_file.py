"""Rows with something wrong, as the same table with a column of remarks: to be mended and imported again."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database
from karavan.kit.imports.files import on_disk
from karavan.kit.imports.kinds import ImportKind
from karavan.kit.imports.mapping import Mapping
from karavan.kit.imports.models import ImportRowError, ImportRun
from karavan.kit.imports.readers import Cell, Row, open_table
from karavan.kit.imports.records import Reader
from karavan.kit.imports.target import Target
from karavan.kit.scopes import Scope
from karavan.kit.storage import Storage
from karavan.kit.tabular import BYTE_ORDER_MARK, safe_cell
from karavan.kit.tenancy import caller_is

_PAGE_ROWS = 5000
_PIECE_BYTES = 256 * 1024
_REMARK_CHARACTERS = 2000
_HEADINGS = {"en": "What is wrong", "ru": "Что не так", "kk": "Қате неде"}

Remarks = dict[int, str]


async def errors_file(
    database: Database,
    storage: Storage,
    scope: Scope,
    kind: ImportKind,
    run: ImportRun,
    *,
    checked: bool,
    locale: str,
) -> AsyncIterator[bytes]:
    """The head, the rows that were refused or warned of, and the headings of their sections, in the kind of file that came.

    CSV keeps its delimiter and is written in UTF-8; XLS and ODS become XLSX. Cells can never become formulas.

    Args:
        locale: of the remarks.
    """
    async with database.transaction(scope) as session:
        remarks = await _remarks(session, kind, run, checked=checked, locale=locale)
        table_target = await kind.target_in(session)
    heading = _HEADINGS.get(locale, _HEADINGS["en"])
    async with on_disk(storage, run.storage_key) as path:
        target = path.with_name("errors")
        await asyncio.to_thread(_write, path, target, table_target, run, remarks, heading)
        with target.open("rb") as written:
            while piece := await asyncio.to_thread(written.read, _PIECE_BYTES):
                yield piece


async def _remarks(
    session: AsyncSession, kind: ImportKind, run: ImportRun, *, checked: bool, locale: str
) -> Remarks:
    found: Remarks = {}
    after = 0
    headers = {
        column.field: column.header for column in Mapping.model_validate(run.mapping).columns
    }
    while True:
        rows = (
            await session.execute(
                select(ImportRowError.row_number, ImportRowError.errors)
                .where(
                    ImportRowError.import_id == run.id,
                    ImportRowError.checked.is_(checked),
                    ImportRowError.row_number > after,
                    caller_is(ImportRowError.organisation_id),
                )
                .order_by(ImportRowError.row_number)
                .limit(_PAGE_ROWS)
            )
        ).all()
        for number, errors in rows:
            found[number] = "; ".join(
                f"{headers.get(error['field']) or kind.remarks.heading(error['field'], locale)}:"
                f" {kind.remarks.said(error, locale)}"
                for error in errors
            )[:_REMARK_CHARACTERS]
        if len(rows) < _PAGE_ROWS:
            return found
        after = rows[-1][0]


def _write(
    path: Path, written: Path, target: Target, run: ImportRun, remarks: Remarks, heading: str
) -> None:
    table = open_table(path)
    try:
        mapping = Mapping.model_validate(run.mapping)
        lines = _lines(Reader(table, target, mapping), mapping, remarks, heading)
        if table.kind == "csv":
            _write_csv(written, lines, getattr(table, "delimiter", ","))
        else:
            _write_xlsx(written, lines)
    finally:
        table.close()


def _lines(
    reader: Reader, mapping: Mapping, remarks: Remarks, heading: str
) -> Iterator[list[Cell]]:
    width = max((column.index + 1 for column in mapping.columns), default=0)
    head: list[Cell] = [""] * width
    for column in mapping.columns:
        head[column.index] = column.header
    # A file without a head gets none: with one it would be read differently the next time.
    if mapping.header_row:
        yield [*head, heading]
    written: list[Row] = []
    for row, _ in reader.records():
        remark = remarks.get(row.number)
        if remark is None:
            continue
        above = reader.sections.rows
        if above != written:
            yield from (list(section.cells) for section in above)
            written = list(above)
        cells = [*row.cells, *[None] * (width - len(row.cells))][:width]
        yield [*cells, remark]


def _write_csv(target: Path, lines: Iterator[list[Cell]], delimiter: str) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK)
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=delimiter)
        for line in lines:
            writer.writerow([safe_cell(_plain(cell)) for cell in line])
            if buffer.tell() > _PIECE_BYTES:
                file.write(buffer.getvalue())
                buffer.seek(0)
                buffer.truncate()
        file.write(buffer.getvalue())


def _plain(cell: Cell) -> Any:
    """Whole numbers without the fraction that a spreadsheet keeps."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _write_xlsx(target: Path, lines: Iterator[list[Cell]]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(target),
        {
            "constant_memory": True,
            "tmpdir": str(target.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    sheet = book.add_worksheet()
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell is not None:
                sheet.write(number, column, _plain(cell))
    book.close()
