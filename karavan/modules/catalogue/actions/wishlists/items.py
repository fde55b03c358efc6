"""A person's wishlist."""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_row
from karavan.kit.errors import NotFoundError
from karavan.modules.catalogue.errors import WishlistFullError
from karavan.modules.catalogue.models import WishlistItem
from karavan.modules.catalogue.prices import prices_for
from karavan.modules.catalogue.queries.product_json import OFFERED

ITEMS_MAX = 500
_OFFERED = f"select p.available > 0 from catalogue_products p where p.id = $1 and {OFFERED}"


async def add(session: AsyncSession, actor: Actor, product_id: UUID) -> None:
    """Keep an eye on a product. Doing it twice is no error.

    Raises:
        NotFoundError: the actor may not see it.
        WishlistFullError: there are too many.
    """
    row = await read_row(session, _OFFERED, product_id)
    if row is None:
        raise NotFoundError
    count = await session.scalar(select(func.count()).select_from(WishlistItem).where(_mine(actor)))
    if (count or 0) >= ITEMS_MAX and not await contains(session, actor, product_id):
        raise WishlistFullError(limit=ITEMS_MAX)
    price = (await prices_for(session, None, actor.organisation_id, [product_id]))[product_id][0]
    await session.execute(
        insert(WishlistItem)
        .values(
            organisation_id=actor.organisation_id,
            user_id=actor.user_id,
            product_id=product_id,
            amount=price.amount,
            currency=price.currency,
            in_stock=row[0],
        )
        .on_conflict_do_nothing()
    )


async def remove(session: AsyncSession, actor: Actor, product_id: UUID) -> None:
    """Keep an eye on it no longer. What is not on the list is no error."""
    await session.execute(
        delete(WishlistItem).where(_mine(actor), WishlistItem.product_id == product_id)
    )


async def contains(session: AsyncSession, actor: Actor, product_id: UUID) -> bool:
    """Whether a product is on the actor's list."""
    found = await session.scalar(
        select(WishlistItem.product_id).where(_mine(actor), WishlistItem.product_id == product_id)
    )
    return found is not None


def _mine(actor: Actor) -> ColumnElement[bool]:
    return (WishlistItem.organisation_id == actor.organisation_id) & (
        WishlistItem.user_id == actor.user_id
    )
