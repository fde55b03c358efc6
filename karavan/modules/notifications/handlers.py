"""Events in."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.modules.notifications.changes import EVENTS, publish_hints
from karavan.modules.notifications.facts import facts_of
from karavan.modules.notifications.rules import RULES
from karavan.modules.notifications.telling import mark_thread_read, tell


# One handler for messages and for their being read: the events of a thread reach it in their order.
@handles(*RULES, "thread.read")
async def notify(session: AsyncSession, event: Event) -> None:
    """Tell everybody whom the rules name; told once already, nobody is told again."""
    if event.type in {"message.posted", "thread.read"}:
        await _read_up_to(session, event)
    if event.type in RULES:
        facts = await facts_of(session, event)
        for rule in RULES[event.type]:
            await tell(session, facts, rule)


@handles(*EVENTS)
async def hint_at_changes(session: AsyncSession, event: Event) -> None:
    """Let open pages read again."""
    await publish_hints(session, event)


async def _read_up_to(session: AsyncSession, event: Event) -> None:
    """Who reads a conversation, or answers in it, has seen what they were told of it."""
    prefix = "author_" if event.type == "message.posted" else ""
    user_id = event.payload[f"{prefix}user_id"]
    organisation_id = event.payload[f"{prefix}organisation_id"]
    if user_id is None or organisation_id is None:
        return
    await mark_thread_read(
        session,
        user_id=UUID(user_id),
        organisation_id=UUID(organisation_id),
        thread_id=event.payload["thread_id"],
        sequence=event.payload["sequence"],
    )
