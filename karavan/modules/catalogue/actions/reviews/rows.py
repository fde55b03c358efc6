"""Reviews that actions work on."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.locks import find_row
from karavan.modules.catalogue.models import Review
from karavan.modules.catalogue.states import ReviewState


async def locked_review(
    session: AsyncSession,
    review_id: UUID,
    *,
    buyer: UUID | None = None,
    seller: UUID | None = None,
    published: bool = False,
) -> Review:
    """A review, locked until the transaction ends.

    Args:
        buyer, seller: whose it must be.
        published: whether everybody must be able to read it.

    Raises:
        NotFoundError: there is none.
    """
    wanted = select(Review).where(Review.id == review_id)
    if buyer is not None:
        wanted = wanted.where(Review.buyer_organisation_id == buyer)
    if seller is not None:
        wanted = wanted.where(Review.organisation_id == seller)
    if published:
        wanted = wanted.where(Review.state == ReviewState.PUBLISHED)
    return await find_row(session, wanted, lock=True)


def facts_of(review: Review) -> dict[str, Any]:
    """What events say of a review."""
    return {
        "product_id": str(review.product_id),
        "product_name": review.product_name,
        "rating": review.rating,
        "buyer_name": review.buyer_name,
    }
