"""The relay: takes events from the outbox to their handlers.

Handlers of one aggregate's events run in order, each exactly once in effect; `docs/subsystems/events.md` tells how.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import SYSTEM, Database
from karavan.kit.events import Event, handler_named, subscriptions
from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.wakeups import CONNECTION_ERRORS, OUTBOX_CHANNEL, Listener

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

_FAN_OUT_BATCH = 500
_LANES_PER_HANDLER = 16
_LANE_TURNS = 32
_POLL_INTERVAL_S = 1.0
_HOUSEKEEPING_INTERVAL_S = 60.0

Hook = Callable[[Database], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one aggregate on their way to one handler: a queue in which nobody overtakes."""

    handler: str
    aggregate_id: UUID


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of giving a lane its turn: `error` is the handler's own, when it failed."""

    happened: bool
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
                "limit": _FAN_OUT_BATCH,
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
    returning delivery.attempts, event.sequence, event.type, event.organisation_id, event.aggregate_id,
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
    attempts = 0
    try:
        async with database.transaction(SYSTEM) as session:
            row = (
                await session.execute(
                    _CLAIM, {"handler": lane.handler, "aggregate_id": lane.aggregate_id}
                )
            ).one_or_none()
            if row is None:
                return Turn(happened=False)
            attempts, event = row[0], Event(*row[1:])
            with structlog.contextvars.bound_contextvars(event=event.type, handler=lane.handler):
                async with asyncio.timeout(timeout_s):
                    await handler(session, event)
    except Exception as error:  # whatever a handler raises concerns its own lane alone
        if event is None:
            raise
        await _record_failure(database, lane, event, attempts, error)
        return Turn(happened=True, error=error, event=event)
    DELIVERIES.labels(lane.handler, "done").inc()
    return Turn(happened=True, event=event)


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


class Relay:
    """Delivers for as long as it runs. Any number of them may run at once, in any number of processes.

    Args:
        concurrency: handlers at a time; one handler never takes the last place, so a slow one cannot stop the others.
        after_batch: called one after another whenever something was delivered, and every second in any case; the audit
            trail is sealed by one.
    """

    def __init__(
        self,
        database: Database,
        *,
        concurrency: int = 4,
        handler_timeout_s: float = HANDLER_TIMEOUT_S,
        after_batch: Sequence[Hook] = (),
    ) -> None:
        self._database = database
        self._concurrency = concurrency
        self._handler_timeout_s = handler_timeout_s
        self._after_batch = after_batch
        self._woken = asyncio.Event()
        self._news = False
        self._delivered = asyncio.Event()
        self._waiting: dict[Lane, None] = {}
        self._running: dict[Lane, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver until cancelled; handlers that run then are cut off, and their turns undone."""
        listener = Listener(self._database, OUTBOX_CHANNEL, self._notified)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(listener.run(), name="relay listener")
            tasks.create_task(self._hooks(), name="relay hooks")
            tasks.create_task(self._housekeeping(), name="relay housekeeping")
            try:
                await self._deliver()
            finally:
                for task in list(self._running.values()):
                    task.cancel()
                await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _notified(self, _: str) -> None:
        self._news = True
        self._woken.set()

    async def _deliver(self) -> None:
        while True:
            self._woken.clear()
            self._start_waiting()
            if self._news or len(self._waiting) < self._concurrency:
                await self._refill()
                self._start_waiting()
            if self._news:
                continue
            try:
                async with asyncio.timeout(_POLL_INTERVAL_S):
                    await self._woken.wait()
            except TimeoutError:
                self._news = True

    async def _refill(self) -> None:
        self._news = False
        try:
            # A full batch says that more is waiting.
            self._news = await fan_out(self._database) == _FAN_OUT_BATCH
            for lane in await due_lanes(self._database):
                if lane not in self._running:
                    self._waiting[lane] = None
        except (SQLAlchemyError, *CONNECTION_ERRORS) as error:
            log.warning("relay.unreachable", error=repr(error))
            await asyncio.sleep(_POLL_INTERVAL_S)

    def _start_waiting(self) -> None:
        for lane in list(self._waiting):
            if len(self._running) >= self._concurrency:
                return
            same_handler = sum(1 for other in self._running if other.handler == lane.handler)
            if lane in self._running or same_handler >= max(1, self._concurrency - 1):
                continue
            del self._waiting[lane]
            self._running[lane] = asyncio.create_task(self._work(lane), name=f"relay {lane}")

    async def _work(self, lane: Lane) -> None:
        try:
            # Several turns in a row, but not so many that other lanes wait for long.
            for _ in range(_LANE_TURNS):
                turn = await give_turn(self._database, lane, timeout_s=self._handler_timeout_s)
                if not turn.happened:
                    break
                self._delivered.set()
                if turn.error is not None:
                    break
        except (SQLAlchemyError, *CONNECTION_ERRORS) as error:
            log.warning("relay.turn_lost", lane=str(lane), error=repr(error))
        finally:
            del self._running[lane]
            self._woken.set()

    async def _hooks(self) -> None:
        while True:
            try:
                async with asyncio.timeout(_POLL_INTERVAL_S):
                    await self._delivered.wait()
            except TimeoutError:
                pass
            self._delivered.clear()
            for hook in self._after_batch:
                try:
                    await hook(self._database)
                except Exception:  # a hook that fails is called again; events must not wait for it
                    log.exception("relay.hook_failed", hook=repr(hook))

    async def _housekeeping(self) -> None:
        while True:
            try:
                await bury_unknown(self._database)
            except (SQLAlchemyError, *CONNECTION_ERRORS) as error:
                log.warning("relay.unreachable", error=repr(error))
            await asyncio.sleep(_HOUSEKEEPING_INTERVAL_S)


async def outbox_lag_s(session: AsyncSession) -> float:
    """Age in seconds of the oldest event that a handler still has to hear of; needs a system transaction."""
    statement = text(
        """
        select coalesce(extract(epoch from clock_timestamp() - least(
          (select min(occurred_at) from kit_outbox_events where relayed_at is null),
          (select min(event.occurred_at) from kit_outbox_deliveries delivery
             join kit_outbox_events event on event.sequence = delivery.event_sequence
            where delivery.state = 'pending'))), 0)
        """
    )
    return float((await session.execute(statement)).scalar_one())


@scheduled("29 3 * * *", name="events.sweep", timeout_s=1800)
async def sweep(context: JobContext) -> None:
    """Forget events of more than thirty days ago that every handler has heard of."""
    statement = text(
        """
        delete from kit_outbox_events where sequence in (
          select event.sequence from kit_outbox_events event
           where event.relayed_at < now() - interval '30 days'
             and not exists (
               select from kit_outbox_deliveries delivery
                where delivery.event_sequence = event.sequence and delivery.state <> 'done')
           order by event.sequence limit 5000)
        returning 1
        """
    )
    swept = 1
    while swept:
        async with context.database.transaction(SYSTEM) as session:
            swept = len((await session.execute(statement)).all())
