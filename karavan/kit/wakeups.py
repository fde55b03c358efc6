"""NOTIFY and LISTEN: hints that something is there to be read. Nothing is true because a hint came, or did not."""

import asyncio
import contextlib
from collections.abc import Callable

import asyncpg
import structlog

from karavan.kit.db import Database

log = structlog.get_logger()

OUTBOX_CHANNEL = "karavan_outbox"
JOBS_CHANNEL = "procrastinate_any_queue_v1"
_JOB_INSERTED = '{"type": "job_inserted", "job_id": 0}'

CONNECTION_ERRORS = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What a database that goes away or comes back looks like."""

_KEEPALIVE_INTERVAL_S = 15
_RECONNECT_MAX_S = 5.0


class Waker:
    """Tells the workers, at most once in `interval_s`, that events or jobs wait.

    NOTIFY takes a lock that every notifying commit of the database shares, so one in each transaction halves
    the rate of commits. Transactions therefore only poke the waker of their process, which sends for many.
    """

    def __init__(self, database: Database, *, interval_s: float = 0.02) -> None:
        self._database = database
        self._interval_s = interval_s
        self._poked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Hear of every transaction of this process that recorded an event or enqueued a job."""
        self._database.on_events = self.poke
        self._task = asyncio.create_task(self._run(), name="waker")

    async def close(self) -> None:
        """Stop sending."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def poke(self) -> None:
        """Something waits. Costs nothing; may be called as often as there are commits."""
        self._poked.set()

    async def _run(self) -> None:
        while True:
            await self._poked.wait()
            try:
                connection = await self._database.connect()
            except CONNECTION_ERRORS as error:
                # The relay polls: a hint that cannot be sent costs a second, not an event.
                log.warning("waker.unreachable", error=repr(error))
                await asyncio.sleep(1)
                continue
            try:
                await self._send_while_connected(connection)
            except CONNECTION_ERRORS as error:
                log.warning("waker.disconnected", error=repr(error))
            finally:
                connection.terminate()

    async def _send_while_connected(self, connection: asyncpg.Connection) -> None:
        while True:
            await self._poked.wait()
            self._poked.clear()
            await connection.execute(
                "select pg_notify($1, ''), pg_notify($2, $3)",
                OUTBOX_CHANNEL,
                JOBS_CHANNEL,
                _JOB_INSERTED,
                timeout=5,
            )
            await asyncio.sleep(self._interval_s)


class Listener:
    """One LISTEN connection that is opened again for as long as it takes.

    Args:
        channel: what to listen to.
        on_notification: called with each payload, and with an empty one after every (re)connection, because hints
            may have been missed before it.

    Attributes:
        listening: set once the first LISTEN has taken effect.
    """

    def __init__(
        self, database: Database, channel: str, on_notification: Callable[[str], None]
    ) -> None:
        self._database = database
        self._channel = channel
        self._on_notification = on_notification
        self.listening = asyncio.Event()

    async def run(self) -> None:
        """Listen until cancelled."""
        delay_s = 0.1
        while True:
            try:
                connection = await self._database.connect()
                try:
                    await self._listen(connection)
                    delay_s = 0.1
                finally:
                    connection.terminate()
            except CONNECTION_ERRORS as error:
                log.warning("listener.disconnected", channel=self._channel, error=repr(error))
            await asyncio.sleep(delay_s)
            delay_s = min(delay_s * 2, _RECONNECT_MAX_S)

    async def _listen(self, connection: asyncpg.Connection) -> None:
        lost = asyncio.Event()

        def terminated(_: object) -> None:
            lost.set()

        def notified(_connection: object, _pid: int, _channel: str, payload: object) -> None:
            self._on_notification(str(payload))

        connection.add_termination_listener(terminated)
        await connection.add_listener(self._channel, notified)
        self.listening.set()
        self._on_notification("")
        while not lost.is_set():
            try:
                async with asyncio.timeout(_KEEPALIVE_INTERVAL_S):
                    await lost.wait()
            except TimeoutError:
                await connection.execute("select 1", timeout=5)
