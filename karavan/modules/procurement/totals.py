"""What an offer adds up to: the one arithmetic that quotes and the terms of deals share."""

from collections.abc import Iterable
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

DELIVERY_UNIT = "LS"
"""UN/ECE Recommendation 20: a lump sum."""


class OfferedLine(Struct, frozen=True):
    """A priced line. `unit_price_amount` is in minor units, `tax_rate` is 12 for 12 %."""

    quantity: Decimal
    unit_price_amount: int
    tax_rate: Decimal


def delivery_tax_rate(lines: Iterable[OfferedLine]) -> Decimal:
    """The rate at which a delivery charge is taxed: it follows the goods, at the highest of their rates."""
    return max((line.tax_rate for line in lines), default=Decimal(0))


def offer_totals(
    lines: Iterable[OfferedLine], currency: str, *, delivery_amount: int = 0
) -> DocumentTotals:
    """Add up an offer; a delivery charge counts as one more line.

    Args:
        lines: at least one; those that are not available are left out by the caller.
        delivery_amount: minor units without tax.

    Returns:
        Totals with one rounding per line and one per tax rate; `line_nets` ends with the delivery if there is one.

    Raises:
        ValidationError: the sum is larger than the platform can hold.
    """
    offered = list(lines)
    if delivery_amount:
        offered.append(OfferedLine(Decimal(1), delivery_amount, delivery_tax_rate(offered)))
    totals = compute_totals(
        [
            PricedLine(
                line.quantity, Money(line.unit_price_amount, currency), treatment(line.tax_rate)
            )
            for line in offered
        ],
        currency=currency,
    )
    if totals.tax_inclusive.amount > AMOUNT_MAX:
        raise invalid("#/lines", "too_large", "The total is larger than can be stored.")
    return totals


def treatment(rate: Decimal) -> TaxTreatment:
    """How a line of an offer is taxed: whether an untaxed vendor is outside VAT shows on the invoice only."""
    return TaxTreatment(TaxCategory.STANDARD if rate > 0 else TaxCategory.ZERO, rate)
