"""Tables of conversations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, exists, func
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified
from karavan.kit.tenancy import caller_is


class Thread(Base, Identified):
    """A conversation about one subject, which it knows as an opaque reference only.

    `last_sequence` counts the messages: it is raised under the row's lock, so numbers have no gaps and become visible
    in their order. `parties` lists `{organisation_id, name}` as they are called now.
    """

    __tablename__ = "conversations_threads"

    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    title: Mapped[str]
    parties: Mapped[list[dict[str, Any]]]
    last_sequence: Mapped[int] = mapped_column(server_default="0", default=0)
    last_message_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("subject_type", "subject_id"),)


class ThreadParticipant(Base):
    """An organisation that takes part. Everything else about a thread is readable through this row."""

    __tablename__ = "conversations_participants"

    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations_threads.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id"), primary_key=True
    )
    joined_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (Index("ix_conversations_participants_organisation_id", "organisation_id"),)


TAKES_PART = exists().where(
    ThreadParticipant.thread_id == Thread.id, caller_is(ThreadParticipant.organisation_id)
)
"""The caller's organisation takes part in the thread."""


class Message(Base, Identified):
    """Something that was said. Never changed.

    A message of the platform itself has no author, and `code` with `params` instead of a text, so that every reader
    is told in their own language.
    """

    __tablename__ = "conversations_messages"

    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations_threads.id", ondelete="CASCADE")
    )
    sequence: Mapped[int]
    author_user_id: Mapped[UUID | None]
    author_organisation_id: Mapped[UUID | None]
    author_name: Mapped[str] = mapped_column(server_default="")
    body: Mapped[str] = mapped_column(server_default="")
    code: Mapped[str | None]
    params: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    client_id: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (
        UniqueConstraint("thread_id", "sequence"),
        UniqueConstraint("author_user_id", "client_id"),
    )


class ReadMark(Base):
    """Up to where a person has read a thread. It only ever moves forward."""

    __tablename__ = "conversations_read_marks"

    thread_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations_threads.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    last_read_sequence: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(server_default=func.now())
