"""What follows from an invoice's amounts. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from karavan.kit.documents.totals import (
    DocumentTotals,
    PricedLine,
    TaxCategory,
    TaxTreatment,
    compute_totals,
)
from karavan.kit.errors import invalid
from karavan.kit.money import AMOUNT_MAX, Money
from karavan.modules.invoicing.models import Invoice
from karavan.modules.invoicing.states import InvoiceKind, InvoiceState


class NewLine(Struct, frozen=True, kw_only=True):
    """A line to be invoiced.

    Attributes:
        unit: UN/ECE Recommendation 20 code.
        unit_price_amount: minor units without tax.
        tax_rate: 12 for 12 %.
    """

    name: str
    quantity: Decimal
    unit: str
    unit_price_amount: int
    tax_rate: Decimal
    description: str = ""


def treatments(rates: Sequence[Decimal], outside_vat_reason: str) -> list[TaxTreatment]:
    """The VAT category of each line from its rate.

    A document without any tax is one by a seller outside VAT (category O, which must stand alone and give its reason);
    an untaxed line beside taxed ones is zero-rated (UNCL 5305 as EN 16931 restricts it).
    """
    if not any(rate > 0 for rate in rates):
        return [TaxTreatment(TaxCategory.OUTSIDE_SCOPE, Decimal(0), outside_vat_reason)] * len(
            rates
        )
    return [
        TaxTreatment(TaxCategory.STANDARD if rate > 0 else TaxCategory.ZERO, rate) for rate in rates
    ]


def totals_of_lines(
    lines: Sequence[NewLine], currency: str, taxed_before: Mapping[Decimal, Money] | None = None
) -> DocumentTotals:
    """Add up lines by the platform's one arithmetic.

    Args:
        taxed_before: of a credit note, what the earlier ones of the same invoice were taxed on, by rate.

    Raises:
        ValidationError: the sum is larger than the platform can hold.
    """
    taxes = treatments([line.tax_rate for line in lines], "-")
    totals = compute_totals(
        [
            PricedLine(line.quantity, Money(line.unit_price_amount, currency), tax)
            for line, tax in zip(lines, taxes, strict=True)
        ],
        currency=currency,
        taxed_before=taxed_before,
    )
    if totals.tax_inclusive.amount > AMOUNT_MAX:
        raise invalid("#/lines", "too_large", "The total is larger than can be stored.")
    return totals


def due_amount(invoice: Invoice) -> int:
    """What the buyer still has to pay, in minor units; never negative."""
    if invoice.kind == InvoiceKind.CREDIT_NOTE or invoice.state == InvoiceState.VOID:
        return 0
    return max(0, invoice.total_amount - invoice.credited_amount - invoice.paid_amount)


def refund_amount(invoice: Invoice) -> int:
    """What the seller owes back because more was paid than remains after the credit notes, in minor units."""
    return max(0, invoice.paid_amount - (invoice.total_amount - invoice.credited_amount))


def is_overdue(invoice: Invoice, today: date) -> bool:
    """Whether the due date has passed with something still due."""
    return (
        invoice.state == InvoiceState.SENT
        and invoice.due_date is not None
        and invoice.due_date < today
        and due_amount(invoice) > 0
    )
