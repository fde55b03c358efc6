"""A deal's rows. To strangers they are absent, by these queries and by the policies, so absence answers 404."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.modules.conversations.public import post_system_message, thread_of
from karavan.modules.procurement.models import Deal, DealTerms

_SIDES = caller_is(Deal.organisation_id, Deal.vendor_organisation_id)


async def locked_deal(session: AsyncSession, deal_id: UUID) -> Deal:
    """A deal of which the caller is a side, locked until the transaction ends.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Deal).where(Deal.id == deal_id, _SIDES), lock=True)


async def visible_deal(session: AsyncSession, deal_id: UUID) -> Deal:
    """The same, unlocked.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Deal).where(Deal.id == deal_id, _SIDES))


async def terms_of(session: AsyncSession, deal_id: UUID, number: int) -> DealTerms:
    """A version of the terms.

    Raises:
        NotFoundError: there is none of that number.
    """
    return await find_row(
        session, select(DealTerms).where(DealTerms.deal_id == deal_id, DealTerms.number == number)
    )


async def announce(
    session: AsyncSession, actor: Actor | None, deal: Deal, verb: str, **params: str | int
) -> None:
    """Note in the deal's thread what has happened, so that the talk reads in its order.

    Args:
        actor: whose act it was; nothing for the platform's own.
        verb: past tense; the message's code is `deal.<verb>`.
        params: what the text is filled with.
    """
    thread_id = await thread_of(session, "deal", deal.id)
    await post_system_message(
        session,
        thread_id,
        f"deal.{verb}",
        {**params, **({"name": actor.display_name} if actor else {})},
        organisation_id=actor.organisation_id if actor else deal.organisation_id,
    )
