"""What is done about prices behind the scenes: chains are worked out after changes, and when lists begin or end."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_rows
from karavan.kit.jobs import JobContext, enqueue, job, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.importing import price_lists  # its kind, for the job that imports
from karavan.modules.catalogue.price_resolving import resolve_supplier

__all__ = ["RESOLVE", "price_lists", "resolve_later"]

RESOLVE = "catalogue.resolve_prices"

_BEGUN_OR_ENDED = """
select distinct organisation_id from catalogue_price_lists
where active and (valid_from between now() - interval '10 minutes' and now()
                  or valid_to between now() - interval '10 minutes' and now())
"""


async def resolve_later(session: AsyncSession, organisation_id: UUID) -> None:
    """Have a supplier's prices worked out; one such job waits at a time, and they follow one another."""
    await enqueue(
        session,
        RESOLVE,
        lock=f"prices:{organisation_id}",
        queueing_lock=f"prices:{organisation_id}",
        organisation_id=str(organisation_id),
    )


@job(RESOLVE, retries=5, timeout_s=1800)
async def resolve_prices(context: JobContext, *, organisation_id: str) -> None:
    """Work out the chains of one supplier."""
    await resolve_supplier(context.database, UUID(organisation_id))


@scheduled("* * * * *", name="catalogue.resolve_begun_and_ended_lists")
async def resolve_begun_and_ended_lists(context: JobContext) -> None:
    """Work out what buyers get now that lists have begun or ended. Until then readers go to the lists themselves."""
    async with context.database.transaction(SYSTEM) as session:
        for row in await read_rows(session, _BEGUN_OR_ENDED):
            await resolve_later(session, row[0])
