"""An invoice or a credit note on paper."""

from datetime import date
from decimal import Decimal

from karavan.kit.documents.blocks import (
    TotalRow,
    bank_facts,
    column_width_mm,
    draw_columns,
    draw_totals,
    facts_block,
    party_block,
    totals_height_mm,
)
from karavan.kit.documents.formatting import (
    format_amount,
    format_date,
    format_money,
    format_number,
    format_percent,
)
from karavan.kit.documents.labels import unit_name
from karavan.kit.documents.page import MUTED, RULE, DocumentFrame, DocumentPdf
from karavan.kit.documents.table import Cell, Column, draw_table
from karavan.kit.documents.totals import TaxCategory, TaxTreatment, decimals_of
from karavan.kit.documents.words import amount_in_words
from karavan.kit.money import Money, minor_digits
from karavan.modules.invoicing.rendering.labels import INVOICE_LABELS, InvoiceLabels
from karavan.modules.invoicing.rendering.view import (
    DocumentKind,
    DocumentMark,
    InvoiceLine,
    InvoiceView,
)


def render_invoice_pdf(view: InvoiceView) -> bytes:
    """Set an invoice or a credit note on A4 in its own language.

    Returns:
        The same bytes for the same view. It takes some tenths of a second of processor time, so
        request handlers call it in a thread.
    """
    return _InvoicePdf(view).render()


class _InvoicePdf:
    def __init__(self, view: InvoiceView) -> None:
        self.view = view
        self.labels: InvoiceLabels = INVOICE_LABELS[view.language]
        is_credit_note = view.kind is DocumentKind.CREDIT_NOTE
        pattern = self.labels.credit_note if is_credit_note else self.labels.invoice
        self.title = pattern.format(number=view.number or "—")
        self.payable_label = self.labels.credited if is_credit_note else self.labels.payable
        self.subtitle = self.labels.dated.format(date=format_date(view.issue_date, view.language))
        self.pdf = DocumentPdf(
            DocumentFrame(
                title=self.title,
                author=view.seller.legal_name,
                subject=f"{view.seller.legal_name} → {view.buyer.legal_name}",
                running_title=f"{self.title} · {view.seller.legal_name}",
                language=view.language,
                created_at=view.issued_at,
            )
        )

    def render(self) -> bytes:
        """The whole document in reading order."""
        mark = {DocumentMark.DRAFT: self.labels.draft, DocumentMark.VOID: self.labels.void}
        self.pdf.title_block(self.title, self.subtitle, mark.get(self.view.mark, ""))
        self._parties()
        self._references()
        self._lines()
        self._totals()
        self._in_words()
        self._exemptions()
        self._payment()
        self._signature()
        return self.pdf.finish()

    def _parties(self) -> None:
        width = column_width_mm(self.pdf, 2)
        draw_columns(
            self.pdf,
            [
                party_block(self.pdf, self.labels.seller, self.view.seller, width),
                party_block(self.pdf, self.labels.buyer, self.view.buyer, width),
            ],
        )
        self.pdf.gap(4)

    def _references(self) -> None:
        view, labels, pdf = self.view, self.labels, self.pdf
        corrects = view.corrects
        facts = [
            (
                labels.corrects,
                self._numbered(corrects.number, corrects.issue_date) if corrects else "",
            ),
            (labels.due_date, self._day(view.due_date)),
            (labels.tax_point_date, self._day(view.tax_point_date)),
            (labels.contract_reference, view.contract_reference),
            (labels.order_reference, view.order_reference),
            (labels.buyer_reference, view.buyer_reference),
            (labels.delivered, self._delivered()),
        ]
        shown = [fact for fact in facts if fact[1]]
        if not shown:
            return
        pdf.rule(pdf.get_y())
        pdf.gap(3)
        width = column_width_mm(pdf, 2)
        half = (len(shown) + 1) // 2
        draw_columns(
            pdf, [facts_block(pdf, shown[:half], width), facts_block(pdf, shown[half:], width)]
        )
        pdf.gap(4)

    def _lines(self) -> None:
        labels = self.labels
        draw_table(
            self.pdf,
            [
                Column("№", figures=True),
                Column(labels.item, flexible=True),
                Column(labels.quantity, figures=True),
                Column(labels.unit),
                Column(f"{labels.price}, {self.view.currency}", figures=True),
                Column(labels.tax, figures=True),
                Column(f"{labels.net}, {self.view.currency}", figures=True),
            ],
            [
                self._row(index, line, net)
                for index, (line, net) in enumerate(
                    zip(self.view.lines, self.view.totals.line_nets, strict=True), 1
                )
            ],
            keep_after_mm=totals_height_mm(self.pdf, self._total_rows()) + 2,
        )

    def _row(self, index: int, line: InvoiceLine, net: Money) -> list[Cell]:
        language, pricing = self.view.language, line.pricing
        price = pricing.price_decimal
        digits = max(minor_digits(self.view.currency), decimals_of(price))
        return [
            Cell(str(index)),
            Cell(line.name, self._line_note(line)),
            Cell(format_number(pricing.quantity, language)),
            Cell(unit_name(line.unit_code, language)),
            Cell(format_number(price, language, digits)),
            Cell(self._tax_name(pricing.tax)),
            Cell(format_amount(net, language)),
        ]

    def _line_note(self, line: InvoiceLine) -> str:
        """What a buyer checks a line by: description, codes, and how the net amount came about."""
        language, labels, pricing = self.view.language, self.labels, line.pricing
        codes = [
            f"{labels.item_code} {line.seller_item_code}" if line.seller_item_code else "",
            f"GTIN {line.gtin}" if line.gtin else "",
        ]
        steps = [
            labels.per.format(
                quantity=format_number(pricing.base_quantity, language),
                unit=unit_name(line.unit_code, language),
            )
            if pricing.base_quantity != Decimal(1)
            else "",
            f"{labels.line_allowance} {format_money(pricing.allowance, language)}"
            if pricing.allowance
            else "",
            f"{labels.line_charge} {format_money(pricing.charge, language)}"
            if pricing.charge
            else "",
        ]
        rows = (line.description, *(", ".join(filter(None, part)) for part in (codes, steps)))
        return "\n".join(row for row in rows if row)

    def _total_rows(self) -> list[TotalRow]:
        labels, totals = self.labels, self.view.totals
        money = self._money
        rows = [TotalRow(labels.lines_total, money(totals.lines))]
        rows += [
            TotalRow(
                f"{labels.allowance}: {one.reason}",
                money(Money(-one.amount.amount, one.amount.currency)),
            )
            for one in self.view.allowances
        ]
        rows += [
            TotalRow(f"{labels.charge}: {one.reason}", money(one.amount))
            for one in self.view.charges
        ]
        if len(rows) > 1:
            rows.append(TotalRow(labels.tax_exclusive, money(totals.tax_exclusive)))
        else:
            rows = [TotalRow(labels.tax_exclusive, money(totals.tax_exclusive))]
        for group in totals.tax_groups:
            treatment = group.treatment
            base = money(group.taxable)
            if treatment.category is TaxCategory.STANDARD:
                rate = format_percent(treatment.rate_percent, self.view.language)
                label = labels.tax_of.format(rate=rate, base=base)
            else:
                category = labels.categories[treatment.category]
                label = labels.untaxed.format(category=category, base=base)
            rows.append(TotalRow(label, money(group.tax)))
        if totals.prepaid.amount:
            rows.append(TotalRow(labels.tax_inclusive, money(totals.tax_inclusive)))
            paid = Money(-totals.prepaid.amount, totals.prepaid.currency)
            rows.append(TotalRow(labels.prepaid, money(paid)))
        rows.append(TotalRow(self.payable_label, money(totals.payable), strong=True))
        return rows

    def _totals(self) -> None:
        draw_totals(self.pdf, self._total_rows())

    def _in_words(self) -> None:
        words = amount_in_words(self.view.totals.payable, self.view.language)
        if words:
            self.pdf.gap(2.5)
            self._labelled(self.labels.in_words, words)

    def _exemptions(self) -> None:
        reasons = dict.fromkeys(
            group.treatment.exemption_reason
            for group in self.view.totals.tax_groups
            if group.treatment.exemption_reason
        )
        if reasons:
            self.pdf.gap(1.5)
            self._labelled(self.labels.exemption, "; ".join(reasons))

    def _labelled(self, label: str, text: str) -> None:
        self.pdf.keep_together(10)
        self.pdf.style(8, MUTED)
        self.pdf.paragraph(label)
        self.pdf.style(9)
        self.pdf.paragraph(text)

    def _payment(self) -> None:
        view, labels, pdf = self.view, self.labels, self.pdf
        payment = view.payment
        facts = bank_facts(payment.account, view.language) if payment and payment.account else []
        facts += [
            (labels.payment_reference, payment.reference if payment else ""),
            (labels.payment_terms, view.payment_terms),
            (labels.note, view.note),
        ]
        if any(value for _, value in facts):
            pdf.section(labels.payment)
            draw_columns(pdf, [facts_block(pdf, facts, pdf.epw)])

    def _signature(self) -> None:
        """A line to sign on: the file itself carries no signature, and a stamp needs a place."""
        pdf, representative = self.pdf, self.view.seller.representative
        pdf.keep_together(22)
        pdf.gap(9)
        y = pdf.get_y()
        pdf.style(8.5, MUTED)
        pdf.cell(32, pdf.line_mm, self.labels.signature)
        pdf.set_draw_color(*RULE)
        pdf.set_line_width(0.3)
        pdf.line(pdf.l_margin + 34, y + pdf.line_mm, pdf.l_margin + 84, y + pdf.line_mm)
        if representative:
            pdf.style(8.5)
            pdf.set_y(y)
            names = filter(None, (representative.name, representative.position))
            pdf.paragraph(", ".join(names), pdf.epw - 88, x_mm=pdf.l_margin + 88)

    def _tax_name(self, treatment: TaxTreatment) -> str:
        if treatment.category in {TaxCategory.OUTSIDE_SCOPE, TaxCategory.EXEMPT}:
            return "—"
        return format_percent(treatment.rate_percent, self.view.language)

    def _money(self, amount: Money) -> str:
        return format_money(amount, self.view.language)

    def _day(self, day: date | None) -> str:
        return format_date(day, self.view.language) if day else ""

    def _numbered(self, number: str, day: date | None) -> str:
        return ", ".join(filter(None, (f"№ {number}", self._day(day))))

    def _delivered(self) -> str:
        delivery = self.view.delivery
        if not delivery:
            return ""
        address = delivery.address.one_line() if delivery.address else ""
        return ", ".join(filter(None, (self._day(delivery.day), address)))
