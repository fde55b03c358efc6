"""The outbox: from events to deliveries, and from a delivery to its handler.

Handlers of one aggregate's events run in order, each exactly once in effect; `docs/subsystems/events.md` tells how.
"""

import asyncio
from uuid import UUID

import structlog
from msgspec import Struct
from prometheus_client import Counter
from sqlalchemy import text

from karavan.kit.db import Database
from karavan.kit.events import Event, handler_named, subscriptions
from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.scopes import SYSTEM

log = structlog.get_logger()

DELIVERIES = Counter(
    "karavan_event_deliveries", "Events given to handlers, by outcome.", ["handler", "outcome"]
)

RETRY_DELAYS_S = (1, 5, 30, 120, 600, 600, 600)
"""Between the attempts; after the eighth a delivery is dead."""

HANDLER_TIMEOUT_S = 45.0
"""Below the 60 s after which the server ends a session that idles inside a transaction."""

UNKNOWN_HANDLER_GRACE_S = 600.0
"""How long a delivery waits for a worker that knows its handler: while a new version is rolled out, not all do."""

FAN_OUT_BATCH = 500
_LANES_PER_HANDLER = 64


class Lane(Struct, frozen=True):
    """The events of one aggregate on their way to one handler: a queue in which nobody overtakes."""

    handler: str
    aggregate_id: UUID


class Turn(Struct, frozen=True):
    """What came of giving a lane its turn.

    Attributes:
        more: whether further events wait in the lane.
        error: the handler's own, when it failed.
    """

    happened: bool
    more: bool = False
    error: Exception | None = None
    event: Event | None = None


_TAKE_LOCK = text("select pg_try_advisory_xact_lock(7022301, 2)")
_FAN_OUT = text(
    """
    with taken as (
      update kit_outbox_events set relayed_at = clock_timestamp()
       where sequence in (
         select sequence from kit_outbox_events where relayed_at is null order by sequence limit :limit)
      returning sequence, type, aggregate_id
    ), delivered as (
      insert into kit_outbox_deliveries (event_sequence, handler, aggregate_id)
      select taken.sequence, wanted.handler, taken.aggregate_id
        from taken join unnest(cast(:types as text[]), cast(:handlers as text[])) as wanted (type, handler)
             using (type)
    )
    select count(*) from taken
    """
)


async def fan_out(database: Database) -> int:
    """Write one delivery for every handler of each new event.

    One relay at a time does it: were two to take neighbouring batches, the later event of an aggregate could be
    delivered before the earlier one had been. The work is two statements, so nothing is won by sharing it.

    Returns:
        How many events were taken.
    """
    pairs = [(kind, name) for name, kinds in subscriptions().items() for kind in kinds]
    async with database.transaction(SYSTEM) as session:
        if not (await session.execute(_TAKE_LOCK)).scalar_one():
            return 0
        taken = await session.execute(
            _FAN_OUT,
            {
                "limit": FAN_OUT_BATCH,
                "types": [kind for kind, _ in pairs],
                "handlers": [name for _, name in pairs],
            },
        )
        return int(taken.scalar_one())


_DUE = text(
    """
    select known.handler, due.aggregate_id
      from unnest(cast(:handlers as text[])) as known (handler)
     cross join lateral (
       select first.aggregate_id, first.event_sequence
         from kit_outbox_deliveries first
        where first.handler = known.handler and first.state = 'pending'
          and first.next_attempt_at <= clock_timestamp()
          and not exists (
            select from kit_outbox_deliveries earlier
             where earlier.handler = first.handler and earlier.aggregate_id = first.aggregate_id
               and earlier.state = 'pending' and earlier.event_sequence < first.event_sequence)
        order by first.event_sequence limit :limit) due
     order by due.event_sequence
    """
)


async def due_lanes(database: Database) -> list[Lane]:
    """Lanes whose first event is due, the oldest first; some for every handler, so that none hides behind another."""
    async with database.transaction(SYSTEM) as session:
        rows = await session.execute(
            _DUE, {"handlers": list(subscriptions()), "limit": _LANES_PER_HANDLER}
        )
        return [Lane(*row) for row in rows]


# The first of the lane, or nothing: where another relay holds it, the second must wait as well. Being marked done in
# the handler's own transaction, before it runs, is the same as after it: both become true together or not at all.
_CLAIM = text(
    """
    with first as (
      select delivery.event_sequence, delivery.handler
        from kit_outbox_deliveries delivery
       where delivery.handler = :handler and delivery.state = 'pending'
         and delivery.next_attempt_at <= clock_timestamp()
         and delivery.event_sequence = (
           select min(event_sequence) from kit_outbox_deliveries
            where handler = :handler and aggregate_id = :aggregate_id and state = 'pending')
         for update skip locked
    )
    update kit_outbox_deliveries delivery
       set state = 'done', done_at = clock_timestamp(), attempts = delivery.attempts + 1, error = null
      from first join kit_outbox_events event on event.sequence = first.event_sequence
     where delivery.event_sequence = first.event_sequence and delivery.handler = first.handler
    returning delivery.attempts, exists (
                select from kit_outbox_deliveries later
                 where later.handler = :handler and later.aggregate_id = :aggregate_id
                   and later.state = 'pending' and later.event_sequence > first.event_sequence),
              event.sequence, event.type, event.organisation_id, event.aggregate_id,
              event.payload, event.occurred_at
    """
)
_FAIL = text(
    """
    update kit_outbox_deliveries
       set attempts = :attempts, error = :error,
           state = case when cast(:delay_s as float) is null then 'dead' else state end,
           next_attempt_at = clock_timestamp() + make_interval(secs => coalesce(cast(:delay_s as float), 0))
     where event_sequence = :sequence and handler = :handler and state = 'pending' and attempts = :attempts - 1
    """
)


async def give_turn(
    database: Database, lane: Lane, *, timeout_s: float = HANDLER_TIMEOUT_S
) -> Turn:
    """Run the lane's handler on its first event, if that is due and nobody else is at it.

    The handler and the mark that it has run share a transaction. When it fails, that is undone, and the failure
    is written down in another.
    """
    handler = handler_named(lane.handler)
    assert handler is not None, "only lanes of known handlers are due"
    event: Event | None = None
    attempts, more = 0, False
    try:
        async with database.transaction(SYSTEM) as session:
            row = (
                await session.execute(
                    _CLAIM, {"handler": lane.handler, "aggregate_id": lane.aggregate_id}
                )
            ).one_or_none()
            if row is None:
                return Turn(happened=False)
            attempts, more, event = row[0], row[1], Event(*row[2:])
            with structlog.contextvars.bound_contextvars(event=event.type, handler=lane.handler):
                async with asyncio.timeout(timeout_s):
                    await handler(session, event)
    except Exception as error:  # whatever a handler raises concerns its own lane alone
        if event is None:
            raise
        await _record_failure(database, lane, event, attempts, error)
        return Turn(happened=True, error=error, event=event)
    DELIVERIES.labels(lane.handler, "done").inc()
    return Turn(happened=True, more=more, event=event)


async def _record_failure(
    database: Database, lane: Lane, event: Event, attempts: int, error: Exception
) -> None:
    delay_s = RETRY_DELAYS_S[attempts - 1] if attempts <= len(RETRY_DELAYS_S) else None
    outcome = "dead" if delay_s is None else "failed"
    DELIVERIES.labels(lane.handler, outcome).inc()
    log.error(
        "event.handler_failed",
        handler=lane.handler,
        event_type=event.type,
        sequence=event.sequence,
        attempts=attempts,
        outcome=outcome,
        exc_info=error,
    )
    async with database.transaction(SYSTEM) as session:
        await session.execute(
            _FAIL,
            {
                "sequence": event.sequence,
                "handler": lane.handler,
                "attempts": attempts,
                "error": f"{type(error).__name__}: {error}"[:2000],
                "delay_s": delay_s,
            },
        )


async def bury_unknown(database: Database, *, grace_s: float = UNKNOWN_HANDLER_GRACE_S) -> int:
    """Give up deliveries whose handler no version of the program that runs knows any more.

    Returns:
        How many were given up.
    """
    async with database.transaction(SYSTEM) as session:
        buried = await session.execute(
            text(
                """
                update kit_outbox_deliveries delivery
                   set state = 'dead', error = 'no handler is called ' || handler || '; was it renamed or removed?'
                  from kit_outbox_events event
                 where event.sequence = delivery.event_sequence and delivery.state = 'pending'
                   and delivery.handler <> all(cast(:known as text[]))
                   and event.relayed_at < clock_timestamp() - make_interval(secs => :grace_s)
                returning 1
                """
            ),
            {"known": list(subscriptions()), "grace_s": grace_s},
        )
        return len(buried.all())


@scheduled("29 3 * * *", name="events.sweep", timeout_s=1800)
async def sweep(context: JobContext) -> None:
    """Forget events of more than thirty days ago that every handler has heard of, or is to do without."""
    statement = text(
        """
        delete from kit_outbox_events where sequence in (
          select event.sequence from kit_outbox_events event
           where event.relayed_at < now() - interval '30 days'
             and not exists (
               select from kit_outbox_deliveries delivery
                where delivery.event_sequence = event.sequence and delivery.state not in ('done', 'discarded'))
           order by event.sequence limit 5000)
        returning 1
        """
    )
    swept = 1
    while swept:
        async with context.database.transaction(SYSTEM) as session:
            swept = len((await session.execute(statement)).all())
