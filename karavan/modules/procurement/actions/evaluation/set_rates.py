"""Enter exchange rates, and take own ones away."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.decimals import plain
from karavan.kit.errors import NotFoundError, invalid
from karavan.kit.ids import new_id
from karavan.modules.procurement.models import ExchangeRate
from karavan.modules.procurement.schemas.evaluation import RatesBody


async def set_own_rates(session: AsyncSession, actor: Actor, body: RatesBody) -> None:
    """Enter rates of the actor's organisation: they come before the platform's in its comparisons and awards.

    Raises:
        ValidationError: a currency against itself.
    """
    await _store(session, actor.organisation_id, body)
    record_audit(
        session,
        actor,
        "exchange_rates.set",
        target_type="organisation",
        target_id=actor.organisation_id,
        target_label=actor.organisation_name,
        after={f"{one.base}/{one.quote} {one.effective_on}": str(one.rate) for one in body.rates},
    )


async def delete_own_rate(
    session: AsyncSession, actor: Actor, base: str, quote: str, effective_on: date
) -> None:
    """Take away what the actor's organisation entered for a pair from a day on; what stood before it applies again.

    Raises:
        NotFoundError: the organisation has entered none for this pair and day.
    """
    rate = await session.scalar(
        delete(ExchangeRate)
        .where(
            ExchangeRate.organisation_id == actor.organisation_id,
            ExchangeRate.base_currency == base,
            ExchangeRate.quote_currency == quote,
            ExchangeRate.effective_on == effective_on,
        )
        .returning(ExchangeRate.rate)
    )
    if rate is None:
        raise NotFoundError
    record_audit(
        session,
        actor,
        "exchange_rates.delete",
        target_type="organisation",
        target_id=actor.organisation_id,
        target_label=actor.organisation_name,
        before={f"{base}/{quote} {effective_on}": plain(rate)},
    )


async def set_platform_rates(session: AsyncSession, body: RatesBody) -> None:
    """Enter rates for everybody. Only the system role may.

    Raises:
        ValidationError: a currency against itself.
    """
    await _store(session, None, body)


async def _store(session: AsyncSession, organisation_id: UUID | None, body: RatesBody) -> None:
    for index, one in enumerate(body.rates):
        if one.base == one.quote:
            raise invalid(
                f"#/rates/{index}/quote", "same_currency", "Name two different currencies."
            )
    # One row a key: PostgreSQL refuses to update a row twice in one statement, and the last one named wins.
    rows = {
        (one.base, one.quote, one.effective_on): {
            "id": new_id(),
            "organisation_id": organisation_id,
            "base_currency": one.base,
            "quote_currency": one.quote,
            "rate": one.rate,
            "effective_on": one.effective_on,
            "source": one.source,
        }
        for one in body.rates
    }
    statement = insert(ExchangeRate).values(list(rows.values()))
    await session.execute(
        statement.on_conflict_do_update(
            constraint="uq_procurement_exchange_rates_day",
            set_={"rate": statement.excluded.rate, "source": statement.excluded.source},
        )
    )
