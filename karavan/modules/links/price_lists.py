"""Price lists, which belong to a module above: terms name one, and whoever keeps them says whether it exists."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

PriceListName = Callable[[AsyncSession, UUID, UUID], Awaitable[str | None]]

_finders: list[PriceListName] = []


def use_price_lists(name_of: PriceListName) -> None:
    """Say how a price list is found: `await name_of(session, supplier_organisation_id, price_list_id)` yields its name,
    or nothing when the supplier has no such list. The last call counts.
    """
    _finders[:] = [name_of]


async def price_list_name(
    session: AsyncSession, supplier_organisation_id: UUID, price_list_id: UUID
) -> str | None:
    """The name of a supplier's price list; nothing when there is none, or nobody keeps price lists."""
    if not _finders:
        return None
    return await _finders[0](session, supplier_organisation_id, price_list_id)
