"""Money as whole minor units with a currency: no floats, one rounding rule, nothing lost in a split."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Annotated, Self

from msgspec import Struct
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from karavan.kit.schemas import CurrencyCode

# ISO 4217 currencies whose minor unit is not a hundredth; every other known code has two digits.
_MINOR_DIGITS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}

# Codes that the platform accepts: what traders of the region quote in, and what open-contracting data carries.
CURRENCIES = frozenset(
    """AED AMD ARS AUD AZN BGN BHD BRL BYN CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS
    INR IQD ISK JOD JPY KES KGS KRW KWD KZT LYD MAD MDL MNT MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN PYG
    QAR RON RSD RUB SAR SEK SGD THB TJS TMT TND TRY TWD UAH UGX USD UYU UZS VND ZAR""".split()
)

_CURRENCIES_WRITTEN = ", ".join(sorted(CURRENCIES))

EXACT = Context(prec=60)
"""Keeps so many digits that quantity × price never loses one before the only rounding."""

_ONE = Decimal(1)

AMOUNT_MAX = 9_000_000_000_000_000
"""The largest amount in minor units that a browser's number still holds exactly."""


class CurrencyMismatchError(ValueError):
    """Two amounts in different currencies were added or compared."""


def minor_digits(currency: str) -> int:
    """Digits after the point in `currency`: 2 for KZT, 0 for JPY, 3 for KWD (ISO 4217)."""
    return _MINOR_DIGITS.get(currency, 2)


def round_half_up(value: Decimal) -> int:
    """The one rounding rule of the platform: half away from zero, to a whole number."""
    return int(value.quantize(_ONE, ROUND_HALF_UP, EXACT))


class Money(Struct, frozen=True):
    """An `amount` of minor units (tiyn, kopecks, cents) in an ISO 4217 `currency`."""

    amount: int
    currency: str

    @classmethod
    def from_decimal(cls, value: Decimal, currency: str) -> Self:
        """Major units such as `Decimal("1500.005")`, rounded half away from zero."""
        return cls(round_half_up(value.scaleb(minor_digits(currency), EXACT)), currency)

    def to_decimal(self) -> Decimal:
        """Major units with exactly the currency's digits."""
        return Decimal(self.amount).scaleb(-minor_digits(self.currency), EXACT)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self.currency} with {other.currency}")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount

    def times(self, factor: Decimal) -> "Money":
        """The amount multiplied by a quantity or rate, rounded once."""
        return Money(round_half_up(EXACT.multiply(Decimal(self.amount), factor)), self.currency)

    def share(self, basis_points: int) -> "Money":
        """That many hundredths of a per cent of the amount."""
        return self.times(Decimal(basis_points) / 10_000)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Divide by non-negative `weights` so that the parts add up to the whole.

        Largest remainders first: each part differs from its exact share by less than one minor unit.

        Raises:
            ValueError: no weight is positive, or one is negative.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be non-negative and not all zero")
        sign = -1 if self.amount < 0 else 1
        whole = abs(self.amount)
        parts = [whole * weight // total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(whole * weights[i] % total), i))
        for index in by_remainder[: whole - sum(parts)]:
            parts[index] += 1
        return [Money(sign * part, self.currency) for part in parts]


class MoneyBody(BaseModel):
    """Money in a request or an answer: minor units and the currency's code."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"amount": 150000, "currency": "KZT"}]}
    )

    amount: int = Field(
        strict=True, ge=-AMOUNT_MAX, le=AMOUNT_MAX, description="Whole minor units."
    )
    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217 code.")

    @classmethod
    def of(cls, amount: int, currency: str) -> "MoneyBody":
        """Build without re-validating values that come from our own rows."""
        return cls.model_construct(amount=amount, currency=currency)

    def money(self) -> Money:
        """The value to calculate with."""
        return Money(self.amount, self.currency)


def _accepted_currency(code: str) -> str:
    if code not in CURRENCIES:
        raise PydanticCustomError(
            "currency_unknown",
            "Must be a currency that the platform accepts: {currencies}",
            {"currencies": _CURRENCIES_WRITTEN},
        )
    return code


def _accepted(value: MoneyBody) -> MoneyBody:
    _accepted_currency(value.currency)
    return value


def _not_negative(value: MoneyBody) -> MoneyBody:
    if value.amount < 0:
        raise ValueError("must not be negative")
    return value


Currency = Annotated[CurrencyCode, AfterValidator(_accepted_currency)]
"""A currency in a request body: one of `CURRENCIES`."""

Price = Annotated[MoneyBody, AfterValidator(_accepted), AfterValidator(_not_negative)]
"""Money in a request body that may be nothing, but not less."""
