"""Whether two companies have traded by order."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.orders.models import Order


async def have_ordered(session: AsyncSession, seller: UUID, buyer: UUID) -> bool:
    """Whether the buyer has ordered from the seller, whatever became of the order."""
    return bool(
        await session.scalar(
            select(
                exists().where(
                    Order.organisation_id == seller, Order.buyer_organisation_id == buyer
                )
            )
        )
    )
