"""Whether two companies have had a deal."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.procurement.models import Deal


async def have_dealt(session: AsyncSession, seller: UUID, buyer: UUID) -> bool:
    """Whether the buyer has awarded the seller a deal, whatever became of it."""
    return bool(
        await session.scalar(
            select(
                exists().where(Deal.organisation_id == buyer, Deal.vendor_organisation_id == seller)
            )
        )
    )
