"""Who trades with whom, which modules above know: nobody gets invoices from a company that they have nothing to do with."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError
from karavan.modules.invoicing.errors import NoTradeError
from karavan.modules.links.public import accepted_link

HaveTraded = Callable[[AsyncSession, UUID, UUID], Awaitable[bool]]
_known: list[HaveTraded] = []


def use_trade(known: Sequence[HaveTraded]) -> None:
    """Say how modules above find trade: `await one(session, seller, buyer)` tells whether there is any. The last call counts."""
    _known[:] = known


async def refuse_strangers(session: AsyncSession, seller: UUID, buyer: UUID) -> None:
    """See that two companies have an accepted link either way, or a deal or an order.

    Raises:
        NoTradeError: they have none of it.
    """
    for consumer, supplier in ((buyer, seller), (seller, buyer)):
        try:
            await accepted_link(session, consumer, supplier)
        except NotFoundError:
            continue
        return
    for have_traded in _known:
        if await have_traded(session, seller, buyer):
            return
    raise NoTradeError
