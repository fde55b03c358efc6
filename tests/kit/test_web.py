"""What stands around every request: headers, request ids, the origin check, limits of bodies, the web app's files."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from karavan.settings import LimitSettings, Settings
from tests.factories.accounts import PASSWORD, register, visitor

BROWSER = {"user-agent": "Mozilla/5.0"}


async def test_answers_carry_security_headers_and_a_request_id(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        "/api/v1/board/requests", headers={"X-Request-ID": "from-the-caller-1"}
    )
    assert answer.headers["x-request-id"] == "from-the-caller-1"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers
    short = await client.get("/health", headers={"X-Request-ID": "t-1"})
    assert short.headers["x-request-id"] == "t-1"
    odd = await client.get("/health", headers={"X-Request-ID": "<script>"})
    assert odd.headers["x-request-id"] != "<script>"


async def test_the_head_of_whatever_can_be_read_can_be_asked_for(client: httpx.AsyncClient) -> None:
    for path in ("/health", "/api/v1/categories"):
        read, head = await client.get(path), await client.head(path)
        assert (head.status_code, head.headers["content-type"]) == (
            200,
            read.headers["content-type"],
        )
    unknown = await client.head("/api/v1/requests")
    assert (unknown.status_code, unknown.headers["www-authenticate"]) == (401, "Bearer")
    assert (await client.head("/api/v1/notifications/stream")).status_code in {404, 405}


async def test_a_body_of_another_type_is_named_as_such(client: httpx.AsyncClient) -> None:
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
        answer = await client.post(
            "/api/v1/auth/login", content=b"{}", headers={"content-type": kind}
        )
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type"), kind
    assert (await client.post("/api/v1/auth/login")).status_code == 422


async def test_production_sends_hsts(settings: Settings) -> None:
    from karavan.app import create_app

    app = create_app(settings.model_copy(update={"cookies_secure": True}))
    async with app.router.lifespan_context(app), visitor(app) as client:
        answer = await client.get("/health")
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


def test_production_refuses_the_development_secret() -> None:
    with pytest.raises(ValueError, match="KARAVAN_SECRET_KEY"):
        Settings(environment="production")
    with pytest.raises(ValueError, match="KARAVAN_SECRET_KEY"):
        Settings(environment="production", secret_key="short")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"origin": "http://test"}, True),
        ({"referer": "http://test/app"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"referer": "http://evil.example/http://test"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({}, False),
    ],
)
async def test_a_cookie_moves_nothing_from_another_site(
    app: FastAPI, headers: dict[str, str], allowed: bool
) -> None:
    person = await register(app)
    async with visitor(app) as client:
        entered = await client.post(
            "/api/v1/auth/login", json={"email": person.email, "password": PASSWORD}
        )
        assert entered.status_code == 200
        answer = await client.patch(
            "/api/v1/auth/profile", json={"display_name": "Changed"}, headers=BROWSER | headers
        )
        assert answer.status_code == (200 if allowed else 403), answer.text
        me = (await client.get("/api/v1/auth/me")).json()
    assert (me["user"]["display_name"] == "Changed") is allowed


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(app: FastAPI) -> None:
    person = await register(app)
    declared = await person.client.post(
        "/api/v1/requests", content=b"{}", headers={"content-length": str(10**9)}
    )
    assert (declared.status_code, declared.json()["code"]) == (413, "payload_too_large")

    async def endless():
        for _ in range(40):
            yield b" " * 64 * 1024

    chunked = await person.client.post(
        "/api/v1/requests", content=endless(), headers={"content-type": "application/json"}
    )
    assert (chunked.status_code, chunked.json()["code"]) == (413, "payload_too_large")


async def test_unknown_addresses_and_methods_are_problems(client: httpx.AsyncClient) -> None:
    for method, path, status, code in (
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("DELETE", "/api/v1/board/requests", 405, "method_not_allowed"),
        ("GET", "/api/v1/board/requests?q=%00", 400, "bad_request"),
        ("GET", "/api/v1/board/requests/not-a-uuid", 422, "validation"),
    ):
        answer = await client.request(method, path)
        assert answer.headers["content-type"] == "application/problem+json", path
        assert (answer.status_code, answer.json()["code"]) == (status, code), path
        assert answer.json()["request_id"] == answer.headers["x-request-id"]


async def test_pages_of_the_web_app(settings: Settings, tmp_path: Path) -> None:
    from karavan.app import create_app

    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>Karavan</title>" + " " * 2000)
    (dist / "assets" / "app-1a2b.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("secret")
    app = create_app(settings.model_copy(update={"web_dist": dist}))
    async with app.router.lifespan_context(app), visitor(app) as client:
        page = await client.get("/app/requests/anything")
        assert (page.status_code, page.headers["cache-control"]) == (200, "no-cache")
        assert page.headers["content-encoding"] == "gzip"
        assert "<title>Karavan</title>" in page.text
        script = await client.get("/assets/app-1a2b.js")
        assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
        again = await client.get("/app", headers={"if-none-match": page.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        for path in ("/assets/gone.js", "/favicon.ico", "/../secret.txt", "/%2e%2e/secret.txt"):
            answer = await client.get(path)
            assert "secret" not in answer.text
            assert answer.status_code == 404, path
        assert (await client.get("/api/nothing")).json()["code"] == "not_found"


class TestUnhandled:
    """A defect answers like everything else: as a problem, with the headers, and without what went wrong."""

    @pytest.fixture
    async def defective(self, settings: Settings):
        from karavan.app import create_app

        app = create_app(settings.model_copy(update={"limits": LimitSettings()}))

        def fail() -> None:
            raise RuntimeError("the secret of the house")

        app.add_api_route("/defect", fail)
        app.router.routes.insert(0, app.router.routes.pop())
        async with app.router.lifespan_context(app):
            yield app

    async def test_in_a_route(self, defective: FastAPI) -> None:
        async with visitor(defective) as client:
            answer = await client.get("/defect", headers={"X-Request-ID": "from-the-caller-1"})
        assert (answer.status_code, answer.json()["code"]) == (500, "internal")
        assert answer.headers["x-request-id"] == answer.json()["request_id"] == "from-the-caller-1"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "secret" not in answer.text

    async def test_around_the_routes(self, defective: FastAPI) -> None:
        class Broken:
            async def hit(self, *_: object) -> None:
                raise ConnectionRefusedError("no database")

        defective.state.rate_limiter = Broken()
        async with visitor(defective) as client:
            answer = await client.get("/api/v1/board/requests")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["retry-after"] == "2"
        assert answer.headers["x-frame-options"] == "DENY"


async def test_the_openapi_document_is_written_once(app: FastAPI, monkeypatch) -> None:
    async with visitor(app) as client:
        plain = await client.get("/api/openapi.json", headers={"accept-encoding": "identity"})
        assert plain.json() == app.openapi()
        assert plain.headers["content-type"] == "application/json"

        def again() -> dict[str, object]:
            raise AssertionError("serialised a second time")

        monkeypatch.setattr(app, "openapi", again)
        packed = await client.get("/api/openapi.json", headers={"accept-encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content
        tag = {"if-none-match": plain.headers["etag"]}
        unchanged = await client.get("/api/openapi.json", headers=tag)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert "script-src" in packed.headers["content-security-policy"]
