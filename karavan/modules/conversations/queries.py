"""Every read of conversations. Row-level security leaves a reader the threads that their organisation takes part in."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, String, and_, cast, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_row
from karavan.kit.errors import NotFoundError
from karavan.kit.locks import find_row
from karavan.kit.pagination import CursorParameters, Page, PageParameters, count_rows
from karavan.kit.tenancy import CURRENT_ORGANISATION
from karavan.modules.conversations.models import TAKES_PART, Message, ReadMark, Thread
from karavan.modules.conversations.schemas import (
    LastMessageView,
    MessageFeed,
    MessageView,
    ReadMarkView,
    ThreadParty,
    ThreadView,
)
from karavan.modules.media.public import attachment_views

_EXCERPT_CHARACTERS = 200
_NAMES = literal_column("'$[*].name'::jsonpath", JSONPATH)


class Direction(StrEnum):
    """Which way a feed goes from its cursor."""

    OLDER = "older"
    NEWER = "newer"


class ThreadStanding(Struct, frozen=True):
    """How far a thread is, and how many of its messages one person has not read."""

    id: UUID
    last_sequence: int
    unread: int

    def summary(self) -> dict[str, str | int]:
        """What the page of a subject shows of it, as JSON."""
        return {"id": str(self.id), "unread": self.unread}


def _unread_of(actor: Actor) -> Select[Thread, int]:
    """Threads with the person's count of unread messages."""
    mark = and_(
        ReadMark.thread_id == Thread.id,
        ReadMark.user_id == actor.user_id,
        ReadMark.organisation_id == actor.organisation_id,
    )
    unread = (Thread.last_sequence - func.coalesce(ReadMark.last_read_sequence, 0)).label("unread")
    return select(Thread, unread).outerjoin(ReadMark, mark).where(TAKES_PART)


async def list_threads(
    session: AsyncSession,
    actor: Actor,
    paging: PageParameters,
    *,
    text: str | None = None,
    subject_type: str | None = None,
    unread_only: bool = False,
) -> Page[ThreadView]:
    """The organisation's threads, the most recently used first, with what the person has not read."""
    statement = _unread_of(actor)
    if text:
        pattern = f"%{_escaped(text)}%"
        names = cast(func.jsonb_path_query_array(Thread.parties, _NAMES), String)
        statement = statement.where(or_(Thread.title.ilike(pattern), names.ilike(pattern)))
    if subject_type:
        statement = statement.where(Thread.subject_type == subject_type)
    if unread_only:
        statement = statement.where(
            Thread.last_sequence > func.coalesce(ReadMark.last_read_sequence, 0)
        )
    total = await count_rows(session, statement.with_only_columns(Thread.id))
    newest_first = func.coalesce(Thread.last_message_at, Thread.created_at).desc()
    rows = await session.execute(
        statement.order_by(newest_first, Thread.id.desc())
        .offset(paging.offset)
        .limit(paging.size)
        .add_columns(Message)
        .outerjoin(
            Message,
            and_(Message.thread_id == Thread.id, Message.sequence == Thread.last_sequence),
        )
    )
    return paging.answer([_thread_view(*row) for row in rows], total)


def _escaped(text: str) -> str:
    """Text in which LIKE's own signs stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _thread_view(thread: Thread, unread: int, newest: Message | None) -> ThreadView:
    return ThreadView(
        id=thread.id,
        subject_type=thread.subject_type,
        subject_id=thread.subject_id,
        title=thread.title,
        parties=[ThreadParty.model_validate(party) for party in thread.parties],
        last_sequence=thread.last_sequence,
        unread=unread,
        last_message=newest
        and LastMessageView(
            sequence=newest.sequence,
            author_name=newest.author_name,
            author_organisation_id=newest.author_organisation_id,
            body=newest.body[:_EXCERPT_CHARACTERS],
            code=newest.code,
            params=newest.params,
            attachment_count=len(newest.attachments),
            created_at=newest.created_at,
        ),
        created_at=thread.created_at,
    )


async def thread_of(session: AsyncSession, subject_type: str, subject_id: UUID) -> UUID:
    """The id of a subject's thread.

    Raises:
        NotFoundError: it has none that the reader may see.
    """
    return await find_row(
        session,
        select(Thread.id).where(
            Thread.subject_type == subject_type, Thread.subject_id == subject_id, TAKES_PART
        ),
    )


_THREAD_AND_UNREAD = f"""
select t.id, t.last_sequence, t.last_sequence - coalesce(m.last_read_sequence, 0) from conversations_threads t
left join conversations_read_marks m on m.thread_id = t.id and m.user_id = $3 and m.organisation_id = $4
where t.subject_type = $1 and t.subject_id = $2 and exists (
  select from conversations_participants p where p.thread_id = t.id and p.organisation_id = {CURRENT_ORGANISATION})
"""


async def thread_and_unread(
    session: AsyncSession, actor: Actor, subject_type: str, subject_id: UUID
) -> ThreadStanding | None:
    """A subject's thread for the page of that subject; nothing when the actor's organisation takes part in none."""
    row = await read_row(
        *(session, _THREAD_AND_UNREAD, subject_type, subject_id),
        *(actor.user_id, actor.organisation_id),
    )
    return None if row is None else ThreadStanding(*row)


async def read_messages(
    session: AsyncSession,
    actor: Actor,
    thread_id: UUID,
    cursor: CursorParameters,
    *,
    direction: Direction = Direction.OLDER,
) -> MessageFeed:
    """A stretch of a thread, oldest message first.

    Without a cursor it is the newest stretch, or, going newer, the beginning. `next` goes on in the same direction;
    going newer it is never null, so that a client can ask again for what came since.

    Raises:
        NotFoundError: the actor's organisation takes no part in such a thread.
    """
    thread = (
        await session.execute(select(Thread).where(Thread.id == thread_id, TAKES_PART))
    ).scalar_one_or_none()
    if thread is None:
        raise NotFoundError
    position = cursor.position()
    statement = select(Message).where(Message.thread_id == thread_id)
    if direction is Direction.OLDER:
        if position is not None:
            statement = statement.where(Message.sequence < position)
        statement = statement.order_by(Message.sequence.desc()).limit(cursor.size)
        messages = list(reversed((await session.execute(statement)).scalars().all()))
        more = bool(messages) and messages[0].sequence > 1
        following = CursorParameters.encode(messages[0].sequence) if more else None
    else:
        after = position or 0
        statement = statement.where(Message.sequence > after)
        statement = statement.order_by(Message.sequence).limit(cursor.size)
        messages = list((await session.execute(statement)).scalars().all())
        following = CursorParameters.encode(messages[-1].sequence if messages else after)
    marks = await session.execute(
        select(ReadMark).where(ReadMark.thread_id == thread_id).order_by(ReadMark.user_id)
    )
    return MessageFeed(
        items=[message_view(actor, message) for message in messages],
        next=following,
        last_sequence=thread.last_sequence,
        read_marks=[ReadMarkView.model_validate(mark) for mark in marks.scalars()],
    )


def message_view(actor: Actor, message: Message) -> MessageView:
    """A message as the actor sees it."""
    return MessageView(
        id=message.id,
        thread_id=message.thread_id,
        sequence=message.sequence,
        author_user_id=message.author_user_id,
        author_organisation_id=message.author_organisation_id,
        author_name=message.author_name,
        mine=message.author_user_id == actor.user_id,
        body=message.body,
        code=message.code,
        params=message.params,
        attachments=attachment_views(message.attachments),
        client_id=message.client_id if message.author_user_id == actor.user_id else None,
        created_at=message.created_at,
    )


class MessageFacts(Struct, frozen=True):
    """A message in a few words; `excerpt` is empty when only files were sent."""

    title: str
    author_name: str
    excerpt: str


async def message_facts(session: AsyncSession, message_id: UUID) -> MessageFacts | None:
    """What to say of a message to those who have not seen it. For system transactions."""
    row = (
        await session.execute(
            select(Thread.title, Message.author_name, Message.body)
            .join(Thread, Thread.id == Message.thread_id)
            .where(Message.id == message_id)
        )
    ).one_or_none()
    if row is None:
        return None
    title, author_name, body = row
    return MessageFacts(title, author_name, " ".join(body.split())[:_EXCERPT_CHARACTERS])
