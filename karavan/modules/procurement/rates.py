"""Exchange rates: which of the stored ones apply, and what an amount comes to by them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.money import Money, minor_digits, round_half_up
from karavan.modules.procurement.errors import NoExchangeRateError
from karavan.modules.procurement.models import ExchangeRate

_PIVOTS = ("KZT", "RUB", "USD", "EUR")
"""Currencies that a missing pair is crossed through, in the order of how well they are kept here."""


class Rate(Struct, frozen=True):
    """One unit of `base` is worth `value` units of `quote`; `via` names the currency it was crossed through."""

    base: str
    quote: str
    value: Decimal
    effective_on: date
    source: str
    via: str | None = None

    def convert(self, amount: int) -> int:
        """Minor units of `base` as minor units of `quote`, rounded half away from zero."""
        shift = minor_digits(self.quote) - minor_digits(self.base)
        return round_half_up((Decimal(amount) * self.value).scaleb(shift))


class RateBook:
    """The rates of one day, as one organisation sees them."""

    def __init__(self, rates: Iterable[Rate], day: date) -> None:
        self.day = day
        self._known = {(rate.base, rate.quote): rate for rate in rates}

    def find(self, base: str, quote: str) -> Rate:
        """The rate of a pair: as stored, the inverse, or crossed through one other currency.

        Raises:
            NoExchangeRateError: none of the three is there.
        """
        if base == quote:
            return Rate(base, quote, Decimal(1), self.day, "")
        if (direct := self._direct(base, quote)) is not None:
            return direct
        for pivot in _PIVOTS:
            first, second = self._direct(base, pivot), self._direct(pivot, quote)
            if first is not None and second is not None:
                return Rate(
                    base,
                    quote,
                    first.value * second.value,
                    min(first.effective_on, second.effective_on),
                    " × ".join(dict.fromkeys(filter(None, (first.source, second.source)))),
                    pivot,
                )
        raise NoExchangeRateError(
            f"There is no rate from {base} to {quote} for {self.day.isoformat()}.",
            base=base,
            quote=quote,
            on=self.day.isoformat(),
        )

    def convert(self, money: Money, currency: str) -> int:
        """The amount in minor units of `currency`."""
        return self.find(money.currency, currency).convert(money.amount)

    def _direct(self, base: str, quote: str) -> Rate | None:
        if (stored := self._known.get((base, quote))) is not None:
            return stored
        inverse = self._known.get((quote, base))
        if inverse is None:
            return None
        return Rate(base, quote, 1 / inverse.value, inverse.effective_on, inverse.source)


def applicable_rates(organisation_id: UUID, day: date) -> Select[ExchangeRate]:
    """The latest rate of every pair up to `day`; an organisation's own comes before the platform's."""
    own = ExchangeRate.organisation_id == organisation_id
    return (
        select(ExchangeRate)
        .where(or_(own, ExchangeRate.organisation_id.is_(None)), ExchangeRate.effective_on <= day)
        .ext(distinct_on(ExchangeRate.base_currency, ExchangeRate.quote_currency))
        .order_by(
            ExchangeRate.base_currency,
            ExchangeRate.quote_currency,
            ExchangeRate.organisation_id.is_(None),
            ExchangeRate.effective_on.desc(),
        )
    )


async def rate_book(session: AsyncSession, organisation_id: UUID, day: date) -> RateBook:
    """The rates that apply to an organisation on a day."""
    rows = await session.scalars(applicable_rates(organisation_id, day))
    return RateBook(
        (
            Rate(row.base_currency, row.quote_currency, row.rate, row.effective_on, row.source)
            for row in rows
        ),
        day,
    )
