"""Every route names its guard or is listed here as public; names, permissions and errors are declared once."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from socket import socket
from types import ModuleType
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import FastAPIError
from fastapi.routing import iter_route_contexts
from starlette.routing import Match

import karavan
from karavan.api import ROUTERS
from karavan.app import flat_routes, openapi_document
from karavan.kit.authz import declared_permissions, signed_in
from karavan.kit.errors import declared_errors
from karavan.kit.routing import API_PREFIX, KaravanRoute, RouteTable, router

# Doors that stand open by design, and why. A route that is missing here and has no guard fails the test.
PUBLIC: dict[str, str] = {
    "GET /health": "probes of the platform carry no account",
    "GET /ready": "probes of the platform carry no account",
    "GET /ping": "probes of the platform carry no account",
    "GET /metrics": "Prometheus has a token of its own, when one is set",
    "GET /dev/mail": "mounted in development alone",
    "GET /dev/mail.json": "mounted in development alone",
    "GET /dev/mail/{mail_id}": "mounted in development alone",
    "GET /dev/mail/{mail_id}/html": "mounted in development alone",
    "POST /auth/register": "the way in",
    "POST /auth/login": "the way in",
    "POST /auth/refresh": "the refresh token is the key",
    "POST /auth/logout": "ending a session that is already over is no error",
    "GET /auth/demo-accounts": "the sign-in page of a demonstration; empty elsewhere",
    "POST /auth/request-password-reset": "whoever forgot the password is not signed in",
    "POST /auth/verify-reset-code": "the code is the key",
    "POST /auth/reset-password": "the reset token is the key",
    "GET /auth/oauth/urls": "the sign-in page shows the providers",
    "GET /auth/oauth/{provider}/start": "the way in through a provider",
    "GET /auth/oauth/{provider}/callback": "the provider sends the browser back; the state is the key",
    "POST /auth/oauth/{provider}/callback": "the provider's code is the key",
    "POST /auth/oauth/complete-registration": "the registration token is the key",
    "GET /products/{product_id}": "what is published for everybody; the policies say which",
    "GET /products/{product_id}/price": "what everybody pays; the policies say for what",
    "GET /reviews": "what is published, of products that the reader may see",
    "GET /sellers/{organisation_id}": "what is published for everybody; the policies say which",
    "GET /invites/{token}": "the token is the key",
    "POST /invites/{token}/accept": "the token is the key",
    "GET /link-invitations/{token}": "the token is the key",
    "GET /media/{media_id}/content": "the signature in the address is the key",
    "GET /media/pictures/{key}/{variant}": "the random key in the address is the right to see the picture",
    "GET /board/requests": "the public board",
    "GET /board/facets": "the public board",
    "GET /board/requests/{request_id}": "the public board",
    "GET /procurement/categories": "the same list for everybody",
    "GET /categories": "the same tree for everybody",
    "GET /categories/search": "the same tree for everybody",
    "GET /categories/{category_id}": "the same tree for everybody",
    "GET /search": "the public catalogue",
    "GET /search/suggest": "the public catalogue",
    "GET /notifications/unsubscribe/{token}": "the token in the mail is the key",
    "POST /notifications/unsubscribe/{token}": "the token in the mail is the key",
}
# Routes that sign the caller in inside, and why.
GUARDED_INSIDE: dict[str, str] = {
    "POST /media": "the caller is known before the body is read, and no transaction waits for an upload",
}
# Starlette's own routes: documentation, the web application, the socket that authenticates its first message.
BARE = {
    "/api/openapi.json",
    "/dev/oauth",
    "/{path:path}",
}


def calls_of(dependant: Dependant) -> Iterator[Any]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from calls_of(dependency)


def endpoint_modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(karavan.__path__, "karavan."):
        if found.name.rpartition(".")[2].startswith("endpoints"):
            yield importlib.import_module(found.name)


def guarded(app: FastAPI) -> dict[str, set[Any]]:
    """Everything that a route depends on, by method and path."""
    found = {}
    for route in iter_route_contexts(flat_routes(app)):
        if getattr(route, "dependant", None) is None or not getattr(route, "methods", None):
            continue
        for method in route.methods:
            found[f"{method} {route.path.removeprefix(API_PREFIX)}"] = set(
                calls_of(route.dependant)
            )
    return found


def test_every_route_has_a_guard_or_is_public(app: FastAPI) -> None:
    routes = guarded(app)
    assert len(routes) > 140
    unguarded = {
        name
        for name, calls in routes.items()
        if signed_in not in calls and not any(hasattr(call, "permission") for call in calls)
    }
    assert unguarded == PUBLIC.keys()


def test_no_route_stands_beside_the_routers(app: FastAPI) -> None:
    paths = {path for route in app.routes if (path := getattr(route, "path", None)) is not None}
    assert paths == BARE


def test_every_endpoint_of_a_module_is_mounted() -> None:
    listed = {id(one) for one in ROUTERS}
    missing = [
        f"{module.__name__}: {one.prefix}"
        for module in endpoint_modules()
        for one in vars(module).values()
        if isinstance(one, APIRouter) and id(one) not in listed
    ]
    assert missing == []


def test_a_route_whose_shape_is_ambiguous_is_refused() -> None:
    for path in ("/{first}", "/x/{rest:path}", "/x/file-{name}"):
        table = router("", "test")
        table.get(path)(lambda: None)
        with pytest.raises(ValueError, match="its shape"):
            RouteTable([table])


def test_a_path_is_found_before_its_signature_is_worked_out() -> None:
    async def endpoint(thing: socket) -> None: ...

    one = router("", "test")
    one.get("/things/{thing_id}")(endpoint)
    scope = {"type": "http", "method": "GET", "path": f"{API_PREFIX}/things/7"}
    match, found = RouteTable([one]).matches(scope)
    assert (match, found["path_params"]) == (Match.FULL, {"thing_id": "7"})
    with pytest.raises(FastAPIError, match="socket"):
        _ = found["route"].dependant


async def test_a_path_says_which_methods_it_takes(client) -> None:
    answer = await client.put(f"{API_PREFIX}/requests", json={})
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, POST"


async def test_routes_that_are_guarded_inside_refuse_strangers(client) -> None:
    for name in GUARDED_INSIDE:
        method, path = name.split()
        answer = await client.request(method, f"{API_PREFIX}{path}", files={"file": ("a", b"a")})
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_every_guard_asks_for_a_declared_permission(app: FastAPI) -> None:
    asked = {
        call.permission
        for calls in guarded(app).values()
        for call in calls
        if hasattr(call, "permission")
    }
    assert len(asked) > 20
    assert asked <= declared_permissions().keys()


def test_permissions_are_named_resource_and_verb() -> None:
    for name, roles in declared_permissions().items():
        resource, _, verb = name.partition(":")
        assert resource, name
        assert verb, name
        assert roles, name


def test_every_route_of_a_module_takes_idempotency_keys() -> None:
    """Such a route is no effect twice; it is the router that chooses the class of its routes."""
    others = [
        f"{sorted(route.methods)} {route.path}"
        for one in ROUTERS
        for route in one.routes
        if not isinstance(route, KaravanRoute)
    ]
    assert others == []


def test_operations_have_names_of_their_own(app: FastAPI) -> None:
    names = [
        operation["operationId"]
        for path in openapi_document(app)["paths"].values()
        for operation in path.values()
    ]
    assert len(names) == len(set(names))


def test_tags_are_words(app: FastAPI) -> None:
    tags = {
        tag
        for path in openapi_document(app)["paths"].values()
        for operation in path.values()
        for tag in operation["tags"]
    }
    assert [tag for tag in sorted(tags) if not re.fullmatch(r"[a-z]+( [a-z]+)*", tag)] == []


def test_error_codes_name_their_area() -> None:
    for code, error in declared_errors().items():
        assert code == code.lower(), error
        assert 400 <= error.status < 600, error


def test_an_error_code_cannot_be_declared_twice() -> None:
    taken = declared_errors()["not_found"]
    with pytest.raises(TypeError, match="declared twice"):
        type("AnotherError", (taken,), {"code": "conflict"})
    assert declared_errors()["not_found"] is taken


def test_no_dependency_is_sent_to_a_thread(app: FastAPI) -> None:
    """A plain function would be: two hops between threads for every request, to look at a number."""
    threaded = {
        f"{call.__module__}.{call.__qualname__}"
        for route in iter_route_contexts(flat_routes(app))
        if getattr(route, "dependant", None) is not None
        for call in [route.dependant.call, *calls_of(route.dependant)]
        if not inspect.iscoroutinefunction(call) and not inspect.isasyncgenfunction(call)
    }
    assert threaded == set()
