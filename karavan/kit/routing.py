"""Routes: how one is found, what errors each declares, and idempotency for every POST."""

from collections.abc import Callable, Coroutine, Iterable
from functools import cached_property, partial
from threading import RLock
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from opentelemetry import trace
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, compile_path
from starlette.types import Message, Receive, Scope, Send

from karavan.kit.errors import Problem
from karavan.kit.idempotency import Replayed, remember
from karavan.kit.plans import Plan, UnplannedError, plan_of
from karavan.kit.unit_of_work import UnitOfWork

API_PREFIX = "/api/v1"

PROBLEM_JSON = "application/problem+json"

_PROBLEM = {"content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}}

PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    400: {"description": "The request could not be understood.", **_PROBLEM},
    401: {"description": "Nobody is signed in.", **_PROBLEM},
    403: {"description": "The role does not allow it.", **_PROBLEM},
    404: {"description": "There is no such resource for this caller.", **_PROBLEM},
    409: {"description": "The state or version does not allow it.", **_PROBLEM},
    413: {"description": "The request is too large.", **_PROBLEM},
    415: {"description": "The content type is not accepted.", **_PROBLEM},
    422: {"description": "Some values need correcting.", **_PROBLEM},
    429: {"description": "Too many requests.", **_PROBLEM},
    503: {"description": "A needed part does not answer.", **_PROBLEM},
}


_OF_THE_PATH = ("path_regex", "path_format", "param_convertors")
_WORKING_OUT = RLock()


class KaravanRoute(APIRoute):
    """A route with a unit of work, which remembers its answer under the caller's `Idempotency-Key` in that transaction.

    What its signature means is worked out when somebody first asks the route for more than its path, methods and function: the
    first request, or the document. For all routes together that takes as long as everything else that is imported.
    """

    def __init__(
        self, path: str, endpoint: Callable[..., Any], *, methods: Iterable[str], **options: Any
    ) -> None:
        """As `APIRoute`, which gets all that is given here when it is needed."""
        self.path = path
        self.endpoint = endpoint
        self.methods = {method.upper() for method in methods}
        self._work_out: Callable[[], None] | None = partial(
            super().__init__, path, endpoint, methods=self.methods, **options
        )

    def __getattr__(self, name: str) -> Any:
        """Attributes that are not there yet; an address is matched without the rest of them."""
        given = self.__dict__
        if name in _OF_THE_PATH:
            given.update(zip(_OF_THE_PATH, compile_path(self.path), strict=True))
        elif not name.startswith("__"):
            # The document is made in a thread, while requests are answered.
            with _WORKING_OUT:
                work_out = given.get("_work_out")
                if work_out is not None:
                    self._work_out = None
                    work_out()
        if name not in given:
            raise AttributeError(name, name=name, obj=self)
        return given[name]

    @cached_property
    def plan(self) -> Plan | None:
        """How its signature is met, worked out when it is first asked for."""
        return plan_of(self)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler inside a unit of work."""
        handle = super().get_route_handler()

        async def handle_and_remember(request: Request) -> Response:
            return await _in_one_unit(request, handle)

        return handle_and_remember

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the plan, or, where there is none for such a request, as the framework does."""
        plan = self.plan
        if plan is None:
            await self.handle(scope, receive, send)
            return
        try:
            response = await _in_one_unit(Request(scope, receive, send), plan.answer)
        except UnplannedError as error:
            await self.handle(scope, _given_again(error.body, receive), send)
            return
        await response(scope, receive, send)


async def _in_one_unit(
    request: Request, answer: Callable[[Request], Coroutine[Any, Any, Response]]
) -> Response:
    """The answer, once its transaction has been committed.

    `answer` returns with the answer serialised and the transaction still open, so the answer is stored if and only if the
    effect is, and leaves when both have been committed.
    """
    try:
        async with UnitOfWork(request):
            response = await answer(request)
            claim = getattr(request.state, "idempotency_claim", None)
            if claim is not None:
                remember(claim, response)
    except Replayed as replayed:
        return replayed.response
    return response


def _given_again(body: bytes | None, receive: Receive) -> Receive:
    """What a body is received from: once more what has been read of it, if it has."""
    if body is None:
        return receive
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again


def router(prefix: str, tag: str) -> APIRouter:
    """A module's router. Its paths are whole, from `/api/v1` on, so that a route is built once and never copied."""
    return APIRouter(
        prefix=API_PREFIX + prefix,
        tags=[tag],
        route_class=KaravanRoute,
        responses=PROBLEM_RESPONSES,
        generate_unique_id_function=_operation_id,
    )


def _operation_id(route: APIRoute) -> str:
    tag = str(route.tags[0]) if route.tags else "platform"
    return f"{tag}-{route.name}".replace("_", "-").replace(" ", "-")


class RouteTable(BaseRoute):
    """All routes of the API as one, found by the shape of the path.

    The framework would try the regular expression of one route after the other: with two hundred routes that was a
    third of the processor time of a hot read. Here a path of as many parts, with the same first and last of them, meets
    the two or three routes that can mean it. A part that is spelt out goes before a parameter in the same place.

    Args:
        routers: routers made by `router`.

    Raises:
        ValueError: a path begins with a parameter, or has one that spans slashes: the table could not find it.
    """

    def __init__(self, routers: Iterable[APIRouter]) -> None:
        self.routes = [
            route for one in routers for route in one.routes if isinstance(route, KaravanRoute)
        ]
        self._by_shape: dict[tuple[int, str, str], list[KaravanRoute]] = {}
        for route in self.routes:
            count, first, last = _shape(route.path)
            if ":path}" in route.path or "{" in first or last.find("{") > 0:
                raise ValueError(f"{route.path}: its shape does not tell which paths it answers")
            self._by_shape.setdefault((count, first, last), []).append(route)

    def _candidates(self, path: str) -> list[KaravanRoute]:
        count, first, last = _shape(path)
        spelt_out = self._by_shape.get((count, first, last), [])
        return spelt_out + self._by_shape.get((count, first, "{}"), [])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The route that answers; a partial match when one would answer another method."""
        if scope["type"] != "http":
            return Match.NONE, {}
        partial: list[Scope] = []
        for route in self._candidates(scope["path"]):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, found
            if match is Match.PARTIAL:
                partial.append(found)
        if not partial:
            return Match.NONE, {}
        allowed = {method for found in partial for method in found["route"].methods}
        return Match.PARTIAL, {**partial[0], "allowed_methods": sorted(allowed)}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the route that `matches` found.

        Raises:
            HTTPException: 405, with the methods that the path takes.
        """
        if "allowed_methods" in scope:
            raise HTTPException(405, headers={"Allow": ", ".join(scope["allowed_methods"])})
        route: KaravanRoute = scope["route"]
        span = trace.get_current_span()
        if span.is_recording():
            # The framework names a span after the route that it found itself: this table.
            span.update_name(f"{scope['method']} {route.path}")
            span.set_attribute("http.route", route.path)
            # A trace tells of the parts of a request as the framework knows them.
            await route.handle(scope, receive, send)
            return
        await route.serve(scope, receive, send)


def _shape(path: str) -> tuple[int, str, str]:
    """How many parts a path has, its first one below the prefix and its last; parameters are `{}`."""
    parts = path.removeprefix(API_PREFIX).split("/")
    first, last = parts[1] if len(parts) > 1 else "", parts[-1]
    return len(parts), first, "{}" if last.startswith("{") else last


def declare_problem(schema: dict[str, Any]) -> None:
    """Put the body of every error into the OpenAPI document's components."""
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = problem.pop("$defs", {})
    schema.setdefault("components", {}).setdefault("schemas", {}).update(
        {**definitions, "Problem": problem}
    )
