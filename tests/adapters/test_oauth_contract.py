"""One contract for every provider, against the sandbox; then what each provider alone does, against recorded shapes."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from karavan.adapters.oauth import oauth_providers, sandbox_app
from karavan.modules.identity.actions.oauth import challenge_of
from karavan.modules.identity.errors import OAuthRefusedError, OAuthUnavailableError
from karavan.modules.identity.ports import Authorization, ExternalIdentity
from karavan.settings import OAuthSettings, Settings
from tests.adapters.oauth_offline import CHALLENGE, CLIENT, VERIFIER, callback, offline


def test_challenge_of_rfc_7636_appendix_b():
    assert challenge_of(VERIFIER) == CHALLENGE


@pytest.fixture(params=["google", "github", "facebook"])
def name(request):
    return request.param


class Person:
    """Somebody in front of the sandbox's consent page."""

    def __init__(self, settings: Settings) -> None:
        self.providers = oauth_providers(settings)
        self.page = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=sandbox_app(settings)), base_url="http://sandbox"
        )

    async def ask(self, name, **changes):
        authorization = Authorization(callback(name), "the-state", CHALLENGE, "the-nonce")
        url = await self.providers[name].authorize_url(authorization)
        asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        return {**asked, **changes}

    async def code(self, name, *, asked=None, **form):
        asked = asked or await self.ask(name)
        answer = await self.page.post(
            f"/{name}/authorize",
            data={
                "decision": "allow",
                "email": "aigerim@example.org",
                "name": "Aigerim",
                "verified": "yes",
                **asked,
                **form,
            },
        )
        assert answer.status_code == 303, answer.text
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert query["state"] == ["the-state"]
        return query["code"][0] if "code" in query else query["error"][0]

    async def identify(self, name, code, **changes):
        facts = {
            "redirect_uri": callback(name),
            "verifier": VERIFIER,
            "nonce": "the-nonce",
            **changes,
        }
        return await self.providers[name].identify(code=code, **facts)


@pytest.fixture
def person():
    return Person(Settings())


class TestEveryProvider:
    async def test_identifies(self, person, name):
        identity = await person.identify(name, await person.code(name))
        assert identity == ExternalIdentity(
            provider=name,
            subject=identity.subject,
            email="aigerim@example.org",
            email_verified=name != "facebook",
            display_name="Aigerim",
        )
        again = await person.identify(name, await person.code(name))
        assert again == identity
        other = await person.identify(name, await person.code(name, email="timur@example.org"))
        assert other.subject != identity.subject

    async def test_the_address_carries_state_and_pkce(self, person, name):
        asked = await person.ask(name)
        assert asked["state"] == "the-state"
        assert (asked["code_challenge"], asked["code_challenge_method"]) == (CHALLENGE, "S256")
        assert asked["redirect_uri"] == callback(name)
        assert asked["response_type"] == "code"
        assert asked.get("nonce") == ("the-nonce" if name == "google" else None)

    @pytest.mark.parametrize(
        "changes",
        [{"verifier": "x" * 43}, {"verifier": ""}, {"redirect_uri": "http://test/other"}],
    )
    async def test_a_code_is_bound_to_its_sign_in(self, person, name, changes):
        code = await person.code(name)
        with pytest.raises(OAuthRefusedError):
            await person.identify(name, code, **changes)

    async def test_a_code_is_good_once(self, person, name):
        code = await person.code(name)
        await person.identify(name, code)
        with pytest.raises(OAuthRefusedError):
            await person.identify(name, code)

    @pytest.mark.parametrize("code", ["", "nonsense", "a.b.c", "\u4e2d"])
    async def test_forged_codes(self, person, name, code):
        with pytest.raises(OAuthRefusedError):
            await person.identify(name, code)

    async def test_a_code_of_another_provider(self, person, name):
        other = "github" if name == "google" else "google"
        with pytest.raises(OAuthRefusedError):
            await person.identify(name, await person.code(other))

    async def test_an_unverified_address(self, person, name):
        identity = await person.identify(name, await person.code(name, verified="no"))
        assert identity.email_verified is False
        assert identity.email == (None if name == "github" else "aigerim@example.org")

    async def test_no_address(self, person, name):
        identity = await person.identify(name, await person.code(name, email=""))
        assert (identity.email, identity.email_verified) == (None, False)

    async def test_declining(self, person, name):
        assert await person.code(name, decision="deny") == "access_denied"

    @pytest.mark.parametrize(
        "changes",
        [
            {"client_id": "another"},
            {"redirect_uri": "https://evil.example/steal"},
            {"redirect_uri": "javascript:alert(1)//api/v1/auth/oauth/google/callback"},
            {"response_type": "token"},
            {"code_challenge_method": "plain"},
            {"code_challenge": ""},
        ],
    )
    async def test_the_sandbox_refuses_what_a_provider_would(self, person, name, changes):
        asked = await person.ask(name, **changes)
        shown = await person.page.get(f"/{name}/authorize", params=asked)
        decided = await person.page.post(f"/{name}/authorize", data={**asked, "decision": "allow"})
        assert (shown.status_code, decided.status_code) == (400, 400)

    async def test_the_page_escapes_and_holds_no_script(self, person, name):
        asked = await person.ask(name, state='"><script>alert(1)</script>')
        page = (await person.page.get(f"/{name}/authorize", params=asked)).text
        assert "<script" not in page
        assert "style=" not in page
        assert "&lt;script&gt;" in page

    @pytest.mark.parametrize(
        "failure", [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), 500, 503, 429]
    )
    async def test_a_silent_provider_is_unavailable(self, name, failure):
        with pytest.raises(OAuthUnavailableError):
            await offline(name, lambda request: answer_with(failure)).identify(
                code="c", redirect_uri=callback(name), verifier=VERIFIER, nonce="n"
            )

    @pytest.mark.parametrize(
        "content", [b"<html>", b"[]", b"null", b'"x"', b"{}", b"\xff", b"x" * 1_100_000]
    )
    async def test_an_unreadable_answer_is_refused(self, name, content):
        with pytest.raises(OAuthRefusedError):
            await offline(name, lambda request: httpx.Response(200, content=content)).identify(
                code="c", redirect_uri=callback(name), verifier=VERIFIER, nonce="n"
            )


def answer_with(failure):
    if isinstance(failure, Exception):
        raise failure
    return httpx.Response(failure, json={})


class TestChoice:
    def test_production_offers_what_is_set_up(self):
        secret = "a-secret-that-is-long-enough-for-production"
        nothing = Settings(environment="production", secret_key=secret)
        assert oauth_providers(nothing) == {}
        github = OAuthSettings.model_validate(
            {"github": {"client_id": "Iv1", "client_secret": "s"}}
        )
        some = Settings(environment="production", secret_key=secret, oauth=github)
        assert list(oauth_providers(some)) == ["github"]

    async def test_a_configured_provider_is_real_in_development_too(self):
        google = OAuthSettings.model_validate(
            {"github": {"client_id": "Iv1", "authorize_url": "https://ghe.example.org/authorize"}}
        )
        providers = oauth_providers(Settings(oauth=google))
        assert list(providers) == ["google", "github", "facebook"]
        url = await providers["github"].authorize_url(Authorization("http://r", "s", "c", "n"))
        assert url.startswith("https://ghe.example.org/authorize?client_id=Iv1&")

    def test_secrets_are_not_shown(self):
        assert "our-secret" not in repr(CLIENT)
