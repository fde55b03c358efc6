"""Every route names its guard or is listed here as public; every error has a code of its own."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from karavan.kit.authz import current_actor, declared_permissions, optional_actor
from karavan.kit.errors import declared_errors

# Doors that stand open by design. A route that is missing here and has no guard fails the test.
PUBLIC: set[tuple[str, str]] = set()


def calls_of(dependant: Dependant) -> Iterator[object]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from calls_of(dependency)


def api_routes(app: FastAPI) -> list[APIRoute]:
    return [route for route in app.routes if isinstance(route, APIRoute)]


def test_error_codes_name_their_area() -> None:
    for code, error in declared_errors().items():
        assert code == code.lower(), error
        assert 400 <= error.status < 600, error


def test_permissions_are_named_resource_and_verb() -> None:
    for name, roles in declared_permissions().items():
        resource, _, verb = name.partition(":")
        assert resource, name
        assert verb, name
        assert roles, name
