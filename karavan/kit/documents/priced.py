"""Priced lines on paper: their table, their sums, the amount in words, and why a tax is missing."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from karavan.kit.documents.blocks import TotalRow, draw_totals, totals_height_mm
from karavan.kit.documents.formatting import (
    format_amount,
    format_money,
    format_number,
    format_percent,
)
from karavan.kit.documents.labels import unit_name
from karavan.kit.documents.page import MUTED, DocumentPdf
from karavan.kit.documents.priced_labels import PRICED_LABELS
from karavan.kit.documents.table import Cell, Column, draw_table
from karavan.kit.documents.totals import (
    Adjustment,
    DocumentTotals,
    PricedLine,
    TaxCategory,
    TaxGroup,
    TaxTreatment,
    decimals_of,
)
from karavan.kit.documents.words import amount_in_words
from karavan.kit.money import Money, minor_digits

_WITHOUT_RATE = frozenset({TaxCategory.OUTSIDE_SCOPE, TaxCategory.EXEMPT})


class PricedItem(Struct, frozen=True):
    """A line as it is printed; `notes` stand small beneath the name, each on a line of its own."""

    name: str
    pricing: PricedLine
    unit_code: str
    notes: tuple[str, ...] = ()


class PricedContent(Struct, frozen=True):
    """The priced part of a document; `payable_label` names its last and largest sum."""

    items: Sequence[PricedItem]
    totals: DocumentTotals
    payable_label: str
    allowances: Sequence[Adjustment] = ()
    charges: Sequence[Adjustment] = ()


def draw_priced(pdf: DocumentPdf, content: PricedContent) -> None:
    """Draw table, sums, amount in words and exemption reasons, in this order.

    The sums never stand on a page without a line of the table.
    """
    rows = _total_rows(pdf, content)
    _draw_lines(pdf, content, keep_after_mm=totals_height_mm(pdf, rows) + 2)
    draw_totals(pdf, rows)
    labels = PRICED_LABELS[pdf.frame.language]
    reasons = dict.fromkeys(
        group.treatment.exemption_reason
        for group in content.totals.tax_groups
        if group.treatment.exemption_reason
    )
    _draw_labelled(
        pdf, labels.in_words, amount_in_words(content.totals.payable, pdf.frame.language) or ""
    )
    _draw_labelled(pdf, labels.exemption, "; ".join(reasons))


def _draw_lines(pdf: DocumentPdf, content: PricedContent, keep_after_mm: float) -> None:
    labels = PRICED_LABELS[pdf.frame.language]
    currency = content.totals.currency
    draw_table(
        pdf,
        [
            Column("№", figures=True),
            Column(labels.item, flexible=True),
            Column(labels.quantity, figures=True),
            Column(labels.unit),
            Column(f"{labels.price}, {currency}", figures=True),
            Column(labels.tax, figures=True),
            Column(f"{labels.net}, {currency}", figures=True),
        ],
        [
            _row(pdf, index, item, net)
            for index, (item, net) in enumerate(
                zip(content.items, content.totals.line_nets, strict=True), 1
            )
        ],
        keep_after_mm=keep_after_mm,
    )


def _row(pdf: DocumentPdf, index: int, item: PricedItem, net: Money) -> list[Cell]:
    language, pricing = pdf.frame.language, item.pricing
    price = pricing.price_decimal
    digits = max(minor_digits(net.currency), decimals_of(price))
    notes = (*item.notes, _pricing_note(pdf, item))
    return [
        Cell(str(index)),
        Cell(item.name, "\n".join(note for note in notes if note)),
        Cell(format_number(pricing.quantity, language)),
        Cell(unit_name(item.unit_code, language)),
        Cell(format_number(price, language, digits)),
        Cell(_tax_name(pdf, pricing.tax)),
        Cell(format_amount(net, language)),
    ]


def _pricing_note(pdf: DocumentPdf, item: PricedItem) -> str:
    """How the net amount came about where quantity × price does not say it."""
    language, pricing = pdf.frame.language, item.pricing
    labels = PRICED_LABELS[language]
    steps: list[str] = []
    if pricing.base_quantity != Decimal(1):
        base = format_number(pricing.base_quantity, language)
        steps.append(labels.per.format(quantity=base, unit=unit_name(item.unit_code, language)))
    for label, amount in (
        (labels.line_allowance, pricing.allowance),
        (labels.line_charge, pricing.charge),
    ):
        if amount and amount.amount:
            steps.append(f"{label} {format_money(amount, language)}")
    return ", ".join(steps)


def _tax_name(pdf: DocumentPdf, treatment: TaxTreatment) -> str:
    if treatment.category in _WITHOUT_RATE:
        return "—"
    return format_percent(treatment.rate_percent, pdf.frame.language)


def _total_rows(pdf: DocumentPdf, content: PricedContent) -> list[TotalRow]:
    language, totals = pdf.frame.language, content.totals
    labels = PRICED_LABELS[language]

    def row(label: str, amount: Money, *, strong: bool = False) -> TotalRow:
        return TotalRow(label, format_money(amount, language), strong)

    zero = Money(0, totals.currency)
    rows: list[TotalRow] = []
    if content.allowances or content.charges:
        rows.append(row(labels.lines_total, totals.lines))
        rows += [
            row(f"{labels.allowance}: {one.reason}", zero - one.amount)
            for one in content.allowances
        ]
        rows += [row(f"{labels.charge}: {one.reason}", one.amount) for one in content.charges]
    rows.append(row(labels.tax_exclusive, totals.tax_exclusive))
    rows += [row(_group_label(pdf, group), group.tax) for group in totals.tax_groups]
    if totals.prepaid.amount:
        rows.append(row(labels.tax_inclusive, totals.tax_inclusive))
        rows.append(row(labels.prepaid, zero - totals.prepaid))
    rows.append(row(content.payable_label, totals.payable, strong=True))
    return rows


def _group_label(pdf: DocumentPdf, group: TaxGroup) -> str:
    language = pdf.frame.language
    labels = PRICED_LABELS[language]
    base = format_money(group.taxable, language)
    if group.treatment.category is TaxCategory.STANDARD:
        rate = format_percent(group.treatment.rate_percent, language)
        return labels.tax_of.format(rate=rate, base=base)
    category = labels.categories[group.treatment.category]
    return labels.untaxed.format(category=category, base=base)


def _draw_labelled(pdf: DocumentPdf, label: str, text: str) -> None:
    if not text:
        return
    pdf.gap(2)
    pdf.keep_together(10)
    pdf.style(8, MUTED)
    pdf.paragraph(label)
    pdf.style(9)
    pdf.paragraph(text)
