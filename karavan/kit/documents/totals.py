"""The arithmetic of a priced document: line nets, tax by group, totals.

Pure functions over `Money` and `Decimal`, used where a document is made and where it is printed, so
that the invoice in the database, the PDF and the XML cannot disagree. The order of operations is that
of EN 16931: tax is rounded once per group of category and rate, never per line.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from karavan.kit.money import EXACT, Money

DECIMALS_MAX = 6
"""Digits after the point that a quantity or a unit price may carry."""


class TaxCategory(StrEnum):
    """VAT categories of UNCL 5305 as EN 16931 restricts them."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_COMMUNITY = "K"
    EXPORT = "G"
    OUTSIDE_SCOPE = "O"


NEEDS_REASON = frozenset(TaxCategory) - {TaxCategory.STANDARD, TaxCategory.ZERO}
"""Categories in which the law asks the document to say why no tax is charged."""


class DocumentArithmeticError(ValueError):
    """A line, an adjustment or a tax cannot stand on a document as it was given."""


class TaxTreatment(Struct, frozen=True):
    """How something is taxed: `rate_percent` is 12 for 12 %, `exemption_reason` is printed as given.

    Raises:
        DocumentArithmeticError: a rate that is not positive in category S, or not zero elsewhere.
    """

    category: TaxCategory
    rate_percent: Decimal = Decimal(0)
    exemption_reason: str = ""

    def __post_init__(self) -> None:
        if (self.category is TaxCategory.STANDARD) != (self.rate_percent > 0):
            raise DocumentArithmeticError(
                f"a rate of {self.rate_percent} % does not fit tax category {self.category}"
            )

    @property
    def group(self) -> tuple[TaxCategory, Decimal]:
        """What makes two lines share one tax subtotal; 12 and 12.00 are the same rate."""
        return self.category, self.rate_percent.normalize()


class PricedLine(Struct, frozen=True):
    """What a line's net amount follows from.

    `unit_price` is in major units for `base_quantity` units and may be finer than the minor unit
    (0.0042 EUR a screw); `allowance` is taken off the line before tax, `charge` added to it.
    A correction has a negative quantity, never a negative price (EN 16931 BR-27).

    Raises:
        DocumentArithmeticError: negative price, base quantity that is not positive, too many decimals.
    """

    quantity: Decimal
    unit_price: Decimal | Money
    tax: TaxTreatment
    base_quantity: Decimal = Decimal(1)
    allowance: Money | None = None
    charge: Money | None = None

    def __post_init__(self) -> None:
        price = self.price_decimal
        if price < 0:
            raise DocumentArithmeticError("a unit price may not be negative")
        if self.base_quantity <= 0:
            raise DocumentArithmeticError("a price is for a positive number of units")
        for value in (self.quantity, price, self.base_quantity):
            if decimals_of(value) > DECIMALS_MAX:
                raise DocumentArithmeticError(f"{value} has more than {DECIMALS_MAX} decimals")

    @property
    def price_decimal(self) -> Decimal:
        """The unit price in major units."""
        price = self.unit_price
        return price.to_decimal() if isinstance(price, Money) else price

    def gross(self) -> Decimal:
        """Quantity × price in major units before rounding, allowance and charge."""
        return EXACT.divide(EXACT.multiply(self.quantity, self.price_decimal), self.base_quantity)

    def net(self, currency: str) -> Money:
        """The line's amount without tax, rounded half up to the minor unit of `currency`."""
        zero = Money(0, currency)
        if isinstance(self.unit_price, Money):
            zero += Money(0, self.unit_price.currency)
        amount = Money.from_decimal(self.gross(), currency)
        return amount - (self.allowance or zero) + (self.charge or zero)


class Adjustment(Struct, frozen=True):
    """An allowance or a charge on the whole document; whether it is one or the other, its place says."""

    amount: Money
    tax: TaxTreatment
    reason: str

    def __post_init__(self) -> None:
        if self.amount.amount < 0:
            raise DocumentArithmeticError("an allowance or a charge is given as a positive amount")


class TaxGroup(Struct, frozen=True):
    """The subtotal of one category and rate."""

    treatment: TaxTreatment
    taxable: Money
    tax: Money


class DocumentTotals(Struct, frozen=True):
    """Every sum of a document, in one currency; `line_nets` is in the order of the lines."""

    line_nets: tuple[Money, ...]
    lines: Money
    allowances: Money
    charges: Money
    tax_exclusive: Money
    tax_groups: tuple[TaxGroup, ...]
    tax: Money
    tax_inclusive: Money
    prepaid: Money
    payable: Money

    @property
    def currency(self) -> str:
        """The currency that all amounts share."""
        return self.payable.currency


def decimals_of(value: Decimal) -> int:
    """Significant digits after the point: 0 for 12, 12.0 and 1E+2, 2 for 0.250."""
    exponent = value.normalize(EXACT).as_tuple().exponent
    if not isinstance(exponent, int):
        raise DocumentArithmeticError(f"{value} is not a number")
    return max(0, -exponent)


def tax_on(taxable: Money, rate_percent: Decimal) -> Money:
    """Tax on a group: rounded once, half away from zero (EN 16931 BR-CO-17)."""
    return taxable.times(rate_percent / 100)


def compute_totals(
    lines: Sequence[PricedLine],
    allowances: Sequence[Adjustment] = (),
    charges: Sequence[Adjustment] = (),
    prepaid: Money | None = None,
    *,
    currency: str,
    taxed_before: Mapping[Decimal, Money] | None = None,
) -> DocumentTotals:
    """Add up a document in `currency`.

    Args:
        lines: at least one.
        allowances: document-level reductions, each taxed in its own category.
        charges: document-level additions such as freight.
        prepaid: what was paid already; taken off the amount due only.
        currency: ISO 4217 code that every amount must be in.
        taxed_before: by rate, what earlier parts of the same whole were taxed on. A group's tax is then what it adds to
            theirs, so that all parts together come to the tax of the whole, and never to a cent more or less.

    Returns:
        Totals by the formulas of EN 16931 BR-CO-10 to BR-CO-17. Tax groups come in the order in which
        they first appear; the exemption reasons of one group are joined with "; ".

    Raises:
        DocumentArithmeticError: no line, or category O (outside VAT) beside another one (BR-O-11).
        CurrencyMismatchError: an amount in another currency.
    """
    if not lines:
        raise DocumentArithmeticError("a document needs at least one line")
    zero = Money(0, currency)
    nets = tuple(line.net(currency) for line in lines)
    lines_sum = _sum(nets, zero)
    allowance_sum = _sum((one.amount for one in allowances), zero)
    charge_sum = _sum((one.amount for one in charges), zero)
    exclusive = lines_sum - allowance_sum + charge_sum
    groups = _tax_groups(
        [
            *((line.tax, net) for line, net in zip(lines, nets, strict=True)),
            *((one.tax, zero - one.amount) for one in allowances),
            *((one.tax, one.amount) for one in charges),
        ],
        zero,
        taxed_before or {},
    )
    tax = _sum((group.tax for group in groups), zero)
    inclusive = exclusive + tax
    paid = zero + (prepaid or zero)
    return DocumentTotals(
        line_nets=nets,
        lines=lines_sum,
        allowances=allowance_sum,
        charges=charge_sum,
        tax_exclusive=exclusive,
        tax_groups=groups,
        tax=tax,
        tax_inclusive=inclusive,
        prepaid=paid,
        payable=inclusive - paid,
    )


def _sum(amounts: Iterable[Money], zero: Money) -> Money:
    total = zero
    for amount in amounts:
        total += amount
    return total


def _tax_groups(
    parts: Sequence[tuple[TaxTreatment, Money]], zero: Money, before: Mapping[Decimal, Money]
) -> tuple[TaxGroup, ...]:
    taxable: dict[tuple[TaxCategory, Decimal], Money] = {}
    reasons: dict[tuple[TaxCategory, Decimal], dict[str, None]] = {}
    for treatment, amount in parts:
        group = treatment.group
        taxable[group] = taxable.get(group, zero) + amount
        group_reasons = reasons.setdefault(group, {})
        if treatment.exemption_reason:
            group_reasons[treatment.exemption_reason] = None
    if len(taxable) > 1 and any(category is TaxCategory.OUTSIDE_SCOPE for category, _ in taxable):
        raise DocumentArithmeticError(
            "what is outside VAT cannot share a document with what is taxed"
        )
    return tuple(
        TaxGroup(
            TaxTreatment(group[0], group[1], "; ".join(reasons[group])),
            amount,
            _tax_added(before.get(group[1], zero), amount, group[1]),
        )
        for group, amount in taxable.items()
    )


def _tax_added(before: Money, taxable: Money, rate_percent: Decimal) -> Money:
    return tax_on(before + taxable, rate_percent) - tax_on(before, rate_percent)
