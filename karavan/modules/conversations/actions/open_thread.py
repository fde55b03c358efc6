"""A subject gets its conversation."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import as_system
from karavan.kit.ids import new_id
from karavan.modules.conversations.models import Thread, ThreadParticipant


class Participant(Struct, frozen=True):
    """An organisation that takes part, and what it is called at this moment."""

    organisation_id: UUID
    name: str


async def open_thread(
    session: AsyncSession,
    *,
    subject_type: str,
    subject_id: UUID,
    title: str,
    participants: Sequence[Participant],
) -> Thread:
    """Open the thread of a subject. Whoever opens it says who takes part; the thread never asks its subject.

    Args:
        subject_type: a noun in the singular, such as `deal`; with `subject_id` it is unique.
        title: what the list of conversations shows.
        participants: at least one, each once.
    """
    thread = Thread(
        id=new_id(),
        subject_type=subject_type,
        subject_id=subject_id,
        title=title,
        parties=[
            {"organisation_id": str(one.organisation_id), "name": one.name} for one in participants
        ],
    )
    # Only this act writes participants: a request's own role may read its organisation's row and no more.
    async with as_system(session):
        session.add(thread)
        await session.flush()
        session.add_all(
            ThreadParticipant(thread_id=thread.id, organisation_id=one.organisation_id)
            for one in participants
        )
    return thread
