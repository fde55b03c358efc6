"""A supply contract on paper, from its preamble to the signatures."""

from karavan.kit.documents.blocks import (
    Line,
    block_height_mm,
    column_width_mm,
    draw_columns,
    facts_block,
    party_block,
    text_block,
)
from karavan.kit.documents.formatting import format_date, format_moment
from karavan.kit.documents.page import INK, MUTED, DocumentFrame, DocumentPdf
from karavan.kit.documents.parties import Party
from karavan.kit.documents.priced import PricedContent, PricedItem, draw_priced
from karavan.kit.documents.priced_labels import PRICED_LABELS
from karavan.modules.procurement.rendering.contract_labels import CONTRACT_LABELS, ContractLabels
from karavan.modules.procurement.rendering.contract_view import (
    ContractLine,
    ContractSignature,
    ContractView,
)

_TEXT_SIZE = 9.5


def render_contract_pdf(view: ContractView) -> bytes:
    """Set a contract on A4 in its own language.

    Returns:
        The same bytes for the same view, so that their SHA-256 can be stored and signed. It takes some
        tenths of a second of processor time: request handlers call it in a thread.
    """
    return _ContractPdf(view).render()


class _ContractPdf:
    def __init__(self, view: ContractView) -> None:
        self.view = view
        self.labels: ContractLabels = CONTRACT_LABELS[view.language]
        self.title = self.labels.title.format(number=view.number)
        dated = self.labels.subtitle.format(
            date=format_date(view.concluded_on, view.language), version=view.version
        )
        self.subtitle = ", ".join(part for part in (view.place, dated) if part)
        self.sections = 0
        self.pdf = DocumentPdf(
            DocumentFrame(
                title=self.title,
                author=view.supplier.legal_name,
                subject=f"{view.supplier.legal_name} — {view.buyer.legal_name}",
                running_title=f"{self.title}, {dated}",
                language=view.language,
                created_at=view.created_at,
            )
        )

    def render(self) -> bytes:
        """The whole contract in reading order; a clause without content takes no number."""
        labels, terms = self.labels, self.view.terms
        self.pdf.title_block(self.title, self.subtitle, labels.draft if self.view.is_draft else "")
        self._preamble()
        self._subject()
        self._goods()
        self._delivery()
        for title, text in (
            (labels.payment, terms.payment_terms),
            (labels.warranty, terms.warranty),
            (labels.penalties, terms.penalties),
            (labels.other, terms.other),
        ):
            self._clause(title, text)
        self._validity()
        self._requisites()
        return self.pdf.finish()

    def _section(self, title: str, keep_mm: float = 14) -> None:
        self.sections += 1
        self.pdf.section(f"{self.sections}. {title}", keep_mm)

    def _clause(self, title: str, text: str) -> None:
        if text.strip():
            self._section(title)
            self._write(text)

    def _write(self, text: str) -> None:
        self.pdf.style(_TEXT_SIZE)
        self.pdf.paragraph(text)

    def _preamble(self) -> None:
        self._write(
            self.labels.preamble.format(
                supplier=self._side(self.view.supplier, self.labels.supplier),
                buyer=self._side(self.view.buyer, self.labels.buyer),
            )
        )

    def _side(self, party: Party, role: str) -> str:
        labels, representative = self.labels, party.representative
        representation = ""
        if representative:
            basis = labels.on_basis.format(basis=representative.basis)
            representation = labels.represented.format(
                person=" ".join(filter(None, (representative.position, representative.name))),
                basis=basis if representative.basis else "",
            )
        return labels.side.format(name=party.legal_name, representation=representation, role=role)

    def _subject(self) -> None:
        view, labels = self.view, self.labels
        self._section(labels.subject)
        self._write(view.terms.subject or labels.subject_default)
        sources = [
            template.format(number=number)
            for template, number in (
                (labels.request, view.request_number),
                (labels.quote, view.quote_number),
            )
            if number
        ]
        if sources:
            self.pdf.gap(1)
            self._write(labels.origin.format(sources=", ".join(sources)))

    def _goods(self) -> None:
        view = self.view
        self._section(self.labels.goods, keep_mm=40)
        self.pdf.gap(1)
        draw_priced(
            self.pdf,
            PricedContent(
                items=[
                    PricedItem(line.name, line.pricing, line.unit_code, self._notes(line))
                    for line in view.lines
                ],
                totals=view.totals,
                payable_label=self.labels.total,
                allowances=view.allowances,
                charges=view.charges,
            ),
        )

    def _notes(self, line: ContractLine) -> tuple[str, ...]:
        item_code = PRICED_LABELS[self.view.language].item_code
        details = [
            f"{item_code} {line.seller_item_code}" if line.seller_item_code else "",
            self.labels.line_lead_time.format(days=line.lead_time_days)
            if line.lead_time_days is not None
            else "",
        ]
        return line.description, ", ".join(filter(None, details))

    def _delivery(self) -> None:
        labels, terms = self.labels, self.view.terms
        days = terms.lead_time_days
        self._facts(
            labels.delivery,
            [
                (labels.delivery_terms, terms.delivery_terms),
                (labels.delivery_place, terms.delivery_place),
                (labels.lead_time, str(days) if days is not None else ""),
            ],
        )

    def _facts(self, title: str, pairs: list[tuple[str, str]]) -> None:
        if any(value.strip() for _, value in pairs):
            self._section(title)
            draw_columns(self.pdf, [facts_block(self.pdf, pairs, self.pdf.epw)])

    def _validity(self) -> None:
        view, labels = self.view, self.labels
        if not view.valid_from and not view.valid_until:
            self._clause(labels.validity, labels.valid_from_signing)
            return
        pairs = [(labels.valid_from, view.valid_from), (labels.valid_until, view.valid_until)]
        self._facts(
            labels.validity,
            [(label, format_date(day, view.language) if day else "") for label, day in pairs],
        )

    def _requisites(self) -> None:
        """Both parties side by side, each with its signature; kept on one page where that is possible."""
        view, labels, pdf = self.view, self.labels, self.pdf
        width = column_width_mm(pdf, 2)
        blocks = [
            party_block(pdf, role, party, width, with_bank=True)
            for role, party in ((labels.supplier, view.supplier), (labels.buyer, view.buyer))
        ]
        signatures = [
            _signature_block(pdf, labels, party, signature, width)
            for party, signature in (
                (view.supplier, view.supplier_signature),
                (view.buyer, view.buyer_signature),
            )
        ]
        signature_mm = max(block_height_mm(pdf, block) for block in signatures) + 10
        height = max(block_height_mm(pdf, block) for block in blocks) + signature_mm
        self._section(labels.requisites, keep_mm=min(height, pdf.page_height_mm - 10))
        pdf.gap(1)
        draw_columns(pdf, blocks)
        pdf.gap(6)
        pdf.keep_together(signature_mm)
        pdf.rule(pdf.get_y())
        pdf.gap(3)
        draw_columns(pdf, signatures)


def _signature_block(
    pdf: DocumentPdf,
    labels: ContractLabels,
    party: Party,
    signature: ContractSignature | None,
    width_mm: float,
) -> list[Line]:
    """Who signed, when and which version; or a line with the name of the person who is to sign."""
    if signature is None:
        representative = party.representative
        person = (
            ", ".join(filter(None, (representative.name, representative.position)))
            if representative
            else ""
        )
        return [
            *text_block(pdf, labels.unsigned, width_mm, colour=MUTED, space_after_mm=6),
            *text_block(pdf, "_" * 34, width_mm, colour=MUTED, space_after_mm=0.5),
            *text_block(pdf, person, width_mm),
        ]
    who = ", ".join(filter(None, (signature.signed_by, signature.position)))
    when = labels.signed_at.format(
        moment=format_moment(signature.signed_at, pdf.frame.language), version=signature.version
    )
    return [
        *text_block(
            pdf, labels.signed.format(name=who), width_mm, colour=INK, bold=True, space_after_mm=0.5
        ),
        *text_block(pdf, when, width_mm, colour=MUTED),
    ]
