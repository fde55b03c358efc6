"""Publishing to the stream, in the transaction that made the news true."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Identity, Index, event, func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, Session, mapped_column

from karavan.kit.db import Base
from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.scopes import SYSTEM

CHANNEL = "karavan_realtime"
SESSION_ENDED = "session.ended"
"""Topic that ends streams: of the person's session named by `session_id`, or of all their sessions without one."""

RETENTION_HOURS = 24
_NOTIFY_PAYLOAD_MAX_BYTES = 7900
_BUFFER = "realtime_events"


class RealtimeEvent(Base):
    """One piece of news, kept for as long as a client may resume from it. Written by `kit_publish` alone."""

    __tablename__ = "kit_realtime_events"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    organisation_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None]
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (
        Index("ix_kit_realtime_events_organisation_id_id", "organisation_id", "id"),
        Index(
            "ix_kit_realtime_events_personal",
            "user_id",
            "id",
            postgresql_where=text("organisation_id is null"),
        ),
    )


async def publish(
    session: AsyncSession,
    *,
    organisation_id: UUID | None,
    user_id: UUID | None = None,
    topic: str,
    payload: dict[str, Any],
) -> None:
    """Tell people of something, if and when the current transaction commits.

    Numbers of the stream must become visible in their order, or a client that resumes after number 8 would never
    hear of a 7 that commits late. So the rows are numbered under one lock that is held until the commit. To hold it
    for no longer than the commit itself takes, they are kept back and written as the last act of the transaction,
    in one statement; a NOTIFY travels with them, as that lock has already put the publishers in a row. Publishers
    follow one another at the rate of single commits: publish from handlers and small transactions, not from the
    transaction that does the work.

    Args:
        organisation_id: whose people; nothing for a person in whichever organisation they act.
        user_id: one person; nothing for everybody in the organisation.
        topic: `noun.past_tense`, such as `notification.created`.
        payload: identifiers only, as plain JSON: what they stand for is read with the reader's own rights.

    Raises:
        ValueError: neither an organisation nor a person is named.
    """
    if organisation_id is None and user_id is None:
        raise ValueError("news are for an organisation or a person")
    buffer = session.info.get(_BUFFER)
    if buffer is None:
        buffer = session.info[_BUFFER] = []
        event.listen(session.sync_session, "before_commit", _write_buffered)
    buffer.append((organisation_id, user_id, topic, json.dumps(payload)))


_PUBLISH = text(
    "select kit_publish(cast(:organisations as uuid[]), cast(:people as uuid[]),"
    " cast(:topics as text[]), cast(:payloads as text[]))"
)


def _write_buffered(session: Session) -> None:
    if session.in_nested_transaction() or not session.info[_BUFFER]:
        return
    # Everything else is written first: the lock must be the last thing that this transaction waits for.
    session.flush()
    organisations, people, topics, payloads = zip(*session.info[_BUFFER], strict=True)
    session.info[_BUFFER].clear()
    session.execute(
        _PUBLISH,
        {
            "organisations": list(organisations),
            "people": list(people),
            "topics": list(topics),
            "payloads": list(payloads),
        },
    )


async def publish_transient(
    session: AsyncSession,
    *,
    organisation_id: UUID | None,
    user_id: UUID | None = None,
    topic: str,
    payload: dict[str, Any],
) -> None:
    """Tell people who are connected now, and nobody later: that somebody is typing, for example.

    Nothing is stored, so a client that resumes does not hear of it. For transactions that do nothing else.

    Raises:
        ValueError: nobody is named, or the payload is longer than a notification can carry.
    """
    if organisation_id is None and user_id is None:
        raise ValueError("news are for an organisation or a person")
    message = json.dumps(
        {
            "organisation_id": str(organisation_id) if organisation_id else None,
            "user_id": str(user_id) if user_id else None,
            "topic": topic,
            "payload": payload,
        }
    )
    if len(message.encode()) > _NOTIFY_PAYLOAD_MAX_BYTES:
        raise ValueError("transient news carry identifiers only")
    await session.execute(
        text("select pg_notify(:channel, :message)"), {"channel": CHANNEL, "message": message}
    )


@scheduled("41 * * * *", name="realtime.sweep")
async def sweep(context: JobContext) -> None:
    """Forget news that nobody can resume from any more.

    The newest is always kept: from it a resuming client is told whether anything is missing between.
    """
    async with context.database.transaction(SYSTEM) as session:
        await session.execute(
            text(
                "delete from kit_realtime_events where created_at < now() - make_interval(hours => :hours)"
                " and id < (select max(id) from kit_realtime_events)"
            ),
            {"hours": RETENTION_HOURS},
        )
