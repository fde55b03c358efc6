"""Table files as people keep them: made here in every kind, with letterheads, sections, totals and hidden parts."""

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import xlsxwriter

Rows = Sequence[Sequence[object]]

LETTERHEAD: Rows = [
    ["ТОО «Караван Кофе»"],
    [],
    ["Прайс-лист от 01.11.2026", None, "тел. +7 727 000 00 00"],
]
HEAD = ["Артикул", "Наименование товара", "Цена, тг", "Остаток", "Ед. изм.", "Вес, кг"]
PRICE_LIST: Rows = [
    *LETTERHEAD,
    HEAD,
    ["Кофе → Зерновой"],
    ["K-1", "Арабика Бразилия", "4 500,50 ₸", 12, "шт", "1,5"],
    ["K-2", "Арабика Эфиопия", "5\u00a0200", "7", "упак.", "0,25"],
    ["Чай"],
    ["Чёрный"],
    ["T-1", "Ассам", "1 200 тг.", "0", "пачка", "0,1"],
    ["Итого", None, "10 900,50", "19"],
]


def csv_bytes(rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(
    rows: Rows,
    *,
    hidden_rows: Sequence[int] = (),
    merged: Sequence[str] = (),
    hidden_sheet: Rows | None = None,
) -> bytes:
    """A workbook; the sheet in front of it is hidden when there is one. Rows are counted from 1."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    if hidden_sheet is not None:
        front = book.add_worksheet("Скрытый")
        for number, row in enumerate(hidden_sheet):
            front.write_row(number, 0, row)
        front.hide()
    sheet = book.add_worksheet("Прайс")
    if hidden_sheet is not None:
        sheet.activate()
        sheet.set_first_sheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell)
    for number in hidden_rows:
        sheet.set_row(number - 1, options={"hidden": True})
    for area in merged:
        first = area.partition(":")[0]
        column, number = ord(first[0]) - 65, int(first[1:]) - 1
        sheet.merge_range(area, rows[number][column])
    book.close()
    return buffer.getvalue()


def ods_bytes(rows: Rows, *, hidden_rows: Sequence[int] = ()) -> bytes:
    """A spreadsheet of OpenDocument, with its empty rows repeated as office programs write them."""
    written = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_ods_cell(cell) for cell in row) or "<table:table-cell/>"
        hidden = ' table:visibility="collapse"' if number in hidden_rows else ""
        written.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Прайс">{"".join(written)}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="1024"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_bytes(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
        }
    )


def _ods_cell(cell: object) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def zip_bytes(entries: dict[str, bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()
