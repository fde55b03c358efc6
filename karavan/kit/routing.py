"""Routes: answers of errors that every route declares, and idempotency for every POST."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from karavan.kit.errors import Problem
from karavan.kit.idempotency import Replayed, remember

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


class KaravanRoute(APIRoute):
    """A route that remembers its answer under the caller's `Idempotency-Key`, in the request's own transaction."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler.

        The handler returns with the answer serialised and the transaction still open (function-scoped
        dependencies are left after it), so the answer is stored if and only if the effect is.
        """
        handle = super().get_route_handler()

        async def handle_and_remember(request: Request) -> Response:
            try:
                response = await handle(request)
            except Replayed as replayed:
                return replayed.response
            claim = getattr(request.state, "idempotency_claim", None)
            if claim is not None:
                await remember(claim, response)
            return response

        return handle_and_remember


def router(prefix: str, tag: str) -> APIRouter:
    """A module's router, mounted under `/api/v1`."""
    return APIRouter(
        prefix=prefix, tags=[tag], route_class=KaravanRoute, responses=PROBLEM_RESPONSES
    )


def declare_problem(schema: dict[str, Any]) -> None:
    """Put the body of every error into the OpenAPI document's components."""
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = problem.pop("$defs", {})
    schema.setdefault("components", {}).setdefault("schemas", {}).update(
        {**definitions, "Problem": problem}
    )
