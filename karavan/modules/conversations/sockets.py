"""What clients say over the WebSocket."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from karavan.kit.errors import BadRequestError, NotFoundError
from karavan.kit.realtime import SocketContext, on_client_message, publish_transient
from karavan.modules.conversations.models import TAKES_PART, Thread


@on_client_message("typing")
async def publish_typing(context: SocketContext, message: dict[str, Any]) -> None:
    """`{"type": "typing", "thread_id": …}`: tell the other participants who are connected, and nobody later.

    Raises:
        BadRequestError: no thread is named.
        NotFoundError: the sender's organisation takes no part in it.
    """
    try:
        thread_id = UUID(str(message.get("thread_id")))
    except ValueError:
        raise BadRequestError("`thread_id` is the id of a conversation.") from None
    actor = context.actor
    async with context.database.transaction(context.scope) as session:
        found = await session.execute(
            select(Thread.parties).where(Thread.id == thread_id, TAKES_PART)
        )
        parties = found.scalar_one_or_none()
        if parties is None:
            raise NotFoundError
        for party in parties:
            await publish_transient(
                session,
                organisation_id=UUID(party["organisation_id"]),
                topic="thread.typing",
                payload={
                    "thread_id": str(thread_id),
                    "user_id": str(actor.user_id),
                    "organisation_id": str(actor.organisation_id),
                },
            )
