"""A small application around the stream, served by a real server, and clients that read it."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.datastructures import Headers

from karavan.kit.authz import Actor, Credentials, CurrentActor, Role
from karavan.kit.db import Database
from karavan.kit.ids import new_id
from karavan.kit.realtime import Hub, publish, socket_router, stream_response
from karavan.kit.routing import KaravanRoute
from karavan.kit.scopes import SYSTEM
from karavan.kit.web import EdgeMiddleware, install_error_handlers


@dataclass
class Person:
    """Somebody with a session; the token says who."""

    user_id: UUID = field(default_factory=new_id)
    organisation_id: UUID = field(default_factory=new_id)
    session_id: UUID = field(default_factory=new_id)
    signed_in: bool = True

    @property
    def token(self) -> str:
        return f"{self.user_id}.{self.organisation_id}.{self.session_id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


def credentials_from(headers: Headers) -> Credentials | None:
    """Credentials of a token that names them in the clear."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    parts = token.split(".")
    if kind != "Bearer" or len(parts) != 3:
        return None
    with contextlib.suppress(ValueError):
        return Credentials(*(UUID(part) for part in parts))
    return None


@dataclass
class Served:
    """A running server."""

    base_url: str
    hub: Hub
    database: Database
    people: dict[UUID, Person] = field(default_factory=dict)

    def person(self, **given: UUID) -> Person:
        person = Person(**given)
        self.people[person.session_id] = person
        return person


@contextlib.asynccontextmanager
async def serve(database: Database, **stream_options: Any) -> AsyncIterator[Served]:
    """A server of one process with `/stream` and the WebSocket."""
    hub = Hub(database)
    await hub.start()
    app = FastAPI()
    app.router.route_class = KaravanRoute
    served = Served("", hub, database)

    async def resolve(session: Any, credentials: Credentials, request: Request) -> Actor | None:
        person = served.people.get(credentials.session_id)
        if person is None or not person.signed_in:
            return None
        return Actor(
            user_id=person.user_id,
            organisation_id=person.organisation_id,
            session_id=person.session_id,
            role=Role.OWNER,
        )

    app.state.database = database
    app.state.realtime = hub
    app.state.settings = SimpleNamespace(base_url="http://karavan.test")
    app.state.credentials_from = credentials_from
    app.state.resolve_actor = resolve

    @app.get("/stream")
    async def stream(request: Request, actor: CurrentActor) -> Response:
        return stream_response(request, actor, **stream_options)

    app.include_router(socket_router, prefix="/api/v1")
    install_error_handlers(app)
    app.add_middleware(
        EdgeMiddleware,
        credentials_from=credentials_from,
        base_url="http://karavan.test",
        body_max_bytes=1000,
        files_max_bytes={},
        hsts=False,
    )
    # Named as TCP, or asyncio leaves the algorithm of Nagle on and answers wait 40 ms for an acknowledgement.
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    served.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
    )
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield served
    finally:
        hub.end_streams()
        server.should_exit = True
        await task
        await hub.close()


async def tell(
    database: Database,
    *,
    organisation_id: UUID | None = None,
    user_id: UUID | None = None,
    topic: str = "parcel.sent",
    **payload: Any,
) -> None:
    """Publish one piece of news in a transaction of its own."""
    async with database.transaction(SYSTEM) as session:
        await publish(
            session, organisation_id=organisation_id, user_id=user_id, topic=topic, payload=payload
        )


@dataclass
class Heard:
    """One event of a stream."""

    id: int | None
    event: str
    data: Any


class Listening:
    """A client that reads server-sent events as the standard says."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.comments = 0
        self._lines = response.aiter_lines()

    async def next(self, *, timeout_s: float = 10) -> Heard | None:
        """The next event, or nothing when the stream has ended."""
        number, event, data = None, None, None
        async with asyncio.timeout(timeout_s):
            async for line in self._lines:
                if line.startswith(":"):
                    self.comments += 1
                elif line.startswith("id: "):
                    number = int(line[4:])
                elif line.startswith("event: "):
                    event = line[7:]
                elif line.startswith("data: "):
                    data = json.loads(line[6:])
                elif line == "" and event is not None:
                    return Heard(number, event, data)
        return None


@contextlib.asynccontextmanager
async def listening(
    served: Served, person: Person, last_event_id: int | str | None = None
) -> AsyncIterator[Listening]:
    """An open stream."""
    headers = dict(person.headers)
    if last_event_id is not None:
        headers["last-event-id"] = str(last_event_id)
    async with (
        httpx.AsyncClient(base_url=served.base_url, timeout=30) as client,
        client.stream("GET", "/stream", headers=headers) as response,
    ):
        yield Listening(response)
