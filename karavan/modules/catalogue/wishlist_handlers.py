"""Events in, for wishlists: a product has become cheaper, or is there again. Each is told once, to whoever may buy it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles, record_event
from karavan.modules.catalogue.models import Product, WishlistItem
from karavan.modules.catalogue.prices import prices_for
from karavan.modules.catalogue.states import ProductState, ProductVisibility
from karavan.modules.links.public import organisations_linked_to


@handles("product.price_changed")
async def tell_of_lower_price(session: AsyncSession, event: Event) -> None:
    """Whoever has last seen a higher price is told; who sees a higher one now remembers that, and hears nothing."""
    await _compare(session, [event.aggregate_id])


@handles("price_list.prices_changed")
async def tell_of_lower_list_price(session: AsyncSession, event: Event) -> None:
    """The same of prices in lists, for those whose lists they are."""
    await _compare(session, [UUID(one) for one in event.payload["data"]["product_ids"]])


async def _compare(session: AsyncSession, product_ids: Iterable[UUID]) -> None:
    for product_id in sorted(product_ids):
        items = await _items(session, product_id)
        product = await session.get(Product, product_id) if items else None
        if product is None or not _on_sale(product):
            continue
        linked = set(await organisations_linked_to(session, product.organisation_id))
        for item in items:
            tiers = await prices_for(session, None, item.organisation_id, [product_id])
            price = tiers[product_id][0]
            dropped = price.currency == item.currency and price.amount < item.amount
            item.amount, item.currency = price.amount, price.currency
            if dropped and _sees(product, item, linked):
                _tell(session, product, item, "price_dropped")
        await session.flush()


@handles("product.stock_changed")
async def tell_of_return(session: AsyncSession, event: Event) -> None:
    """Whoever has seen a product out of stock is told that it is there; a family is there when one of its variants is."""
    parent = event.payload["parent_id"]
    for product_id in [event.aggregate_id, *([UUID(parent)] if parent else [])]:
        items = await _items(session, product_id)
        product = await session.get(Product, product_id) if items else None
        if product is None or not _on_sale(product):
            continue
        there = product.available > 0
        linked = set(await organisations_linked_to(session, product.organisation_id))
        for item in items:
            came_back, item.in_stock = there and not item.in_stock, there
            if came_back and _sees(product, item, linked):
                _tell(session, product, item, "back_in_stock")
        await session.flush()


async def _items(session: AsyncSession, product_id: UUID) -> list[WishlistItem]:
    found = await session.scalars(
        select(WishlistItem)
        .where(WishlistItem.product_id == product_id)
        .order_by(WishlistItem.organisation_id, WishlistItem.user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found)


def _on_sale(product: Product) -> bool:
    return product.state == ProductState.PUBLISHED and product.active


def _sees(product: Product, item: WishlistItem, linked: set[UUID]) -> bool:
    return product.visibility != ProductVisibility.LINKED or item.organisation_id in linked


def _tell(session: AsyncSession, product: Product, item: WishlistItem, verb: str) -> None:
    record_event(
        session,
        f"wish.{verb}",
        organisation_id=item.organisation_id,
        aggregate_id=product.id,
        payload={
            "label": product.name,
            "organisation_id": str(item.organisation_id),
            "data": {
                "user_id": str(item.user_id),
                "product_id": str(product.id),
                "names": product.names,
                "amount": {"amount": item.amount, "currency": item.currency},
            },
        },
    )
