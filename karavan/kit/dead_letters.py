"""Deliveries that were given up: looking at them, and giving them another chance. All need a system transaction."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import HAS_EVENTS


class DeadLetter(Struct, frozen=True):
    """An event that a handler could not be given."""

    sequence: int
    handler: str
    event_type: str
    organisation_id: UUID | None
    aggregate_id: UUID
    occurred_at: datetime
    attempts: int
    error: str | None


_LIST = text(
    """
    select delivery.event_sequence, delivery.handler, event.type, event.organisation_id, delivery.aggregate_id,
           event.occurred_at, delivery.attempts, delivery.error
      from kit_outbox_deliveries delivery
      join kit_outbox_events event on event.sequence = delivery.event_sequence
     where delivery.state = 'dead'
       and (cast(:sequence as bigint) is null
            or (delivery.event_sequence, delivery.handler) < (:sequence, cast(:handler as text)))
       and (cast(:wanted as text) is null or delivery.handler = :wanted)
     order by delivery.event_sequence desc, delivery.handler desc limit :limit
    """
)
_REVIVE = text(
    """
    update kit_outbox_deliveries
       set state = 'pending', attempts = 0, next_attempt_at = clock_timestamp()
     where event_sequence = :sequence and handler = :handler and state = 'dead'
    returning aggregate_id
    """
)

_DISCARD = text(
    """
    update kit_outbox_deliveries set state = 'discarded'
     where event_sequence = :sequence and handler = :handler and state = 'dead'
    returning aggregate_id
    """
)


async def list_dead_letters(
    session: AsyncSession,
    *,
    handler: str | None,
    before: tuple[int, str] | None,
    limit: int,
) -> list[DeadLetter]:
    """Dead letters, newest event first.

    Args:
        before: sequence and handler of the last one seen.
    """
    sequence, after_handler = before or (None, None)
    rows = await session.execute(
        _LIST,
        {"sequence": sequence, "handler": after_handler, "wanted": handler, "limit": limit},
    )
    return [DeadLetter(*row) for row in rows]


async def delivery_state(session: AsyncSession, sequence: int, handler: str) -> str | None:
    """`pending`, `done`, `dead` or `discarded`; nothing when there is no such delivery."""
    state: str | None = (
        await session.execute(
            text(
                "select state from kit_outbox_deliveries"
                " where event_sequence = :sequence and handler = :handler for update"
            ),
            {"sequence": sequence, "handler": handler},
        )
    ).scalar_one_or_none()
    return state


async def revive(session: AsyncSession, sequence: int, handler: str) -> UUID | None:
    """Let the handler try again, with all its attempts before it.

    Later events of the aggregate have passed it meanwhile: it comes late, but it comes.

    Returns:
        The event's aggregate; nothing when the delivery is not dead.
    """
    aggregate_id: UUID | None = (
        await session.execute(_REVIVE, {"sequence": sequence, "handler": handler})
    ).scalar_one_or_none()
    if aggregate_id is not None:
        session.info[HAS_EVENTS] = True
    return aggregate_id


async def discard(session: AsyncSession, sequence: int, handler: str) -> UUID | None:
    """Let the handler do without the event for good; the event is swept like one that everybody has heard of.

    Returns:
        The event's aggregate; nothing when the delivery is not dead.
    """
    aggregate_id: UUID | None = (
        await session.execute(_DISCARD, {"sequence": sequence, "handler": handler})
    ).scalar_one_or_none()
    return aggregate_id
