"""Tables of notifications."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Identity, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified


class Notification(Base, Identified):
    """One person is told of one thing, in one of their organisations.

    No words are kept: `kind` and `params` become a title and a body in the language in which they are read.
    `in_feed` and `by_mail` are what the person wanted when it happened. A row with a `collapse_key` stands for
    everything of that key that has come since it was last read; `occurrences` counts.
    """

    __tablename__ = "notifications_items"

    # The order of the feed. A row that collapses more takes a new number and so comes to the top again.
    sequence: Mapped[int] = mapped_column(Identity(always=True))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id", ondelete="CASCADE")
    )
    event_sequence: Mapped[int]
    kind: Mapped[str]
    group_name: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    link: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    actor_name: Mapped[str | None]
    collapse_key: Mapped[str | None]
    occurrences: Mapped[int] = mapped_column(server_default="1")
    in_feed: Mapped[bool]
    by_mail: Mapped[bool]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint(
            "user_id",
            "event_sequence",
            "organisation_id",
            "kind",
            name="uq_notifications_items_told_once",
        ),
        Index(
            "ix_notifications_items_feed",
            "user_id",
            "organisation_id",
            "sequence",
            postgresql_where=text("in_feed"),
        ),
        Index(
            "ix_notifications_items_unread",
            "user_id",
            "organisation_id",
            "sequence",
            postgresql_where=text("in_feed and read_at is null"),
        ),
        Index(
            "uq_notifications_items_collapsed",
            "user_id",
            "organisation_id",
            "collapse_key",
            unique=True,
            postgresql_where=text("read_at is null and collapse_key is not null"),
        ),
        Index("ix_notifications_items_created_at", "created_at"),
    )


class Preference(Base):
    """How a person wants to hear of a group of things. Who has chosen nothing has the group's defaults."""

    __tablename__ = "notifications_preferences"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("identity_users.id", ondelete="CASCADE"), primary_key=True
    )
    group_name: Mapped[str] = mapped_column(primary_key=True)
    in_app: Mapped[bool]
    by_mail: Mapped[bool]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
