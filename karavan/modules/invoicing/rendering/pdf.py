"""An invoice or a credit note on paper."""

from datetime import date

from karavan.kit.documents.blocks import (
    bank_facts,
    column_width_mm,
    draw_columns,
    facts_block,
    party_block,
)
from karavan.kit.documents.formatting import Language, format_date
from karavan.kit.documents.page import MUTED, RULE, DocumentFrame, DocumentPdf
from karavan.kit.documents.priced import PricedContent, PricedItem, draw_priced
from karavan.kit.documents.priced_labels import PRICED_LABELS
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
        self._priced()
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

    def _priced(self) -> None:
        view = self.view
        draw_priced(
            self.pdf,
            PricedContent(
                items=[
                    PricedItem(line.name, line.pricing, line.unit_code, _notes(line, view.language))
                    for line in view.lines
                ],
                totals=view.totals,
                payable_label=self.payable_label,
                allowances=view.allowances,
                charges=view.charges,
            ),
        )

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


def _notes(line: InvoiceLine, language: Language) -> tuple[str, ...]:
    """What a buyer recognises a line by: its description and its codes."""
    item_code = PRICED_LABELS[language].item_code
    codes = (
        f"{item_code} {line.seller_item_code}" if line.seller_item_code else "",
        f"GTIN {line.gtin}" if line.gtin else "",
    )
    return line.description, ", ".join(code for code in codes if code)
