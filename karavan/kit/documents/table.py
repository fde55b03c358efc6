"""Tables that break over pages: header repeated, figures right-aligned, totals never left alone."""

from collections.abc import Sequence

from msgspec import Struct

from karavan.kit.documents.page import ACCENT, INK, MUTED, RULE, TINT, DocumentPdf

_SIZE = 8.5
_SMALL = 7.5
_HEADER_SIZE = 8.0
_SIZE_MIN = 5.5
CELL_PADDING_MM = 1.6
_FLEXIBLE_MIN_MM = 50.0
_BEGINNING_MM = 40.0
"""As much of a very tall first row must fit under the header for the table to begin on this page."""


class Column(Struct, frozen=True):
    """A column: figures are right-aligned and never wrapped; one column is flexible and wraps."""

    title: str
    figures: bool = False
    flexible: bool = False


class Cell(Struct, frozen=True):
    """Text of a cell, with a smaller muted note beneath it."""

    text: str
    note: str = ""


Row = Sequence[Cell]


class _CellLine(Struct, frozen=True):
    text: str
    size: float
    muted: bool


def draw_table(
    pdf: DocumentPdf, columns: Sequence[Column], rows: Sequence[Row], keep_after_mm: float = 0
) -> None:
    """Draw rows under a header that every page repeats.

    A row stays whole unless it is taller than half a page; the last row moves to the next page together
    with the `keep_after_mm` of totals that follow it.

    Args:
        pdf: the document, standing where the table begins.
        columns: exactly one of them flexible.
        rows: cells in the order of the columns.
        keep_after_mm: height of the block that must share a page with the last row.
    """
    table = _Table(pdf, columns, rows)
    first_mm = _row_height_mm(pdf, table.lines(rows[0])) if rows else 0
    table.header(keep_mm=min(first_mm, _BEGINNING_MM))
    for index, row in enumerate(rows):
        lines = table.lines(row)
        height = _row_height_mm(pdf, lines)
        needed = height + (keep_after_mm if index == len(rows) - 1 else 0)
        if needed > pdf.space_left_mm and height <= pdf.page_height_mm / 2:
            pdf.add_page()
            table.header()
        table.row(lines)


class _Table:
    def __init__(self, pdf: DocumentPdf, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self.pdf = pdf
        self.columns = columns
        self.widths = _widths(pdf, columns, rows)
        pdf.style(_HEADER_SIZE, bold=True)
        self.titles = [
            pdf.wrapped(column.title, width - 2 * CELL_PADDING_MM)
            for column, width in zip(columns, self.widths, strict=True)
        ]
        self.header_mm = max(map(len, self.titles)) * pdf.line_mm + 2 * CELL_PADDING_MM

    def header(self, keep_mm: float = 0) -> None:
        """Titles on a tinted band, together with the first row's height."""
        pdf = self.pdf
        pdf.keep_together(self.header_mm + keep_mm)
        top = pdf.get_y()
        pdf.set_fill_color(*TINT)
        pdf.rect(pdf.l_margin, top, pdf.epw, self.header_mm, style="F")
        pdf.style(_HEADER_SIZE, ACCENT, bold=True)
        x = pdf.l_margin
        for column, width, titles in zip(self.columns, self.widths, self.titles, strict=True):
            for index, title in enumerate(titles):
                pdf.set_xy(x + CELL_PADDING_MM, top + CELL_PADDING_MM + index * pdf.line_mm)
                pdf.cell(
                    width - 2 * CELL_PADDING_MM,
                    pdf.line_mm,
                    title,
                    align="R" if column.figures else "L",
                )
            x += width
        pdf.set_y(top + self.header_mm)

    def lines(self, row: Row) -> list[list[_CellLine]]:
        """Each cell's lines at its column's width."""
        cells: list[list[_CellLine]] = []
        for column, width, cell in zip(self.columns, self.widths, row, strict=True):
            inner = width - 2 * CELL_PADDING_MM
            if column.figures:
                cells.append(
                    [_CellLine(cell.text, _fitting_size(self.pdf, cell.text, inner), False)]
                )
                continue
            self.pdf.style(_SIZE)
            lines = [_CellLine(line, _SIZE, False) for line in self.pdf.wrapped(cell.text, inner)]
            self.pdf.style(_SMALL)
            lines += [_CellLine(line, _SMALL, True) for line in self.pdf.wrapped(cell.note, inner)]
            cells.append(lines)
        return cells

    def row(self, cells: list[list[_CellLine]]) -> None:
        """Draw a row line by line, going on over page breaks if it is taller than the page."""
        pdf = self.pdf
        pdf.set_y(pdf.get_y() + CELL_PADDING_MM)
        for index in range(max(map(len, cells))):
            height = _line_height_mm(pdf, cells, index)
            if height > pdf.space_left_mm:
                pdf.add_page()
                self.header()
                pdf.set_y(pdf.get_y() + CELL_PADDING_MM)
            y, x = pdf.get_y(), pdf.l_margin
            for column, width, lines in zip(self.columns, self.widths, cells, strict=True):
                if index < len(lines):
                    line = lines[index]
                    pdf.style(line.size, MUTED if line.muted else INK)
                    pdf.set_xy(x + CELL_PADDING_MM, y)
                    pdf.cell(
                        width - 2 * CELL_PADDING_MM,
                        height,
                        line.text,
                        align="R" if column.figures else "L",
                    )
                x += width
            pdf.set_y(y + height)
        pdf.set_y(pdf.get_y() + CELL_PADDING_MM)
        pdf.rule(pdf.get_y(), RULE)


def _line_height_mm(pdf: DocumentPdf, cells: list[list[_CellLine]], index: int) -> float:
    height = 0.0
    for lines in cells:
        if index < len(lines):
            pdf.style(lines[index].size)
            height = max(height, pdf.line_mm)
    return height


def _row_height_mm(pdf: DocumentPdf, cells: list[list[_CellLine]]) -> float:
    count = max(map(len, cells))
    return sum(_line_height_mm(pdf, cells, index) for index in range(count)) + 2 * CELL_PADDING_MM


def _fitting_size(pdf: DocumentPdf, text: str, width_mm: float) -> float:
    """A figure is never broken: it is set smaller until it fits."""
    size = _SIZE
    pdf.style(size)
    while pdf.get_string_width(text) > width_mm and size > _SIZE_MIN:
        size -= 0.5
        pdf.style(size)
    return size


def _widths(pdf: DocumentPdf, columns: Sequence[Column], rows: Sequence[Row]) -> list[float]:
    """Columns as wide as what they hold; the flexible one takes what is left.

    When figures would squeeze the flexible column, all others shrink in proportion.
    """
    natural = [
        0.0 if column.flexible else _natural_mm(pdf, column, [row[index] for row in rows])
        for index, column in enumerate(columns)
    ]
    available = pdf.epw - _FLEXIBLE_MIN_MM
    scale = min(1.0, available / sum(natural))
    fixed = [width * scale for width in natural]
    rest = pdf.epw - sum(fixed)
    return [
        rest if column.flexible else width for column, width in zip(columns, fixed, strict=True)
    ]


def _natural_mm(pdf: DocumentPdf, column: Column, cells: Sequence[Cell]) -> float:
    pdf.style(_SIZE)
    widest = max((pdf.get_string_width(cell.text) for cell in cells), default=0.0)
    pdf.style(_HEADER_SIZE, bold=True)
    words = (pdf.get_string_width(word) for word in column.title.split(" "))
    return max(widest, *words) + 2 * CELL_PADDING_MM + 0.4
