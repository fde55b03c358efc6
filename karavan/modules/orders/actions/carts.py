"""Carts: one per buyer and supplier, shared by the buyer's people."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.decimals import plain
from karavan.kit.errors import FieldError, NotFoundError, ValidationError
from karavan.kit.ids import new_id
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.public import Product
from karavan.modules.links.public import accepted_link
from karavan.modules.orders.errors import CartFullError
from karavan.modules.orders.models import Cart, CartItem
from karavan.modules.orders.pricing import Offer, Wanted, offers_of, tier_of
from karavan.modules.orders.schemas.orders import LINES_MAX

QUANTITY_MAX = Decimal(10) ** 12


async def add_items(
    session: AsyncSession, actor: Actor, wanted: Sequence[Wanted], *, replace: bool = False
) -> list[Cart]:
    """Put products into the carts of their suppliers.

    Args:
        replace: quantities replace what is in the cart, where they are else added to it.

    Raises:
        ValidationError: naming each product that no supplier with an accepted link sells to the actor's organisation.
        CartFullError: a cart would hold more lines than an order may have.
    """
    suppliers = await _suppliers(session, actor, wanted)
    carts, errors = [], []
    by_supplier: dict[UUID, list[tuple[int, Wanted]]] = {}
    for index, one in enumerate(wanted):
        supplier = suppliers.get(one.product_id)
        if supplier is None:
            errors.append(_unavailable(index))
        else:
            by_supplier.setdefault(supplier, []).append((index, one))
    for supplier in sorted(by_supplier):
        lines = by_supplier[supplier]
        offers = await offers_of(
            session, supplier, actor.organisation_id, [one.product_id for _, one in lines]
        )
        errors += [_unavailable(index) for index, one in lines if one.product_id not in offers]
        if not errors:
            mine = [one for _, one in lines]
            carts.append(await fill(session, actor, supplier, mine, offers, replace=replace))
    if errors:
        raise ValidationError(errors=sorted(errors, key=lambda one: one.pointer))
    return carts


async def fill(
    session: AsyncSession,
    actor: Actor,
    supplier_id: UUID,
    wanted: Sequence[Wanted],
    offers: dict[UUID, Offer],
    *,
    replace: bool = False,
) -> Cart:
    """Put offered products into the cart of a supplier; there is an accepted link.

    Raises:
        NotFoundError: there is none.
        CartFullError: the cart would hold more lines than an order may have.
    """
    cart = await _opened(session, actor, supplier_id)
    items = {item.product_id: item for item in await items_of(session, cart.id)}
    for one in wanted:
        goods = offers[one.product_id].goods
        item = items.get(one.product_id)
        if item is None:
            item = CartItem(
                cart_id=cart.id,
                buyer_organisation_id=cart.buyer_organisation_id,
                product_id=goods.id,
                sku=goods.sku,
                name=goods.name,
                quantity=Decimal(0),
                currency=goods.currency,
                added_by_name=actor.display_name,
            )
            items[one.product_id] = item
            session.add(item)
        quantity = one.quantity if replace else item.quantity + one.quantity
        _set(item, offers[one.product_id], quantity)
    if len(items) > LINES_MAX:
        raise CartFullError(lines_max=LINES_MAX)
    cart.version += 1
    await session.flush()
    return cart


async def set_quantity(
    session: AsyncSession, actor: Actor, product_id: UUID, quantity: Decimal
) -> Cart:
    """Change how much of a product is wanted. The price that holds now counts as seen.

    Raises:
        NotFoundError: it is in no cart of the actor's organisation.
    """
    cart, item = await _found(session, actor, product_id)
    offers = await offers_of(
        session, cart.supplier_organisation_id, actor.organisation_id, [product_id]
    )
    if product_id in offers:
        _set(item, offers[product_id], quantity)
    else:
        item.quantity = quantity
    cart.version += 1
    await session.flush()
    return cart


async def remove_item(session: AsyncSession, actor: Actor, product_id: UUID) -> Cart:
    """Take a product out of its cart.

    Raises:
        NotFoundError: it is in none.
    """
    cart, item = await _found(session, actor, product_id)
    await session.delete(item)
    cart.version += 1
    await session.flush()
    return cart


async def empty(session: AsyncSession, actor: Actor, supplier_id: UUID | None) -> None:
    """Throw a supplier's cart away, or all of them."""
    statement = delete(Cart).where(Cart.buyer_organisation_id == actor.organisation_id)
    if supplier_id is not None:
        statement = statement.where(Cart.supplier_organisation_id == supplier_id)
    await session.execute(statement)


async def put_lost_away(session: AsyncSession, actor: Actor, supplier_id: UUID) -> None:
    """Forget the lines that were lost with a link: somebody has read of it."""
    cart = await locked_cart(session, actor.organisation_id, supplier_id)
    if cart is not None:
        cart.lost = []
        cart.version += 1


def lose(cart: Cart, items: Sequence[CartItem], code: str) -> None:
    """Note lines as lost, with the reason, until somebody has read of it."""
    known = {line["product_id"] for line in cart.lost}
    cart.lost = [
        *cart.lost,
        *(
            {
                "product_id": str(item.product_id),
                "sku": item.sku,
                "name": item.name,
                "quantity": plain(item.quantity),
                "code": code,
            }
            for item in items
            if str(item.product_id) not in known
        ),
    ]
    cart.version += 1


async def locked_cart(session: AsyncSession, buyer_id: UUID, supplier_id: UUID) -> Cart | None:
    """The cart of a buyer and a supplier, locked."""
    return await session.scalar(
        select(Cart)
        .where(
            Cart.buyer_organisation_id == buyer_id,
            Cart.supplier_organisation_id == supplier_id,
            caller_is(Cart.buyer_organisation_id),
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


async def items_of(session: AsyncSession, cart_id: UUID) -> Sequence[CartItem]:
    """What is in a cart, in the order in which it was put there."""
    found = await session.scalars(
        select(CartItem)
        .where(CartItem.cart_id == cart_id, caller_is(CartItem.buyer_organisation_id))
        .order_by(CartItem.created_at, CartItem.id)
    )
    return found.all()


async def _suppliers(
    session: AsyncSession, actor: Actor, wanted: Sequence[Wanted]
) -> dict[UUID, UUID]:
    """Whose the products are that the actor may see; never the actor's own."""
    rows = await session.execute(
        select(Product.id, Product.organisation_id).where(
            Product.id.in_({one.product_id for one in wanted}),
            Product.organisation_id != actor.organisation_id,
        )
    )
    found = {product: supplier for product, supplier in rows}  # noqa: C416  # a row is no pair to the type checker
    linked = set()
    for supplier in set(found.values()):
        try:
            await accepted_link(session, actor.organisation_id, supplier)
        except NotFoundError:
            continue
        linked.add(supplier)
    return {product: supplier for product, supplier in found.items() if supplier in linked}


async def _opened(session: AsyncSession, actor: Actor, supplier_id: UUID) -> Cart:
    link = await accepted_link(session, actor.organisation_id, supplier_id)
    await session.execute(
        insert(Cart)
        .values(
            id=new_id(),
            buyer_organisation_id=actor.organisation_id,
            supplier_organisation_id=supplier_id,
            supplier_organisation_name=link.supplier_organisation_name,
            version=1,
        )
        .on_conflict_do_nothing(
            index_elements=["buyer_organisation_id", "supplier_organisation_id"]
        )
    )
    cart = await locked_cart(session, actor.organisation_id, supplier_id)
    assert cart is not None
    return cart


async def _found(session: AsyncSession, actor: Actor, product_id: UUID) -> tuple[Cart, CartItem]:
    cart = await session.scalar(
        select(Cart)
        .join(CartItem, CartItem.cart_id == Cart.id)
        .where(
            CartItem.product_id == product_id,
            Cart.buyer_organisation_id == actor.organisation_id,
        )
        .with_for_update(key_share=True, of=Cart)
        .execution_options(populate_existing=True)
    )
    if cart is not None:
        for item in await items_of(session, cart.id):
            if item.product_id == product_id:
                return cart, item
    raise NotFoundError


def _set(item: CartItem, offer: Offer, quantity: Decimal) -> None:
    if quantity > QUANTITY_MAX:
        raise ValidationError(
            errors=[
                FieldError(
                    pointer="#/quantity", code="too_much", detail="The quantity is too large."
                )
            ]
        )
    item.quantity = quantity
    tier = tier_of(offer, quantity)
    item.price_seen_amount = tier.amount
    item.currency = tier.currency


def _unavailable(index: int) -> FieldError:
    return FieldError(
        pointer=f"#/items/{index}/product_id",
        code="unavailable",
        detail="None of your suppliers sells this to you.",
    )
