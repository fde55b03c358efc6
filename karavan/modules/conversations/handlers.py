"""Events in: what happens in a thread reaches everybody who takes part while it happens."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.kit.realtime import publish

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
