"""The hub: one per process. It reads each piece of news once and hands it to every stream that it concerns."""

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import structlog
from prometheus_client import Gauge
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database
from karavan.kit.realtime.publishing import CHANNEL, SESSION_ENDED
from karavan.kit.scopes import SYSTEM
from karavan.kit.wakeups import CONNECTION_ERRORS, Listener

log = structlog.get_logger()

STREAMS = Gauge("karavan_realtime_streams", "Open streams of this process.")

_BATCH = 1000
_POLL_INTERVAL_S = 2.0
_QUEUE_MAX = 256
_MISSED_MAX = 500
STREAMS_PER_USER_MAX = 32


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news, rendered once for all its readers.

    Attributes:
        id: place in the stream; nothing when it is transient.
        data: the payload as JSON text.
    """

    id: int | None
    organisation_id: UUID | None
    user_id: UUID | None
    topic: str
    data: str
    as_event: bytes = field(repr=False)
    as_frame: str = field(repr=False)

    @property
    def payload(self) -> dict[str, Any]:
        """The payload, parsed."""
        parsed: dict[str, Any] = json.loads(self.data)
        return parsed


def _item(
    number: int | None, organisation_id: UUID | None, user_id: UUID | None, topic: str, data: str
) -> Item:
    place = "" if number is None else f"id: {number}\n"
    return Item(
        id=number,
        organisation_id=organisation_id,
        user_id=user_id,
        topic=topic,
        data=data,
        as_event=f"{place}event: {topic}\ndata: {data}\n\n".encode(),
        as_frame=(
            f'{{"type":"event","id":{json.dumps(number)},"topic":{json.dumps(topic)},"data":{data}}}'
        ),
    )


class Reader(Protocol):
    """Whose stream it is. An `Actor` is one."""

    @property
    def user_id(self) -> UUID: ...

    @property
    def organisation_id(self) -> UUID: ...

    @property
    def session_id(self) -> UUID | None: ...


Accepts = Callable[[Item], bool]


def everything(_: Item) -> bool:
    """Accept all that concerns the reader."""
    return True


class Subscription:
    """A reader's place at the hub: a bounded queue.

    Attributes:
        position: everything up to this number has been queued, was not for this reader, or came before them.
        dropped: the reader was too slow; what was queued is thrown away, and they resume from the table.
        ended: the session is over.
        closing: the process is shutting down.
    """

    def __init__(self, reader: Reader, accepts: Accepts, position: int) -> None:
        self.reader = reader
        self.accepts = accepts
        self.position = position
        self.dropped = False
        self.ended = False
        self.closing = False
        self._queue: deque[Item] = deque()
        self._ready = asyncio.Event()

    def offer(self, item: Item) -> None:
        """Queue an item that concerns the reader."""
        if self.dropped or not self.accepts(item):
            return
        if len(self._queue) >= _QUEUE_MAX:
            self.dropped = True
            self._queue.clear()
        else:
            self._queue.append(item)
        self._ready.set()

    def wake(self) -> None:
        """Let the reader look at the flags."""
        self._ready.set()

    def take(self) -> list[Item]:
        """All that is queued."""
        items = list(self._queue)
        self._queue.clear()
        self._ready.clear()
        return items

    async def wait(self) -> None:
        """Return when something has come, or a flag or an alarm wants to be looked at."""
        await self._ready.wait()


_READ = text(
    "select id, organisation_id, user_id, topic, payload::text as data from kit_realtime_events"
    " where id > :after order by id limit :limit"
)
_BOUNDS = text("select min(id) as oldest, max(id) as newest from kit_realtime_events")
_MISSED = text(
    """
    select id, organisation_id, user_id, topic, payload::text as data from (
      (select * from kit_realtime_events
        where organisation_id = :organisation_id and (user_id is null or user_id = :user_id)
          and id > :after and id <= :until order by id limit :limit)
      union all
      (select * from kit_realtime_events
        where organisation_id is null and user_id = :user_id
          and id > :after and id <= :until order by id limit :limit)
    ) missed order by id
    """
)


class Hub:
    """Reads the stream for this process. It holds a database connection only while it reads, never for a stream."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._position = 0
        self._woken = asyncio.Event()
        self._by_organisation: dict[UUID, set[Subscription]] = defaultdict(set)
        self._by_user: dict[UUID, set[Subscription]] = defaultdict(set)
        self._tasks: list[asyncio.Task[None]] = []
        self.closing = False

    @property
    def position(self) -> int:
        """Number of the newest item that this process has handed out."""
        return self._position

    async def start(self) -> None:
        """Begin at the present end of the stream."""
        async with self._database.transaction(SYSTEM) as session:
            newest = (await session.execute(_BOUNDS)).one().newest
        self._position = newest or 0
        listener = Listener(self._database, CHANNEL, self._notified)
        self._tasks = [
            asyncio.create_task(listener.run(), name="realtime listener"),
            asyncio.create_task(self._run(), name="realtime hub"),
        ]
        # News that is stored waits for its reader; transient news would pass by a process that does not listen yet.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_POLL_INTERVAL_S):
                await listener.listening.wait()

    async def close(self) -> None:
        """End every stream and stop reading."""
        self.end_streams()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    def end_streams(self) -> None:
        """Ask every reader to connect again, elsewhere: the process is going to stop."""
        self.closing = True
        for subscription in self._subscriptions():
            subscription.closing = True
            subscription.wake()

    def streams_of(self, user_id: UUID) -> int:
        """How many streams a person has open in this process."""
        return len(self._by_user.get(user_id, ()))

    @contextlib.contextmanager
    def subscribed(self, reader: Reader, accepts: Accepts = everything) -> Iterator[Subscription]:
        """A place at the hub for as long as the block lasts."""
        subscription = Subscription(reader, accepts, self._position)
        subscription.closing = self.closing
        self._by_organisation[reader.organisation_id].add(subscription)
        self._by_user[reader.user_id].add(subscription)
        STREAMS.inc()
        try:
            yield subscription
        finally:
            STREAMS.dec()
            for index, key in (
                (self._by_organisation, reader.organisation_id),
                (self._by_user, reader.user_id),
            ):
                index[key].discard(subscription)
                if not index[key]:
                    del index[key]

    async def missed(self, subscription: Subscription, after: int) -> list[Item] | None:
        """What the reader has missed since `after`, up to where the queue of `subscription` begins.

        Returns:
            Nothing when that is not known any more, or too much: the reader must fetch everything anew.
        """
        reader = subscription.reader
        async with self._database.transaction(SYSTEM) as session:
            rows = await session.execute(
                _MISSED,
                {
                    "organisation_id": reader.organisation_id,
                    "user_id": reader.user_id,
                    "after": after,
                    "until": subscription.position,
                    "limit": _MISSED_MAX + 1,
                },
            )
            items = [_item(*row) for row in rows]
            # Asked last: what a sweep takes away while we read then shows in the bounds.
            bounds = (await session.execute(_BOUNDS)).one()
        oldest, newest = bounds.oldest or 0, bounds.newest or 0
        if after > newest or after < oldest - 1:
            return None
        if len(items) > _MISSED_MAX:
            return None
        return [item for item in items if subscription.accepts(item)]

    def _notified(self, payload: str) -> None:
        if payload:
            self._hand_out_transient(payload)
        else:
            self._woken.set()

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_POLL_INTERVAL_S):
                    await self._woken.wait()
            self._woken.clear()
            try:
                async with self._database.transaction(SYSTEM) as session:
                    items = await self._read(session)
            except (SQLAlchemyError, *CONNECTION_ERRORS) as error:
                log.warning("realtime.unreadable", error=repr(error))
                await asyncio.sleep(0.5)
                self._woken.set()
                continue
            for item in items:
                self._hand_out(item)
            if len(items) == _BATCH:
                self._woken.set()

    async def _read(self, session: AsyncSession) -> list[Item]:
        rows = await session.execute(_READ, {"after": self._position, "limit": _BATCH})
        return [_item(*row) for row in rows]

    def _hand_out(self, item: Item) -> None:
        # Without an await between them, a subscription begins before an item or after it, never in its middle.
        assert item.id is not None
        self._position = item.id
        for subscription in self._concerned(item):
            subscription.offer(item)
        if item.topic == SESSION_ENDED:
            self._end_session(item)

    def _concerned(self, item: Item) -> list[Subscription]:
        if item.user_id is None:
            assert item.organisation_id is not None
            return list(self._by_organisation.get(item.organisation_id, ()))
        return [
            subscription
            for subscription in self._by_user.get(item.user_id, ())
            if item.organisation_id in {None, subscription.reader.organisation_id}
        ]

    def _end_session(self, item: Item) -> None:
        if item.user_id is None:
            return
        session_id = item.payload.get("session_id")
        for subscription in list(self._by_user.get(item.user_id, ())):
            if session_id is None or session_id == str(subscription.reader.session_id):
                subscription.ended = True
                subscription.wake()

    def _hand_out_transient(self, payload: str) -> None:
        message = json.loads(payload)
        item = _item(
            None,
            UUID(message["organisation_id"]) if message["organisation_id"] else None,
            UUID(message["user_id"]) if message["user_id"] else None,
            message["topic"],
            json.dumps(message["payload"]),
        )
        for subscription in self._concerned(item):
            subscription.offer(item)

    def _subscriptions(self) -> list[Subscription]:
        return [subscription for group in self._by_user.values() for subscription in group]
