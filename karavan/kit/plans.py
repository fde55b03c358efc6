"""What an endpoint's signature needs, worked out once for its route instead of at every request.

FastAPI walks the tree of a signature's dependencies at each request, and asks of every node again what it is; for a
hot read that took longer than its statements. A plan holds the calls of the tree in their order and the parameters of each.

All values are checked before anything is called. Where one is refused, or is given in a way that is out of the ordinary,
the plan gives up with nothing done, and the framework answers in its own way: bad input is met in one place alone.
"""

import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import Any

from fastapi import Request, Response, params
from fastapi._compat import field_annotation_is_sequence
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, serialize_response
from msgspec import Struct
from pydantic import BaseModel, Json
from pydantic.fields import FieldInfo
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

_JSON = "application/json"
_REQUIRED = object()


class UnplannedError(Exception):
    """The request is none that a plan can answer. Nothing has been called yet.

    Attributes:
        body: of the request, when it has been read.
    """

    body: bytes | None = None


class _Parameter(Struct, frozen=True):
    """A value of the path or the query.

    Attributes:
        name: of the argument.
        alias: of the value in the request.
        repeated: it may come several times.
    """

    name: str
    alias: str
    repeated: bool
    default: Any
    field: Any

    def read(self, given: Any) -> Any:
        value = given.getlist(self.alias) if self.repeated else given.get(self.alias)
        if value is None or value == []:
            if self.default is _REQUIRED:
                raise UnplannedError
            return deepcopy(self.default)
        return _checked(self.field, value)


def _checked(field: Any, value: Any) -> Any:
    checked, errors = field.validate(value)
    if errors:
        raise UnplannedError
    return checked


class _Step(Struct, frozen=True):
    """A call of the plan.

    Attributes:
        results: arguments that are results of earlier steps, by their places.
        body: the argument that is the request's body, and its field.
        request: the argument that is the request itself.
    """

    call: Callable[..., Any]
    results: tuple[tuple[str, int], ...]
    path: tuple[_Parameter, ...]
    query: tuple[_Parameter, ...]
    body: tuple[str, Any] | None
    request: str | None

    def arguments(self, path: Any, query: Any, body: Any) -> dict[str, Any]:
        """The arguments that come from the request, checked."""
        found = {one.name: one.read(path) for one in self.path}
        for one in self.query:
            found[one.name] = one.read(query)
        if self.body is not None:
            name, field = self.body
            found[name] = _checked(field, body)
        return found


class Plan:
    """How a route is answered.

    Use: `plan_of(route)`, then `await plan.answer(request)` for each request.
    """

    def __init__(self, route: APIRoute, steps: Sequence[_Step]) -> None:
        self._route = route
        self._steps = tuple(steps)
        self._reads_body = any(step.body is not None for step in steps)
        self._reads_query = any(step.query for step in steps)

    async def answer(self, request: Request) -> Response:
        """The endpoint's answer, serialised.

        Raises:
            UnplannedError: the framework shall answer; nothing has been called.
            Whatever the endpoint or a dependency raises.
        """
        raw = await _body_of(request) if self._reads_body else None
        try:
            body = None if raw is None else _decoded(raw)
            path = request.path_params
            query = request.query_params if self._reads_query else None
            prepared = [step.arguments(path, query, body) for step in self._steps]
        except UnplannedError as error:
            error.body = raw
            raise
        results: list[Any] = []
        for step, arguments in zip(self._steps, prepared, strict=True):
            for name, place in step.results:
                arguments[name] = results[place]
            if step.request is not None:
                arguments[step.request] = request
            results.append(await step.call(**arguments))
        made = results[-1]
        return made if isinstance(made, Response) else await self._serialised(made)

    async def _serialised(self, made: Any) -> Response:
        route = self._route
        content = await serialize_response(
            field=route.response_field,
            response_content=made,
            include=route.response_model_include,
            exclude=route.response_model_exclude,
            by_alias=route.response_model_by_alias,
            exclude_unset=route.response_model_exclude_unset,
            exclude_defaults=route.response_model_exclude_defaults,
            exclude_none=route.response_model_exclude_none,
            dump_json=True,
        )
        return Response(content, status_code=route.status_code or 200, media_type=_JSON)


def plan_of(route: APIRoute) -> Plan | None:
    """The plan of a route; nothing where its signature has what only the framework knows how to give."""
    steps: list[_Step] = []
    try:
        _add(route.dependant, steps, {})
    except UnplannedError:
        return None
    bodies = sum(step.body is not None for step in steps)
    embedded = route._embed_body_fields  # noqa: SLF001  # the framework tells it nowhere else
    if bodies > 1 or embedded or not _is_serialised_plainly(route):
        return None
    return Plan(route, steps)


def _is_serialised_plainly(route: APIRoute) -> bool:
    """Whether the endpoint answers with a response of its own, or with JSON by a model."""
    returned = inspect.signature(route.endpoint).return_annotation
    if isinstance(returned, type) and issubclass(returned, Response):
        return True
    default = isinstance(route.response_class, DefaultPlaceholder)
    return default and route.response_field is not None and (route.status_code or 200) < 204


def _add(dependant: Dependant, steps: list[_Step], places: dict[Any, int]) -> int:
    """Append the steps of a node after those of its dependencies, each call once; the place of its result."""
    call = dependant.call
    if call is None or not inspect.iscoroutinefunction(call) or _is_special(dependant):
        raise UnplannedError
    results = []
    for inner in dependant.dependencies:
        place = places.get(inner.call)
        if place is None:
            place = _add(inner, steps, places)
        if inner.name is not None:
            results.append((inner.name, place))
    steps.append(
        _Step(
            call,
            tuple(results),
            tuple(_parameters(dependant.path_params)),
            tuple(_parameters(dependant.query_params)),
            _body(dependant),
            dependant.request_param_name or dependant.http_connection_param_name,
        )
    )
    places[call] = len(steps) - 1
    return places[call]


def _is_special(dependant: Dependant) -> bool:
    return bool(
        dependant.header_params
        or dependant.cookie_params
        or dependant.websocket_param_name
        or dependant.response_param_name
        or dependant.background_tasks_param_name
        or dependant.security_scopes_param_name
        or dependant.own_oauth_scopes
        or dependant.parent_oauth_scopes
        or dependant.concurrency
        or not dependant.use_cache
        or (dependant.request_param_name and dependant.http_connection_param_name)
    )


def _parameters(fields: Sequence[Any]) -> Iterator[_Parameter]:
    for field in fields:
        info: FieldInfo = field.field_info
        annotation = info.annotation
        is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
        is_json = any(type(one) is Json for one in info.metadata)
        has_alias = info.validation_alias is None or isinstance(info.validation_alias, str)
        if is_model or is_json or field.config or not has_alias or info.default_factory:
            raise UnplannedError
        must_come = info.is_required() or info.validate_default
        yield _Parameter(
            field.name,
            field.validation_alias or field.alias,
            field_annotation_is_sequence(annotation),
            _REQUIRED if must_come else field.default,
            field,
        )


def _body(dependant: Dependant) -> tuple[str, Any] | None:
    if not dependant.body_params:
        return None
    field, *others = dependant.body_params
    info = field.field_info
    if others or isinstance(info, params.Form) or getattr(info, "embed", None):
        raise UnplannedError
    return field.name, field


async def _body_of(request: Request) -> bytes:
    kind = request.headers.get("content-type", "")
    if kind != _JSON and not kind.startswith(f"{_JSON};"):
        raise UnplannedError
    try:
        return await request.body()
    except ClientDisconnect as error:
        raise HTTPException(400) from error


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnplannedError from error
