"""The relay: gives events to their handlers for as long as it runs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from karavan.kit.db import Database
from karavan.kit.outbox import (
    FAN_OUT_BATCH,
    HANDLER_TIMEOUT_S,
    Lane,
    bury_unknown,
    due_lanes,
    fan_out,
    give_turn,
)
from karavan.kit.wakeups import CONNECTION_ERRORS, OUTBOX_CHANNEL, Listener

log = structlog.get_logger()

_LANE_TURNS = 32
_POLL_INTERVAL_S = 1.0
_HOUSEKEEPING_INTERVAL_S = 60.0

Hook = Callable[[Database], Awaitable[object]]


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
            self._news = await fan_out(self._database) == FAN_OUT_BATCH
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
                if turn.error is not None or not turn.more:
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
