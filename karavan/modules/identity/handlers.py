"""What identity does when something has happened."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.kit.realtime import SESSION_ENDED, publish


@handles("session.ended")
async def end_streams(session: AsyncSession, event: Event) -> None:
    """Tell the streams of an ended session that they are over, whichever organisation they were opened for."""
    await publish(
        session,
        organisation_id=None,
        user_id=UUID(event.payload["user_id"]),
        topic=SESSION_ENDED,
        payload={"session_id": event.payload["session_id"]},
    )
