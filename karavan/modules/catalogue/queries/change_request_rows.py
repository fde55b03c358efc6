"""Change requests that actions work on."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.models import ChangeRequest


async def locked_change_request(session: AsyncSession, change_id: UUID) -> ChangeRequest:
    """A change request of the caller's, locked until the transaction ends. Whoever needs the product too locks that first.

    Raises:
        NotFoundError: there is none, or it is another organisation's.
    """
    return await find_row(
        session,
        select(ChangeRequest).where(
            ChangeRequest.id == change_id, caller_is(ChangeRequest.organisation_id)
        ),
        lock=True,
    )


async def product_of_change(session: AsyncSession, change_id: UUID) -> UUID:
    """The product that a change request is about.

    Raises:
        NotFoundError: there is no such change request, or it is another organisation's.
    """
    return await find_row(
        session,
        select(ChangeRequest.product_id).where(
            ChangeRequest.id == change_id, caller_is(ChangeRequest.organisation_id)
        ),
    )
