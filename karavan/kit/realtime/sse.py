"""Server-sent events (WHATWG HTML, 9.2): one long answer, resumed by `Last-Event-ID`."""

import asyncio
import contextlib
import time

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from karavan.kit.authz import Actor
from karavan.kit.errors import TooManyRequestsError
from karavan.kit.realtime.following import (
    HEARTBEAT_S,
    LIFETIME_S,
    Kind,
    Signal,
    follow,
    parse_position,
    spread,
)
from karavan.kit.realtime.hub import STREAMS_PER_USER_MAX, Accepts, Hub, everything

_SEND_TIMEOUT_S = 30.0
_RETRY_MS = 2000


def stream_response(
    request: Request,
    actor: Actor,
    accepts: Accepts = everything,
    *,
    heartbeat_s: float = HEARTBEAT_S,
    lifetime_s: float = LIFETIME_S,
) -> Response:
    """The answer that streams what concerns `actor` until somebody ends it.

    The guard of the endpoint has just proved the session; its transaction is over before the first byte leaves, and
    none is held while streaming. The stream ends by itself after ten minutes, so that the guard is asked again.

    Args:
        accepts: which of the news that concern the actor this stream carries.

    Raises:
        TooManyRequestsError: the person has too many streams open.
    """
    hub: Hub = request.app.state.realtime
    if hub.streams_of(actor.user_id) >= STREAMS_PER_USER_MAX:
        raise TooManyRequestsError("Too many open streams.", headers={"Retry-After": "30"})
    given = request.headers.get("last-event-id") or request.query_params.get("last_event_id")
    return EventStream(
        hub,
        actor,
        accepts,
        parse_position(given),
        heartbeat_s=heartbeat_s,
        lifetime_s=lifetime_s * spread(),
    )


class EventStream(Response):
    """An answer without an end. It watches for the client's leaving by itself, so that its place is freed at once."""

    media_type = "text/event-stream"

    def __init__(
        self,
        hub: Hub,
        actor: Actor,
        accepts: Accepts,
        last_event_id: int | None,
        *,
        heartbeat_s: float,
        lifetime_s: float,
    ) -> None:
        super().__init__(
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
            media_type=self.media_type,
        )
        del self.headers["content-length"]
        self._hub = hub
        self._actor = actor
        self._accepts = accepts
        self._last_event_id = last_event_id
        self._heartbeat_s = heartbeat_s
        self._lifetime_s = lifetime_s
        self._sending_since: float | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        """Stream until the stream ends or the client leaves."""
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        sender = asyncio.create_task(self._stream(send), name="event stream")
        watcher = asyncio.create_task(_disconnected(receive), name="event stream watcher")
        try:
            done: set[asyncio.Task[None]] = set()
            while not done and not self._is_stuck():
                done, _ = await asyncio.wait(
                    {sender, watcher},
                    timeout=_SEND_TIMEOUT_S * spread() / 2,
                    return_when=asyncio.FIRST_COMPLETED,
                )
        finally:
            watcher.cancel()
            sender.cancel()
            await asyncio.gather(watcher, sender, return_exceptions=True)

    def _is_stuck(self) -> bool:
        """Whether the client takes nothing: it holds memory for nothing, and resumes when it comes back."""
        since = self._sending_since
        return since is not None and time.monotonic() - since > _SEND_TIMEOUT_S

    async def _stream(self, send: Send) -> None:
        async def write(body: bytes, *, more: bool = True) -> None:
            self._sending_since = time.monotonic()
            await send({"type": "http.response.body", "body": body, "more_body": more})
            self._sending_since = None

        with self._hub.subscribed(self._actor, self._accepts) as subscription:
            await write(f"retry: {_RETRY_MS}\n\n".encode())
            signals = follow(
                self._hub,
                subscription,
                self._last_event_id,
                heartbeat_s=self._heartbeat_s,
                lifetime_s=self._lifetime_s,
            )
            async with contextlib.aclosing(signals):
                async for signal in signals:
                    await write(render(signal))
                    if signal.kind is Kind.LIFETIME:
                        break
        await write(b"", more=False)


_EVENTS = {
    Kind.READY: "ready",
    Kind.RELOAD: "reload",
    Kind.LIFETIME: "reconnect",
    Kind.RECONNECT: "reconnect",
    Kind.ENDED: "end",
}


def render(signal: Signal) -> bytes:
    """A signal as events of the stream."""
    if signal.kind is Kind.ITEMS:
        return b"".join(item.as_event for item in signal.items)
    if signal.kind is Kind.HEARTBEAT:
        return b": alive\n\n"
    place = "" if signal.position is None else f"id: {signal.position}\n"
    return f"{place}event: {_EVENTS[signal.kind]}\ndata: {{}}\n\n".encode()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
