"""Events in: names of organisations, what becomes of invoices, and complaints that hold an order open."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError
from karavan.kit.events import Event, handles
from karavan.modules.links.public import accepted_link
from karavan.modules.orders.actions.carts import items_of, locked_cart, lose
from karavan.modules.orders.actions.invoice import lose_invoice, settle
from karavan.modules.orders.credit import SUBJECT
from karavan.modules.orders.models import Cart, CartItem, Order, OrderTemplate, StandingOrder
from karavan.modules.organisations.public import keep_name


@handles("invoice.paid")
async def follow_payment(session: AsyncSession, event: Event) -> None:
    """The order is paid when its invoice is."""
    order_id = _order_of(event)
    if order_id is not None:
        await settle(session, order_id, event.aggregate_id)


@handles("invoice.voided")
async def follow_void(session: AsyncSession, event: Event) -> None:
    """An order whose invoice was voided takes credit again, and can be invoiced again."""
    order_id = _order_of(event)
    if order_id is not None:
        await lose_invoice(session, order_id, event.aggregate_id)


@handles("organisation.updated")
async def follow_name(session: AsyncSession, event: Event) -> None:
    """Keep the names that lists show, so that they need no join and can be searched."""
    await keep_name(
        session,
        event,
        (Order.organisation_id, Order.organisation_name),
        (Order.buyer_organisation_id, Order.buyer_organisation_name),
        (Cart.supplier_organisation_id, Cart.supplier_organisation_name),
        (OrderTemplate.supplier_organisation_id, OrderTemplate.supplier_organisation_name),
        (StandingOrder.supplier_organisation_id, StandingOrder.supplier_organisation_name),
        (StandingOrder.buyer_organisation_id, StandingOrder.buyer_organisation_name),
    )


@handles("link.blocked", "link.left")
async def lose_lines(session: AsyncSession, event: Event) -> None:
    """Take the lines of the cart away from a buyer who may no longer order, and keep them to be told."""
    parties = event.payload["parties"]
    cart = await locked_cart(session, UUID(parties["consumer"]), UUID(parties["supplier"]))
    if cart is None:
        return
    # Whoever was let in again meanwhile keeps what is in the cart.
    try:
        await accepted_link(session, cart.buyer_organisation_id, cart.supplier_organisation_id)
    except NotFoundError:
        lose(cart, await items_of(session, cart.id), event.type.replace(".", "_"))
        await session.execute(delete(CartItem).where(CartItem.cart_id == cart.id))


def _order_of(event: Event) -> UUID | None:
    data = event.payload["data"]
    return UUID(data["subject_id"]) if data.get("subject_type") == SUBJECT else None
