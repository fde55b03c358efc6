"""The WebSocket at `/api/v1/ws`: the same stream as over SSE, and messages from the client."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, Request, WebSocket
from msgspec import Struct, field
from starlette.datastructures import Headers
from starlette.websockets import WebSocketDisconnect, WebSocketState

from karavan.kit.authz import Actor, ActorResolver, Credentials
from karavan.kit.db import Database
from karavan.kit.errors import BadRequestError, DomainError
from karavan.kit.realtime.following import Kind, Signal, follow, parse_position
from karavan.kit.realtime.hub import STREAMS_PER_USER_MAX, Hub, Item
from karavan.kit.scopes import Scope

log = structlog.get_logger()

socket_router = APIRouter()

MESSAGE_MAX_BYTES = 16 * 1024
MESSAGES_PER_10_S_MAX = 60
TOPICS_MAX = 100
_AUTHENTICATION_TIMEOUT_S = 10.0
_SEND_TIMEOUT_S = 10.0
_CLOSE_TIMEOUT_S = 3.0


class CloseCode:
    """Why a socket was closed. Codes from 4000 on are ours (RFC 6455 § 7.4.2)."""

    TOO_BIG = 1009
    INTERNAL = 1011
    RECONNECT = 1012
    TRY_LATER = 1013
    BAD_MESSAGE = 4400
    UNAUTHENTICATED = 4401
    FORBIDDEN_ORIGIN = 4403
    AUTHENTICATION_TIMEOUT = 4408
    TOO_MANY_MESSAGES = 4429


class _CloseError(Exception):
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class SocketContext(Struct, frozen=True):
    """What a handler of client messages works with. It opens its own transactions."""

    database: Database
    actor: Actor

    @property
    def scope(self) -> Scope:
        """The scope of the person's own transactions."""
        return Scope(self.actor.organisation_id, self.actor.user_id)


MessageHandler = Callable[[SocketContext, dict[str, Any]], Awaitable[None]]

_message_handlers: dict[str, MessageHandler] = {}
_OWN_TYPES = frozenset({"auth", "subscribe", "ping", "pong"})


def on_client_message(message_type: str) -> Callable[[MessageHandler], MessageHandler]:
    """Take client messages of a type: `@on_client_message("typing")`.

    The handler validates the message itself, and refuses it with a `DomainError`, which the client is sent.

    Raises:
        ValueError: the type is taken.
    """

    def register(handler: MessageHandler) -> MessageHandler:
        if message_type in _message_handlers or message_type in _OWN_TYPES:
            raise ValueError(f"client messages of type {message_type} are handled already")
        _message_handlers[message_type] = handler
        return handler

    return register


class _Topics(Struct):
    """Which topics the client wants: exact names, `noun.*`, or `*`."""

    wanted: frozenset[str] = frozenset({"*"})

    def accept(self, item: Item) -> bool:
        return bool(self.wanted & {"*", item.topic, f"{item.topic.partition('.')[0]}.*"})


class _Connection(Struct):
    websocket: WebSocket
    hub: Hub
    database: Database
    topics: _Topics = field(default_factory=_Topics)
    _sending: asyncio.Lock = field(default_factory=asyncio.Lock)
    _sending_since: float | None = None
    _received_at: list[float] = field(default_factory=list)

    async def send(self, frame: str) -> None:
        # The reader of news and the answerer of messages share the socket.
        async with self._sending:
            self._sending_since = time.monotonic()
            await self.websocket.send_text(frame)
            self._sending_since = None

    async def watch(self) -> None:
        """Give up a client that takes nothing, as a timeout around each of a thousand sends would cost too much.

        Raises:
            TimeoutError: it has taken nothing for too long.
        """
        while True:
            await asyncio.sleep(_SEND_TIMEOUT_S / 2)
            since = self._sending_since
            if since is not None and time.monotonic() - since > _SEND_TIMEOUT_S:
                raise TimeoutError

    async def receive(self) -> dict[str, Any]:
        """The next message of the client.

        Raises:
            _CloseError: it is too big, too much, or no message at all.
            WebSocketDisconnect: the client has left.
        """
        message = await self.websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        self._count()
        text = message.get("text")
        if text is None:
            raise _CloseError(CloseCode.BAD_MESSAGE, "messages are JSON text")
        if (
            len(text) > MESSAGE_MAX_BYTES
            or len(text.encode("utf-8", "replace")) > MESSAGE_MAX_BYTES
        ):
            raise _CloseError(CloseCode.TOO_BIG, f"messages have at most {MESSAGE_MAX_BYTES} bytes")
        try:
            parsed = json.loads(text)
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict) or not isinstance(parsed.get("type"), str):
            raise _CloseError(CloseCode.BAD_MESSAGE, "messages are JSON objects with a type")
        return parsed

    def _count(self) -> None:
        now = time.monotonic()
        self._received_at = [at for at in self._received_at if at > now - 10]
        self._received_at.append(now)
        if len(self._received_at) > MESSAGES_PER_10_S_MAX:
            raise _CloseError(CloseCode.TOO_MANY_MESSAGES, "too many messages")

    async def actor_of(self, credentials: Credentials) -> Actor:
        """The actor, by the same resolution as every request.

        Raises:
            _CloseError: the session has ended.
        """
        resolve: ActorResolver = self.websocket.app.state.resolve_actor
        scope = {**self.websocket.scope, "type": "http", "method": "GET"}
        async with self.database.transaction(
            Scope(credentials.organisation_id, credentials.user_id)
        ) as session:
            actor = await resolve(session, credentials, Request(scope))
        if actor is None:
            raise _CloseError(CloseCode.UNAUTHENTICATED, "the session has ended")
        return actor


@socket_router.websocket("/ws")
async def socket(websocket: WebSocket) -> None:
    """Serve one socket: prove who it is, then read and write side by side until one of the two ends."""
    if not _origin_allowed(websocket.headers, websocket.app.state.settings.base_url):
        await websocket.close(CloseCode.FORBIDDEN_ORIGIN)
        return
    await websocket.accept()
    state = websocket.app.state
    connection = _Connection(websocket, state.realtime, state.database)
    code, reason = CloseCode.INTERNAL, "internal error"
    try:
        await _serve(connection)
    except* _CloseError as closing:
        first = closing.exceptions[0]
        assert isinstance(first, _CloseError)
        code, reason = first.code, first.reason
    except* (WebSocketDisconnect, TimeoutError, OSError):
        # Gone, or so slow that it is as good as gone.
        code, reason = CloseCode.RECONNECT, "connect again"
    finally:
        if websocket.application_state is not WebSocketState.DISCONNECTED:
            # A farewell to somebody who takes nothing would wait for ever.
            with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError, TimeoutError):
                async with asyncio.timeout(_CLOSE_TIMEOUT_S):
                    await websocket.close(code, reason)


async def _serve(connection: _Connection) -> None:
    credentials = await _credentials(connection)
    actor = await connection.actor_of(credentials)
    if connection.hub.streams_of(actor.user_id) >= STREAMS_PER_USER_MAX:
        raise _CloseError(CloseCode.TRY_LATER, "too many open streams")
    # A group cancels the other task as soon as one raises, and every way to end is an exception.
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(connection.watch())
        tasks.create_task(_write(connection, credentials, actor))
        tasks.create_task(_read(connection, SocketContext(connection.database, actor)))


async def _credentials(connection: _Connection) -> Credentials:
    websocket = connection.websocket
    found: Credentials | None = websocket.state.credentials
    token = websocket.query_params.get("token")
    if found is None and token is None:
        try:
            async with asyncio.timeout(_AUTHENTICATION_TIMEOUT_S):
                message = await connection.receive()
        except TimeoutError:
            raise _CloseError(
                CloseCode.AUTHENTICATION_TIMEOUT, "no credentials came in time"
            ) from None
        token = message.get("token") if message["type"] == "auth" else None
    if found is None and isinstance(token, str):
        read: Callable[[Headers], Credentials | None] = websocket.app.state.credentials_from
        with contextlib.suppress(UnicodeEncodeError):
            found = read(Headers({"authorization": f"Bearer {token}"}))
    if found is None:
        raise _CloseError(CloseCode.UNAUTHENTICATED, "sign in to continue")
    return found


async def _write(connection: _Connection, credentials: Credentials, actor: Actor) -> None:
    last_event_id = parse_position(connection.websocket.query_params.get("last_event_id"))
    with connection.hub.subscribed(actor, connection.topics.accept) as subscription:
        signals = follow(connection.hub, subscription, last_event_id)
        async with contextlib.aclosing(signals):
            async for signal in signals:
                await _render(connection, signal)
                if signal.kind is Kind.LIFETIME:
                    await connection.actor_of(credentials)


async def _render(connection: _Connection, signal: Signal) -> None:
    match signal.kind:
        case Kind.ITEMS:
            for item in signal.items:
                await connection.send(item.as_frame)
        case Kind.READY | Kind.RELOAD:
            await connection.send(
                json.dumps({"type": signal.kind.name.lower(), "id": signal.position})
            )
        case Kind.HEARTBEAT:
            await connection.send('{"type":"ping"}')
        case Kind.RECONNECT:
            raise _CloseError(CloseCode.RECONNECT, "connect again")
        case Kind.ENDED:
            raise _CloseError(CloseCode.UNAUTHENTICATED, "the session has ended")
        case Kind.LIFETIME:
            pass


async def _read(connection: _Connection, context: SocketContext) -> None:
    while True:
        message = await connection.receive()
        try:
            await _answer(connection, context, message)
        except DomainError as refusal:
            await connection.send(
                json.dumps({"type": "error", "code": refusal.code, "detail": refusal.detail})
            )


async def _answer(connection: _Connection, context: SocketContext, message: dict[str, Any]) -> None:
    match message["type"]:
        case "ping":
            await connection.send('{"type":"pong"}')
        case "pong" | "auth":
            pass
        case "subscribe":
            topics = message.get("topics")
            if (
                not isinstance(topics, list)
                or len(topics) > TOPICS_MAX
                or not all(isinstance(topic, str) for topic in topics)
            ):
                raise BadRequestError(f"`topics` is a list of at most {TOPICS_MAX} names.")
            connection.topics.wanted = frozenset(topics)
            await connection.send(json.dumps({"type": "subscribed", "topics": sorted(topics)}))
        case other:
            handler = _message_handlers.get(other)
            if handler is None:
                raise BadRequestError("There is no such type of message.")
            await handler(context, message)


def _origin_allowed(headers: Headers, base_url: str) -> bool:
    """Browsers send cookies with any page's socket, so the page must be ours; other clients send no Origin."""
    origin = headers.get("origin")
    if origin is None:
        return True
    given, own = urlsplit(origin), urlsplit(base_url)
    return given.netloc != "" and given.netloc in {own.netloc, headers.get("host", "")}
