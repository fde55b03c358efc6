"""Events in: what happens in a thread reaches everybody who takes part while it happens."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import BadRequestError, NotFoundError
from karavan.kit.events import Event, handles
from karavan.kit.realtime import SocketContext, on_client_message, publish, publish_transient
from karavan.modules.conversations.models import Thread

_PUBLISHED = ("thread_id", "subject_type", "subject_id", "sequence")
_IDENTIFIERS = {
    "message.posted": ("message_id", "author_user_id", "author_organisation_id"),
    "message.announced": ("message_id",),
    "thread.read": ("user_id", "organisation_id"),
}


@handles("message.posted", "message.announced", "thread.read")
async def publish_to_participants(session: AsyncSession, event: Event) -> None:
    """Put the news on the stream of every organisation that takes part."""
    payload = {key: event.payload[key] for key in (*_PUBLISHED, *_IDENTIFIERS[event.type])}
    topic = "thread.read" if event.type == "thread.read" else "message.posted"
    for organisation_id in event.payload["organisation_ids"]:
        await publish(session, organisation_id=UUID(organisation_id), topic=topic, payload=payload)


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
        found = await session.execute(select(Thread.parties).where(Thread.id == thread_id))
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
