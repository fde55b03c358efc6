"""Something is said in a thread."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import invalid
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.kit.locks import find_row
from karavan.modules.conversations.actions.mark_read import move_mark
from karavan.modules.conversations.errors import ClientIdTakenError
from karavan.modules.conversations.models import TAKES_PART, Message, Thread
from karavan.modules.conversations.permissions import MESSAGE_WRITE
from karavan.modules.conversations.schemas import PostMessageBody
from karavan.modules.media.public import attach

MESSAGE_POSTED = "message.posted"
MESSAGE_ANNOUNCED = "message.announced"
"""A message of the platform itself: shown in the thread, and no news of its own beside what it tells of."""


async def post_message(
    session: AsyncSession, actor: Actor, thread_id: UUID, body: PostMessageBody
) -> Message:
    """Post a message as the actor; repeating one with the same `client_id` gives the first again.

    Raises:
        NotFoundError: the actor's organisation takes no part in such a thread.
        ForbiddenError: the role only reads.
        ValidationError: neither text nor files.
        ClientIdTakenError: the `client_id` belongs to a message elsewhere.
    """
    thread = await lock_thread(session, thread_id)
    actor.require(MESSAGE_WRITE)
    if not body.body and not body.media_ids:
        raise invalid("#/body", "required", "Write something, or attach a file.")
    if body.client_id is not None:
        repeated = await _said_before(session, actor, body.client_id)
        if repeated is not None:
            if repeated.thread_id != thread_id:
                raise ClientIdTakenError
            return repeated
    attachments = await attach(session, actor, body.media_ids, pointer="#/media_ids")
    message = await _insert(
        session,
        thread,
        author_user_id=actor.user_id,
        author_organisation_id=actor.organisation_id,
        author_name=actor.display_name,
        body=body.body,
        attachments=attachments,
        client_id=body.client_id,
    )
    # Who answers has read what is above the answer.
    await move_mark(session, actor, thread, message.sequence)
    _record(session, thread, message, MESSAGE_POSTED, actor.organisation_id)
    return message


async def post_system_message(
    session: AsyncSession,
    thread_id: UUID,
    code: str,
    params: dict[str, Any] | None = None,
    *,
    organisation_id: UUID,
) -> Message:
    """Let the platform say something that every reader sees in their own language.

    Args:
        organisation_id: whose act it tells of; the event is recorded as theirs.
        code: such as `deal.terms_proposed`.
        params: JSON values that the text is filled with.

    Raises:
        NotFoundError: the transaction may not see such a thread.
    """
    thread = await lock_thread(session, thread_id)
    message = await _insert(session, thread, code=code, params=params or {})
    _record(session, thread, message, MESSAGE_ANNOUNCED, organisation_id)
    return message


async def lock_thread(session: AsyncSession, thread_id: UUID) -> Thread:
    """The thread's row, locked so that the next message is numbered after this one.

    Raises:
        NotFoundError: there is none that the transaction may see.
    """
    return await find_row(
        session, select(Thread).where(Thread.id == thread_id, TAKES_PART), lock=True
    )


async def _said_before(session: AsyncSession, actor: Actor, client_id: str) -> Message | None:
    found = await session.execute(
        select(Message).where(
            Message.author_user_id == actor.user_id, Message.client_id == client_id
        )
    )
    return found.scalar_one_or_none()


async def _insert(session: AsyncSession, thread: Thread, **values: Any) -> Message:
    thread.last_sequence += 1
    thread.last_message_at = await database_now(session)
    await session.flush()
    # The author may be posting the same `client_id` to another thread at this moment: its row lock is not ours.
    inserted = await session.execute(
        insert(Message)
        .values(id=new_id(), thread_id=thread.id, sequence=thread.last_sequence, **values)
        .on_conflict_do_nothing(index_elements=["author_user_id", "client_id"])
        .returning(Message)
    )
    message = inserted.scalar_one_or_none()
    if message is None:
        raise ClientIdTakenError
    return message


def _record(
    session: AsyncSession,
    thread: Thread,
    message: Message,
    event_type: str,
    organisation_id: UUID,
) -> None:
    record_event(
        session,
        event_type,
        organisation_id=organisation_id,
        aggregate_id=thread.id,
        payload={
            "thread_id": str(thread.id),
            "subject_type": thread.subject_type,
            "subject_id": str(thread.subject_id),
            "message_id": str(message.id),
            "sequence": message.sequence,
            "author_user_id": str(message.author_user_id) if message.author_user_id else None,
            "author_organisation_id": (
                str(message.author_organisation_id) if message.author_organisation_id else None
            ),
            "organisation_ids": [party["organisation_id"] for party in thread.parties],
        },
    )
