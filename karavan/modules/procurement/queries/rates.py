"""Exchange rates as an organisation sees them."""

from datetime import UTC, date

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.decimals import plain
from karavan.modules.procurement.models import ExchangeRate
from karavan.modules.procurement.rates import applicable_rates
from karavan.modules.procurement.schemas.evaluation import RatesView, RateView


async def latest_rates(
    session: AsyncSession, actor: Actor, *, base: str | None, quote: str | None, on: date | None
) -> RatesView:
    """The rate of every pair that applies on a day, today by default; an own one comes before the platform's."""
    day = on or (await database_now(session)).astimezone(UTC).date()
    statement = applicable_rates(actor.organisation_id, day)
    if base is not None:
        statement = statement.where(ExchangeRate.base_currency == base)
    if quote is not None:
        statement = statement.where(ExchangeRate.quote_currency == quote)
    rows = await session.scalars(statement)
    return RatesView(
        rates=[
            RateView(
                base=row.base_currency,
                quote=row.quote_currency,
                rate=plain(row.rate),
                effective_on=row.effective_on,
                source=row.source,
                own=row.organisation_id is not None,
            )
            for row in rows
        ]
    )
