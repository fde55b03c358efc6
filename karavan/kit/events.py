"""Facts that a transaction records, and the handlers that hear of them after it has committed."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, Identity, Index, func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import HAS_EVENTS, Base, append


class OutboxEvent(Base):
    """An event, written in the transaction that made it true."""

    __tablename__ = "kit_outbox_events"

    sequence: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    type: Mapped[str]
    organisation_id: Mapped[UUID | None]
    aggregate_id: Mapped[UUID]
    payload: Mapped[dict[str, Any]]
    occurred_at: Mapped[datetime] = mapped_column(server_default=func.now())
    relayed_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_kit_outbox_events_waiting", "sequence", postgresql_where=text("relayed_at is null")
        ),
    )


class OutboxDelivery(Base):
    """One handler's turn at one event: at least once attempted, at most once done."""

    __tablename__ = "kit_outbox_deliveries"

    event_sequence: Mapped[int] = mapped_column(
        ForeignKey("kit_outbox_events.sequence", ondelete="CASCADE"), primary_key=True
    )
    handler: Mapped[str] = mapped_column(primary_key=True)
    aggregate_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default="pending")
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_attempt_at: Mapped[datetime] = mapped_column(server_default=func.now())
    error: Mapped[str | None]
    done_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_kit_outbox_deliveries_pending",
            "handler",
            "aggregate_id",
            "event_sequence",
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_kit_outbox_deliveries_due",
            "handler",
            "event_sequence",
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_kit_outbox_deliveries_dead",
            "event_sequence",
            "handler",
            postgresql_where=text("state = 'dead'"),
        ),
    )


class Event(Struct, frozen=True):
    """What a handler receives.

    `type` is `noun.past_tense`, such as `request.published`; `payload` holds plain JSON values.
    """

    sequence: int
    type: str
    organisation_id: UUID | None
    aggregate_id: UUID
    payload: dict[str, Any]
    occurred_at: datetime


Handler = Callable[[AsyncSession, Event], Awaitable[None]]

_handlers: dict[str, tuple[frozenset[str], Handler]] = {}


def handles(*types: str) -> Callable[[Handler], Handler]:
    """Subscribe a handler to event types.

    The handler runs after the commit, as the system role, in a transaction of its own. It may run again after a
    crash, so its effect must be the same when repeated; the delivery row it shares its transaction with
    makes rows written to the database exactly-once.
    """

    def subscribe(handler: Handler) -> Handler:
        name = f"{handler.__module__.removeprefix('karavan.')}.{handler.__name__}"
        if name in _handlers:
            raise ValueError(f"handler {name} is subscribed twice")
        _handlers[name] = (frozenset(types), handler)
        return handler

    return subscribe


def subscriptions() -> dict[str, frozenset[str]]:
    """Every handler's name and the types of events that it wants."""
    return {name: types for name, (types, _) in _handlers.items()}


def handler_named(name: str) -> Handler | None:
    """The handler, or nothing when this version of the program no longer has it."""
    found = _handlers.get(name)
    return None if found is None else found[1]


def record_event(
    session: AsyncSession,
    event_type: str,
    *,
    organisation_id: UUID | None,
    aggregate_id: UUID,
    payload: dict[str, Any],
) -> None:
    """Record a fact in the current transaction; handlers hear of it once that has committed.

    Args:
        event_type: `noun.past_tense`.
        organisation_id: whose fact it is.
        aggregate_id: handlers see the events of one aggregate in order.
        payload: JSON values: identifiers as text, moments as RFC 3339.
    """
    append(
        session,
        OutboxEvent,
        type=event_type,
        organisation_id=organisation_id,
        aggregate_id=aggregate_id,
        payload=payload,
    )
    session.info[HAS_EVENTS] = True
