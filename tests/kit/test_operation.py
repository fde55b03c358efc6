"""What the assembled application does at its edges."""

import httpx
import pytest

from karavan.app import SIGN_IN_PATHS, create_app
from karavan.settings import LimitSettings


@pytest.fixture
async def limited(settings):
    """The application with its limits on."""
    app = create_app(settings.model_copy(update={"limits": LimitSettings(per_ip=30, sign_in=3)}))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        yield client


async def test_sign_in_is_limited_and_says_so_as_every_error_does(limited) -> None:
    body = {"email": "a@b.kz", "password": "wrong-password"}
    answers = [await limited.post("/api/v1/auth/login", json=body) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    refused = answers[3]
    assert refused.json()["code"] == "rate_limited"
    assert refused.json()["request_id"] == refused.headers["x-request-id"]
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert refused.headers["ratelimit-policy"] == '"ip";q=30;w=60, "sign-in";q=3;w=60'


async def test_the_sign_in_doors_are_these(app) -> None:
    posts = {path for path, methods in app.openapi()["paths"].items() if "post" in methods}
    assert {path for path in posts if SIGN_IN_PATHS.fullmatch(path)} == {
        "/api/v1/auth/change-password",
        "/api/v1/auth/login",
        "/api/v1/auth/oauth/complete-registration",
        "/api/v1/auth/refresh",
        "/api/v1/auth/register",
        "/api/v1/auth/request-password-reset",
        "/api/v1/auth/reset-password",
        "/api/v1/auth/verify-reset-code",
        "/api/v1/invites/{token}/accept",
    }


async def test_the_assembled_application_is_ready(client) -> None:
    answer = await client.get("/ready")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert (await client.get("/metrics")).status_code == 200
