"""A person has read a thread up to somewhere."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import NotFoundError
from karavan.kit.events import record_event
from karavan.modules.conversations.models import TAKES_PART, ReadMark, Thread

THREAD_READ = "thread.read"


async def mark_read(session: AsyncSession, actor: Actor, thread_id: UUID, sequence: int) -> int:
    """Move the person's mark forward, never back and never past the newest message.

    Returns:
        How many messages remain unread.

    Raises:
        NotFoundError: the actor's organisation takes no part in such a thread.
    """
    thread = (
        await session.execute(select(Thread).where(Thread.id == thread_id, TAKES_PART))
    ).scalar_one_or_none()
    if thread is None:
        raise NotFoundError
    reached = min(sequence, thread.last_sequence)
    if reached > 0 and await move_mark(session, actor, thread, reached):
        record_event(
            session,
            THREAD_READ,
            organisation_id=actor.organisation_id,
            aggregate_id=thread.id,
            payload={
                "thread_id": str(thread.id),
                "subject_type": thread.subject_type,
                "subject_id": str(thread.subject_id),
                "sequence": reached,
                "user_id": str(actor.user_id),
                "organisation_id": str(actor.organisation_id),
                "organisation_ids": [party["organisation_id"] for party in thread.parties],
            },
        )
    mark = await session.execute(
        select(ReadMark.last_read_sequence).where(
            ReadMark.thread_id == thread_id,
            ReadMark.user_id == actor.user_id,
            ReadMark.organisation_id == actor.organisation_id,
        )
    )
    return thread.last_sequence - (mark.scalar_one_or_none() or 0)


async def move_mark(session: AsyncSession, actor: Actor, thread: Thread, sequence: int) -> bool:
    """Set the mark unless it stands further already, and say whether it moved."""
    statement = insert(ReadMark).values(
        thread_id=thread.id,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        last_read_sequence=sequence,
    )
    moved = await session.execute(
        statement.on_conflict_do_update(
            index_elements=["thread_id", "user_id", "organisation_id"],
            set_={"last_read_sequence": sequence, "read_at": func.now()},
            where=ReadMark.last_read_sequence < sequence,
        ).returning(ReadMark.last_read_sequence)
    )
    return moved.scalar_one_or_none() is not None
