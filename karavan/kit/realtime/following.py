"""Following the stream: what was missed, then what comes, with signs of life. SSE and WebSocket only render it."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import Enum, auto

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


@dataclass(frozen=True, slots=True)
class Signal:
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
    clock = asyncio.get_running_loop().time
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
    deadline = clock() + lifetime_s
    while True:
        came = await subscription.wait(min(heartbeat_s, max(deadline - clock(), 0)))
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
        if clock() >= deadline:
            deadline = clock() + lifetime_s
            yield Signal(Kind.LIFETIME, position)
        elif not came:
            yield Signal(Kind.HEARTBEAT)
