"""The papers of an order on A4."""

from datetime import date
from decimal import Decimal

from karavan.kit.documents.blocks import column_width_mm, draw_columns, facts_block, party_block
from karavan.kit.documents.formatting import format_date, format_number
from karavan.kit.documents.labels import unit_name
from karavan.kit.documents.page import MUTED, DocumentFrame, DocumentPdf
from karavan.kit.documents.priced import PricedContent, PricedItem, draw_priced
from karavan.kit.documents.table import Cell, Column, draw_table
from karavan.kit.documents.totals import (
    PricedLine,
    TaxCategory,
    TaxTreatment,
    compute_totals,
)
from karavan.kit.money import Money
from karavan.modules.orders.rendering.labels import ORDER_LABELS
from karavan.modules.orders.rendering.view import PaperLine, PaperOrder, PaperShipment


def render_proforma(order: PaperOrder) -> bytes:
    """What was ordered at which prices, for the buyer's books before there is an invoice.

    Returns:
        The same bytes for the same order. It takes some tenths of a second of processor time: request handlers call it
        in a thread.
    """
    labels = ORDER_LABELS[order.language]
    pdf = _begin(order, labels.proforma.format(number=order.number))
    _parties(pdf, order, with_bank=True)
    days = order.payment_days
    _facts(
        pdf,
        [
            (labels.buyer_reference, order.buyer_reference),
            (labels.wanted_on, _day(order.wanted_on, order)),
            (labels.delivery_address, order.delivery_address),
            (labels.payment, labels.payment_days.format(days=days) if days is not None else ""),
        ],
    )
    lines = [line for line in order.lines if line.quantity > 0]
    untaxed = not any(line.tax_rate > 0 for line in lines)
    items = [
        PricedItem(
            line.name,
            PricedLine(
                line.quantity,
                Money(line.unit_price_amount, order.currency),
                _treatment(line.tax_rate, labels.outside_vat if untaxed else ""),
            ),
            line.unit_code,
            (", ".join(filter(None, (line.sku, line.options))),),
        )
        for line in lines
    ]
    draw_priced(
        pdf,
        PricedContent(
            items=items,
            totals=compute_totals([item.pricing for item in items], currency=order.currency),
            payable_label=labels.payable,
        ),
    )
    pdf.gap(4)
    pdf.style(8, MUTED)
    pdf.paragraph(labels.not_an_invoice)
    if order.note:
        pdf.section(labels.note)
        pdf.style(9)
        pdf.paragraph(order.note)
    return pdf.finish()


def render_packing_slip(order: PaperOrder, shipment: PaperShipment | None) -> bytes:
    """What is in the parcel, without prices, with places to sign.

    Args:
        shipment: nothing before anything has left: then it lists what is to be packed.
    """
    labels = ORDER_LABELS[order.language]
    pdf = _begin(order, labels.packing_slip.format(number=order.number))
    _parties(pdf, order, with_bank=False)
    facts = [
        (labels.buyer_reference, order.buyer_reference),
        (labels.delivery_address, order.delivery_address),
    ]
    if shipment is not None:
        where = labels.shipment.format(position=shipment.position)
        facts += [
            (where, _day(shipment.shipped_on, order)),
            (labels.carrier, shipment.carrier),
            (labels.tracking_number, shipment.tracking_number),
        ]
    _facts(pdf, facts)
    packed = [
        (line, shipment.quantities.get(line.id, Decimal(0)) if shipment else line.quantity)
        for line in order.lines
    ]
    draw_table(
        pdf,
        [
            Column("№", figures=True),
            Column(labels.sku),
            Column(labels.goods, flexible=True),
            Column(labels.unit),
            Column(labels.ordered, figures=True),
            Column(labels.packed, figures=True),
        ],
        [
            _slip_row(order, index, line, quantity)
            for index, (line, quantity) in enumerate(packed, 1)
            if quantity > 0
        ],
        keep_after_mm=30,
    )
    pdf.gap(12)
    pdf.style(9)
    pdf.paragraph(f"{labels.packed_by} {'_' * 28}    {labels.received_by} {'_' * 28}")
    return pdf.finish()


def _slip_row(order: PaperOrder, index: int, line: PaperLine, quantity: Decimal) -> list[Cell]:
    return [
        Cell(str(index)),
        Cell(line.sku),
        Cell(line.name, line.options),
        Cell(unit_name(line.unit_code, order.language)),
        Cell(format_number(line.ordered, order.language)),
        Cell(format_number(quantity, order.language)),
    ]


def _begin(order: PaperOrder, title: str) -> DocumentPdf:
    labels = ORDER_LABELS[order.language]
    pdf = DocumentPdf(
        DocumentFrame(
            title=title,
            author=order.seller.legal_name,
            subject=f"{order.seller.legal_name} → {order.buyer.legal_name}",
            running_title=f"{title} · {order.seller.legal_name}",
            language=order.language,
            created_at=order.created_at,
        )
    )
    dated = labels.dated.format(date=format_date(order.placed_on, order.language))
    pdf.title_block(title, dated, "")
    return pdf


def _parties(pdf: DocumentPdf, order: PaperOrder, *, with_bank: bool) -> None:
    labels = ORDER_LABELS[order.language]
    width = column_width_mm(pdf, 2)
    draw_columns(
        pdf,
        [
            party_block(pdf, labels.seller, order.seller, width, with_bank=with_bank),
            party_block(pdf, labels.buyer, order.buyer, width),
        ],
    )
    pdf.gap(4)


def _facts(pdf: DocumentPdf, facts: list[tuple[str, str]]) -> None:
    shown = [fact for fact in facts if fact[1]]
    if shown:
        pdf.rule(pdf.get_y())
        pdf.gap(3)
        draw_columns(pdf, [facts_block(pdf, shown, pdf.epw)])
        pdf.gap(4)


def _treatment(rate: Decimal, outside_vat: str) -> TaxTreatment:
    if outside_vat:
        return TaxTreatment(TaxCategory.OUTSIDE_SCOPE, Decimal(0), outside_vat)
    return TaxTreatment(TaxCategory.STANDARD if rate > 0 else TaxCategory.ZERO, rate)


def _day(day: date | None, order: PaperOrder) -> str:
    return format_date(day, order.language) if day is not None else ""
