"""Plans of endpoints: they answer as the framework does, and leave to it what is out of the ordinary."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import httpx
import pytest
from fastapi import Depends, FastAPI, Header, Query, Request, Response
from pydantic import BaseModel, Field

from karavan.kit.errors import ForbiddenError
from karavan.kit.routing import RouteTable
from karavan.kit.routing import router as module_router
from karavan.kit.web import install_error_handlers

THING = "0192a000-0001-7000-8000-000000000001"
router = module_router("/things", "things")
called: list[str] = []


class Thing(BaseModel):
    """What is made."""

    name: str = Field(max_length=5)
    count: int = 1


class Made(BaseModel):
    """What was made."""

    name: str
    twice: int
    words: list[str] = []


async def guard(request: Request) -> str:
    """Ask who it is, once for each request."""
    called.append("guard")
    if "x-stranger" in request.headers:
        raise ForbiddenError
    return request.method


async def paging(
    who: Annotated[str, Depends(guard)], page: Annotated[int, Query(ge=1)] = 1
) -> tuple[str, int]:
    """Something that needs the guard as well."""
    return who, page


@router.get("/{thing_id}")
async def read(
    thing_id: UUID,
    who: Annotated[str, Depends(guard)],
    page: Annotated[tuple[str, int], Depends(paging)],
    words: Annotated[list[str] | None, Query()] = None,
    *,
    flag: bool = False,
) -> Made:
    """Answer by a model."""
    called.append("read")
    return Made(name=f"{thing_id} {who} {page} {flag}", twice=page[1] * 2, words=words or [])


@router.post("/{thing_id}", status_code=201)
async def make(thing_id: UUID, body: Thing, who: Annotated[str, Depends(guard)]) -> Made:
    """Take a body."""
    called.append("make")
    return Made(name=f"{body.name} of {thing_id} by {who}", twice=body.count * 2)


@router.get("/{thing_id}/raw")
async def raw(thing_id: UUID) -> Response:
    """Answer with a response of its own."""
    return Response(f"{thing_id}", status_code=202, headers={"x-own": "1"}, media_type="text/plain")


@router.get("/{thing_id}/marked")
async def marked(thing_id: UUID, x_mark: Annotated[str, Header()]) -> Made:
    """Read a header, which no plan does."""
    return Made(name=x_mark, twice=thing_id.version or 0)


@pytest.fixture
async def both() -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """The same routes by their plans, and by the framework."""
    planned, general = FastAPI(), FastAPI()
    planned.router.routes.append(RouteTable([router]))
    general.include_router(router)
    called.clear()
    for app in (planned, general):
        install_error_handlers(app)
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(planned), base_url="http://test") as one,
        httpx.AsyncClient(transport=httpx.ASGITransport(general), base_url="http://test") as two,
    ):
        yield one, two


GOOD = {"name": "abc", "count": 2}
AT = f"/api/v1/things/{THING}"
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", AT, {}, 200),
        ("GET", f"{AT}?page=3&words=a&words=b&flag=yes&flag=no", {}, 200),
        ("GET", f"{AT}?words=", {}, 200),
        ("GET", f"{AT}?page=0&flag=perhaps", {}, 422),
        ("GET", f"{AT}?page=", {}, 422),
        ("GET", "/api/v1/things/none", {}, 422),
        ("GET", "/api/v1/things/none", {"headers": {"x-stranger": "1"}}, 403),
        ("GET", AT, {"headers": {"x-stranger": "1"}}, 403),
        ("POST", AT, {"json": GOOD}, 201),
        ("POST", AT, {"json": {**GOOD, "name": "too long"}}, 422),
        ("POST", AT, {"json": [GOOD]}, 422),
        ("POST", "/api/v1/things/none", {"json": GOOD}, 422),
        ("POST", AT, {"json": {"name": 3}, "headers": {"x-stranger": "1"}}, 403),
        ("POST", AT, {"content": b'{"name"', "headers": JSON}, 400),
        ("POST", AT, {"content": b"\xff", "headers": JSON}, 400),
        ("POST", AT, {"content": b"[" * 100_000, "headers": JSON}, 400),
        ("POST", AT, {"content": b'{"name": "abc"}', "headers": {"content-type": "text/a"}}, 415),
        ("POST", AT, {"content": b'{"name": "abc"}'}, 415),
        ("POST", AT, {}, 422),
        ("GET", f"{AT}/raw", {}, 202),
        ("GET", "/api/v1/things/none/raw", {}, 422),
        ("GET", f"{AT}/marked", {"headers": {"x-mark": "a"}}, 200),
        ("GET", f"{AT}/marked", {}, 422),
    ],
)
async def test_a_plan_answers_as_the_framework_does(both, method, path, more, status) -> None:
    answers = [await client.request(method, path, **more) for client in both]
    assert [answer.status_code for answer in answers] == [status, status]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)


async def test_what_two_ask_for_is_called_once_and_nothing_for_a_value_that_is_refused(
    both,
) -> None:
    planned, _ = both
    assert (await planned.get(AT)).json() == {
        "name": f"{THING} GET ('GET', 1) False",
        "twice": 2,
        "words": [],
    }
    assert called == ["guard", "read"]
    called.clear()
    assert (await planned.post(AT, json={"name": "too long"})).status_code == 422
    # The framework's own turn, in which the guard goes before the values.
    assert called == ["guard"]


def test_plans_are_made_for_plain_signatures_alone() -> None:
    planned = {route.name: route.plan is not None for route in RouteTable([router]).routes}
    assert planned == {"read": True, "make": True, "raw": True, "marked": False}
