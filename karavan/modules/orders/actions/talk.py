"""The conversation about an order. It begins with the first word."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import NotFoundError
from karavan.modules.conversations.public import (
    MessageView,
    Participant,
    PostMessageBody,
    message_view,
    open_thread,
    post_message,
    thread_of,
)
from karavan.modules.links.public import LinkState, link_view
from karavan.modules.orders.actions.rows import locked_order, visible_order
from karavan.modules.orders.errors import ChatClosedError
from karavan.modules.orders.models import Order

SUBJECT = "order"


async def say(
    session: AsyncSession, actor: Actor, order_id: UUID, body: PostMessageBody
) -> MessageView:
    """Say something to the other side of an order.

    Raises:
        NotFoundError: the actor's organisation is no side of such an order.
        ChatClosedError: the trading link is blocked, which leaves what was said to be read.
    """
    order = await visible_order(session, order_id)
    if order.link_id is not None:
        link = await link_view(session, order.link_id)
        if link is not None and link.state == LinkState.BLOCKED:
            raise ChatClosedError
    thread_id = await _opened(session, order)
    return message_view(actor, await post_message(session, actor, thread_id, body))


async def _opened(session: AsyncSession, order: Order) -> UUID:
    try:
        return await thread_of(session, SUBJECT, order.id)
    except NotFoundError:
        # Whoever else says the first word at this moment waits here, and then finds the thread.
        await locked_order(session, order.id)
    try:
        return await thread_of(session, SUBJECT, order.id)
    except NotFoundError:
        thread = await open_thread(
            session,
            subject_type=SUBJECT,
            subject_id=order.id,
            title=f"{order.number} · {order.buyer_organisation_name} – {order.organisation_name}",
            participants=[
                Participant(order.buyer_organisation_id, order.buyer_organisation_name),
                Participant(order.organisation_id, order.organisation_name),
            ],
        )
        return thread.id
