"""Following the stream: what was missed, then what comes, with signs of life. SSE and WebSocket only render it."""

import asyncio
import random
from collections.abc import AsyncGenerator
from enum import Enum, auto

from msgspec import Struct

from karavan.kit.realtime.hub import Hub, Item, Subscription

HEARTBEAT_S = 15.0
LIFETIME_S = 600.0


class Kind(Enum):
    """What a signal means to the client."""

    READY = auto()
    """Nothing is missing any more: now is the moment to fetch what the page shows, if it has not."""
    ITEMS = auto()
    RELOAD = auto()
    """The gap cannot be filled: fetch everything anew."""
    HEARTBEAT = auto()
    LIFETIME = auto()
    """The stream is old: is the session still valid?"""
    RECONNECT = auto()
    """Connect again and resume: the client was too slow, or the process stops."""
    ENDED = auto()
    """The session is over: do not come back with it."""


class Signal(Struct, frozen=True):
    """One step of a stream.

    Attributes:
        position: number to resume from after this signal; nothing when that has not changed.
    """

    kind: Kind
    position: int | None = None
    items: tuple[Item, ...] = ()


def parse_position(text: str | None) -> int | None:
    """The number that a client resumes from: nothing without one, and −1, which no stream knows, when it is not ours."""
    if text is None or text == "":
        return None
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text)
    return -1


def spread() -> float:
    """A share of an interval, another one each time: what began together, after a restart, should not all fall due together
    and hold up the news.
    """
    return random.uniform(0.8, 1.0)  # noqa: S311  # spreads load, hides nothing


async def follow(
    hub: Hub,
    subscription: Subscription,
    last_event_id: int | None,
    *,
    heartbeat_s: float = HEARTBEAT_S,
    lifetime_s: float = LIFETIME_S,
) -> AsyncGenerator[Signal]:
    """Everything that concerns the reader, each piece once and in order, from `last_event_id` on.

    The place at the hub was taken first and the gap is read after that, so that nothing falls between the two.

    Args:
        last_event_id: the last number that the client has seen; nothing to begin now.
        lifetime_s: a `LIFETIME` signal comes whenever this much time has passed.
    """
    seen = subscription.position
    if last_event_id is None:
        yield Signal(Kind.READY, seen)
    else:
        missed = await hub.missed(subscription, last_event_id)
        if missed is None:
            yield Signal(Kind.RELOAD, seen)
        else:
            # This process may be behind the one that the client comes from.
            seen = max(seen, last_event_id)
            if missed:
                yield Signal(Kind.ITEMS, items=tuple(missed))
            yield Signal(Kind.READY, seen)
    alarm = _Alarm(subscription, heartbeat_s, lifetime_s)
    try:
        while True:
            await subscription.wait()
            items = tuple(i for i in subscription.take() if i.id is None or i.id > seen)
            # Read in the same breath as the queue: up to here nothing that concerns the reader is outstanding.
            position = None if subscription.dropped else max(seen, hub.position)
            if items:
                seen = max((item.id for item in items if item.id is not None), default=seen)
                yield Signal(Kind.ITEMS, items=items)
            if subscription.ended:
                yield Signal(Kind.ENDED)
                return
            if subscription.dropped or subscription.closing:
                yield Signal(Kind.RECONNECT, position)
                return
            if alarm.rang:
                yield Signal(alarm.answer(), position)
    finally:
        alarm.cancel()


class _Alarm:
    """Wakes a reader at each heartbeat and at the end of its lifetime.

    One timer that runs on by itself: with a thousand readers, a timeout around each wait would cost more than the news.
    """

    def __init__(self, subscription: Subscription, heartbeat_s: float, lifetime_s: float) -> None:
        self._subscription = subscription
        self._heartbeat_s = heartbeat_s
        self._lifetime_s = lifetime_s
        self._loop = asyncio.get_running_loop()
        self._deadline = self._loop.time() + lifetime_s
        self.rang = False
        self._set(heartbeat_s * spread())

    def _set(self, heartbeat_s: float) -> None:
        now = self._loop.time()
        self._last = self._deadline - now <= heartbeat_s
        self._timer = self._loop.call_at(
            self._deadline if self._last else now + heartbeat_s, self._ring
        )

    def _ring(self) -> None:
        self.rang = True
        self._subscription.wake()

    def answer(self) -> Kind:
        """Which of the two it was; the next one is set."""
        kind = Kind.LIFETIME if self._last else Kind.HEARTBEAT
        if self._last:
            self._deadline = self._loop.time() + self._lifetime_s
        self.rang = False
        self._set(self._heartbeat_s)
        return kind

    def cancel(self) -> None:
        """Ring no more."""
        self._timer.cancel()
