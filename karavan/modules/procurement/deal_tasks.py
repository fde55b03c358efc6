"""The clock, for deals."""

from datetime import timedelta

from sqlalchemy import select

from karavan.kit.clock import database_now
from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.modules.procurement.actions.deals.end import archive
from karavan.modules.procurement.models import Deal
from karavan.modules.procurement.states import DealState

ARCHIVED_AFTER = timedelta(days=90)
_BATCH = 100


@scheduled("23 3 * * *", name="deals.archive")
async def archive_paid_deals(context: JobContext) -> None:
    """Put away what was paid 90 days ago, every night, a batch to a transaction."""
    while True:
        async with context.database.transaction(SYSTEM) as session:
            before = await database_now(session) - ARCHIVED_AFTER
            due = await session.scalars(
                select(Deal.id)
                .where(Deal.state == DealState.PAID, Deal.paid_at < before)
                .order_by(Deal.id)
                .limit(_BATCH)
                .with_for_update(key_share=True, skip_locked=True)
            )
            deal_ids = list(due)
            for deal_id in deal_ids:
                await archive(session, None, deal_id)
        if len(deal_ids) < _BATCH:
            return
