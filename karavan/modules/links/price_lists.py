"""Price lists, which belong to a module above: terms name one, and whoever keeps them says what it is."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession


class AgreedPriceList(NamedTuple):
    """What terms have to know of a price list."""

    name: str
    currency: str


FindPriceList = Callable[[AsyncSession, UUID, UUID], Awaitable[AgreedPriceList | None]]

_finders: list[FindPriceList] = []


def use_price_lists(find: FindPriceList) -> None:
    """Say how a price list is found: `await find(session, supplier_organisation_id, price_list_id)` yields nothing when the
    supplier has no such list. The last call counts.
    """
    _finders[:] = [find]


async def agreed_price_list(
    session: AsyncSession, supplier_organisation_id: UUID, price_list_id: UUID
) -> AgreedPriceList | None:
    """A supplier's price list; nothing when there is none, or nobody keeps price lists."""
    if not _finders:
        return None
    return await _finders[0](session, supplier_organisation_id, price_list_id)
