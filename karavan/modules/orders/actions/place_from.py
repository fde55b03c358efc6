"""An order from the lines that a caller has named, or from the cart."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.modules.orders.actions.carts import items_of, locked_cart
from karavan.modules.orders.actions.place import NewOrder, Placed, place
from karavan.modules.orders.errors import NothingToOrderError
from karavan.modules.orders.models import Cart, CartItem
from karavan.modules.orders.pricing import Wanted
from karavan.modules.orders.schemas.orders import PlaceOrderBody


async def place_from(session: AsyncSession, actor: Actor, body: PlaceOrderBody) -> Placed:
    """Place what the body names. Without lines it is what the supplier's cart holds, which is empty afterwards.

    Raises:
        NothingToOrderError: no lines, and nothing in the cart.
        Whatever `place` raises.
    """
    cart: Cart | None = None
    if body.lines is None:
        # Held until the end, so that two people who order the same cart do it once.
        cart = await locked_cart(session, actor.organisation_id, body.supplier_organisation_id)
        items = await items_of(session, cart.id) if cart is not None else []
        lines = [Wanted(item.product_id, item.quantity) for item in items]
        if not lines:
            raise NothingToOrderError(lines=[])
    else:
        lines = [Wanted(line.product_id, line.quantity) for line in body.lines]
    placed = await place(
        session,
        actor,
        NewOrder(
            supplier_id=body.supplier_organisation_id,
            lines=lines,
            note=body.note,
            buyer_reference=body.buyer_reference,
            delivery_address=body.delivery_address,
            wanted_on=body.wanted_on,
            expected_total=body.expected_total.money() if body.expected_total else None,
            language=language_of(actor.locale),
        ),
    )
    if cart is not None:
        await session.execute(delete(CartItem).where(CartItem.cart_id == cart.id))
        cart.version += 1
    return placed


def language_of(locale: str) -> str:
    """The language of an order's documents for a person's locale."""
    return next((one for one in ("en", "ru", "kk") if locale.startswith(one)), "en")
