"""Blocks of text side by side: parties, facts with their labels, totals.

A block is first wrapped into lines and then drawn, so that columns of different length break over
pages together and a caller can ask for the height before it draws.
"""

from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.labels import SHARED_LABELS, tax_id_name
from karavan.kit.documents.page import ACCENT, INK, MUTED, Colour, DocumentPdf
from karavan.kit.documents.parties import BankAccount, Party
from karavan.kit.documents.table import CELL_PADDING_MM

_GUTTER_MM = 8.0
_SIZE = 8.5


class Line(Struct, frozen=True):
    """One wrapped line; `label` stands muted in a column of `label_mm` before the text."""

    text: str
    size: float = _SIZE
    colour: Colour = INK
    bold: bool = False
    label: str = ""
    label_mm: float = 0
    space_after_mm: float = 0


def text_block(
    pdf: DocumentPdf,
    text: str,
    width_mm: float,
    *,
    size: float = _SIZE,
    colour: Colour = INK,
    bold: bool = False,
    space_after_mm: float = 0,
) -> list[Line]:
    """Text of one style wrapped to a width."""
    pdf.style(size, colour, bold=bold)
    wrapped = pdf.wrapped(text, width_mm)
    last = len(wrapped) - 1
    return [
        Line(line, size, colour, bold, space_after_mm=space_after_mm if index == last else 0)
        for index, line in enumerate(wrapped)
    ]


def facts_block(pdf: DocumentPdf, pairs: Sequence[tuple[str, str]], width_mm: float) -> list[Line]:
    """Labels with values beside them; a pair without a value is left out."""
    shown = [(label, value) for label, value in pairs if value.strip()]
    pdf.style(_SIZE, MUTED)
    widest = max((pdf.get_string_width(label) for label, _ in shown), default=0.0)
    label_mm = min(widest + 4, width_mm * 0.45)
    lines: list[Line] = []
    for label, value in shown:
        labels = pdf.wrapped(label, label_mm - 2)
        values = pdf.wrapped(value, width_mm - label_mm)
        height = max(len(labels), len(values))
        lines += [
            Line(
                values[index] if index < len(values) else "",
                label=labels[index] if index < len(labels) else "",
                label_mm=label_mm,
                space_after_mm=0.6 if index == height - 1 else 0,
            )
            for index in range(height)
        ]
    return lines


def block_height_mm(pdf: DocumentPdf, lines: Sequence[Line]) -> float:
    """How much of a page the block takes."""
    return sum(_height_mm(pdf, line) for line in lines)


def _height_mm(pdf: DocumentPdf, line: Line) -> float:
    pdf.style(line.size)
    return pdf.line_mm + line.space_after_mm


def column_width_mm(pdf: DocumentPdf, count: int) -> float:
    """Width of one of `count` equal columns."""
    return (pdf.epw - _GUTTER_MM * (count - 1)) / count


def draw_columns(pdf: DocumentPdf, blocks: Sequence[Sequence[Line]]) -> None:
    """Draw blocks in equal columns and stand below the longest one.

    What fits on the page is drawn column by column, each in its own rhythm; what does not goes line
    beside line, so that a page break cuts all columns at the same place.
    """
    width = column_width_mm(pdf, len(blocks))
    lefts = [pdf.l_margin + index * (width + _GUTTER_MM) for index in range(len(blocks))]
    height = max((block_height_mm(pdf, block) for block in blocks), default=0.0)
    if height <= pdf.space_left_mm:
        top = pdf.get_y()
        for left, block in zip(lefts, blocks, strict=True):
            y = top
            for line in block:
                _draw_line(pdf, line, left, y, width)
                y += _height_mm(pdf, line)
        pdf.set_y(top + height)
        return
    for row in zip_longest(*blocks):
        row_height = max(_height_mm(pdf, line) for line in row if line)
        if pdf.space_left_mm < row_height:
            pdf.add_page()
        y = pdf.get_y()
        for left, line in zip(lefts, row, strict=True):
            if line:
                _draw_line(pdf, line, left, y, width)
        pdf.set_y(y + row_height)


def _draw_line(pdf: DocumentPdf, line: Line, x_mm: float, y_mm: float, width_mm: float) -> None:
    if line.label:
        pdf.style(line.size, MUTED)
        pdf.set_xy(x_mm, y_mm)
        pdf.cell(line.label_mm, pdf.line_mm, line.label)
    pdf.style(line.size, line.colour, bold=line.bold)
    pdf.set_xy(x_mm + line.label_mm, y_mm)
    pdf.cell(width_mm - line.label_mm, pdf.line_mm, line.text)


def party_block(
    pdf: DocumentPdf, heading: str, party: Party, width_mm: float, *, with_bank: bool = False
) -> list[Line]:
    """A side of the document with its requisites, under a small heading such as “Seller”."""
    language = pdf.frame.language
    labels = SHARED_LABELS[language]
    representative = party.representative
    shown_name = (
        ", ".join(part for part in (representative.name, representative.position) if part)
        if representative
        else ""
    )
    return [
        *text_block(pdf, heading, width_mm, size=8, colour=ACCENT, bold=True, space_after_mm=0.8),
        *text_block(pdf, party.legal_name, width_mm, size=10, bold=True, space_after_mm=1),
        *facts_block(
            pdf,
            [
                (tax_id_name(party.address.country, language), party.tax_id),
                (labels.tax_branch_code, party.tax_branch_code),
                (labels.vat_number, party.vat_number),
                (labels.address, party.address.one_line()),
                (labels.phone, party.phone),
                (labels.email, party.email),
                (labels.representative, shown_name),
                *(bank_facts(party.bank, language) if party.bank and with_bank else []),
            ],
            width_mm,
        ),
    ]


def bank_facts(bank: BankAccount, language: Language) -> list[tuple[str, str]]:
    """Labels and values of an account, ready for `facts_block`."""
    labels = SHARED_LABELS[language]
    return [
        (labels.bank, bank.bank_name),
        (labels.bank_code, bank.bank_code),
        (labels.account, bank.account),
        (labels.correspondent_account, bank.correspondent_account),
        (labels.beneficiary_code, bank.beneficiary_code),
    ]


class TotalRow(Struct, frozen=True):
    """A row of the sums under a table; `strong` marks the one that counts."""

    label: str
    value: str
    strong: bool = False


_TOTALS_MM = 92.0


def totals_height_mm(pdf: DocumentPdf, rows: Sequence[TotalRow]) -> float:
    """Height of `draw_totals`, for a table that must not leave it alone on a page."""
    return sum(len(_wrapped_total(pdf, row)) * pdf.line_mm + 1.4 for row in rows) + 4


def draw_totals(pdf: DocumentPdf, rows: Sequence[TotalRow]) -> None:
    """Sums at the right edge: labels left, figures right-aligned under the table's last column."""
    pdf.keep_together(totals_height_mm(pdf, rows))
    right = pdf.w - pdf.r_margin - CELL_PADDING_MM
    left = right - _TOTALS_MM
    pdf.gap(2)
    for row in rows:
        labels = _wrapped_total(pdf, row)
        if row.strong:
            pdf.set_draw_color(*ACCENT)
            pdf.set_line_width(0.4)
            pdf.line(left, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
            pdf.gap(1)
        y = pdf.get_y()
        value_mm = pdf.get_string_width(row.value)
        for index, label in enumerate(labels):
            pdf.set_xy(left, y + index * pdf.line_mm)
            pdf.cell(_TOTALS_MM - value_mm, pdf.line_mm, label)
        pdf.set_xy(right - value_mm, y)
        pdf.cell(value_mm, pdf.line_mm, row.value)
        pdf.set_y(y + len(labels) * pdf.line_mm + 0.7)
    pdf.style()


def _wrapped_total(pdf: DocumentPdf, row: TotalRow) -> list[str]:
    """The label's lines beside the figure, leaving the style of the row set."""
    pdf.style(10.5 if row.strong else 9, bold=row.strong)
    value_mm = pdf.get_string_width(row.value)
    return pdf.wrapped(row.label, max(_TOTALS_MM - value_mm - 3, 20)) or [""]
