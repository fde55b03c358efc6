"""Change requests that actions work on."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.models import ChangeRequest


async def locked_change_request(session: AsyncSession, change_id: UUID) -> ChangeRequest:
    """A change request of the caller's, locked until the transaction ends. Whoever needs the product too locks that first.

    Raises:
        NotFoundError: there is none, or it is another organisation's.
    """
    change = await session.scalar(
        select(ChangeRequest)
        .where(ChangeRequest.id == change_id, caller_is(ChangeRequest.organisation_id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if change is None:
        raise NotFoundError
    return change


async def product_of_change(session: AsyncSession, change_id: UUID) -> UUID:
    """The product that a change request is about.

    Raises:
        NotFoundError: there is no such change request, or it is another organisation's.
    """
    found = await session.scalar(
        select(ChangeRequest.product_id).where(
            ChangeRequest.id == change_id, caller_is(ChangeRequest.organisation_id)
        )
    )
    if found is None:
        raise NotFoundError
    return found
