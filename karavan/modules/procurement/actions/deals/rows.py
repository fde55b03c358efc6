"""A deal's rows. To strangers they are absent, by these queries and by the policies, so absence answers 404."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import NotFoundError
from karavan.kit.tenancy import caller_is
from karavan.modules.conversations.public import post_system_message, thread_of
from karavan.modules.procurement.models import Deal, DealTerms

_SIDES = caller_is(Deal.organisation_id, Deal.vendor_organisation_id)


async def locked_deal(session: AsyncSession, deal_id: UUID) -> Deal:
    """A deal of which the caller is a side, locked until the transaction ends.

    Raises:
        NotFoundError: there is none.
    """
    found = await session.execute(
        select(Deal)
        .where(Deal.id == deal_id, _SIDES)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    deal = found.scalar_one_or_none()
    if deal is None:
        raise NotFoundError
    return deal


async def visible_deal(session: AsyncSession, deal_id: UUID) -> Deal:
    """The same, unlocked.

    Raises:
        NotFoundError: there is none.
    """
    deal = await session.scalar(select(Deal).where(Deal.id == deal_id, _SIDES))
    if deal is None:
        raise NotFoundError
    return deal


async def terms_of(session: AsyncSession, deal_id: UUID, number: int) -> DealTerms:
    """A version of the terms.

    Raises:
        NotFoundError: there is none of that number.
    """
    found = await session.execute(
        select(DealTerms).where(DealTerms.deal_id == deal_id, DealTerms.number == number)
    )
    terms = found.scalar_one_or_none()
    if terms is None:
        raise NotFoundError
    return terms


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
