"""One contract for every provider, against the sandbox; then what each provider alone does, against recorded shapes."""

import base64
import hashlib
import time
from functools import partial
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from karavan.adapters.oauth import oauth_providers, sandbox_app
from karavan.adapters.oauth.client import OAuthClient, open_client
from karavan.adapters.oauth.facebook import FacebookProvider
from karavan.adapters.oauth.github import GitHubProvider
from karavan.adapters.oauth.google import GoogleProvider
from karavan.modules.identity.actions.oauth import challenge_of
from karavan.modules.identity.errors import OAuthRefusedError, OAuthUnavailableError
from karavan.modules.identity.ports import Authorization, ExternalIdentity
from karavan.settings import OAuthSettings, Settings

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
CLIENT = OAuthClient(client_id="our-client", client_secret="our-secret")


def callback(name):
    return f"http://test/api/v1/auth/oauth/{name}/callback"


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


def offline(name, handler, client=CLIENT):
    """The adapter with a network that answers as `handler` says."""
    kinds = {"google": GoogleProvider, "github": GitHubProvider, "facebook": FacebookProvider}
    return kinds[name](client, partial(open_client, httpx.MockTransport(handler)))


async def identified(provider, nonce="n"):
    return await provider.identify(
        code="the-code", redirect_uri=callback(provider.name), verifier=VERIFIER, nonce=nonce
    )


class Google:
    """Google's answers, signed with keys of the test."""

    def __init__(self):
        self.keys = {"k1": rsa.generate_private_key(public_exponent=65537, key_size=2048)}
        self.signing_key = "k1"
        self.claims = {
            "iss": "https://accounts.google.com",
            "aud": "our-client",
            "sub": "110169484474386276334",
            "email": "dana@example.org",
            "email_verified": True,
            "name": "Dana",
            "nonce": "n",
            "iat": int(time.time()),
            "exp": int(time.time()) + 3600,
        }
        self.asked = []

    def __call__(self, request):
        path = request.url.path
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return httpx.Response(
                200,
                json={
                    "issuer": "https://accounts.google.com",
                    "authorization_endpoint": "https://accounts.google.com/o/oauth2/v2/auth",
                    "token_endpoint": "https://oauth2.googleapis.com/token",
                    "jwks_uri": "https://www.googleapis.com/oauth2/v3/certs",
                },
            )
        if path == "/oauth2/v3/certs":
            keys = [
                {
                    **jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True),
                    "kid": kid,
                }
                for kid, key in self.keys.items()
            ]
            return httpx.Response(
                200, json={"keys": keys}, headers={"cache-control": "public, max-age=19000"}
            )
        form = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
        assert form == {
            "grant_type": "authorization_code",
            "code": "the-code",
            "client_id": "our-client",
            "client_secret": "our-secret",
            "redirect_uri": callback("google"),
            "code_verifier": VERIFIER,
        }
        token = jwt.encode(
            self.claims,
            self.keys[self.signing_key],
            "RS256",
            headers={"kid": self.signing_key},
        )
        return httpx.Response(
            200, json={"access_token": "ya29", "id_token": token, "token_type": "Bearer"}
        )


class TestGoogle:
    async def test_addresses_come_from_discovery_and_are_remembered(self):
        google = Google()
        provider = offline("google", google)
        authorization = Authorization(callback("google"), "s", CHALLENGE, "n")
        url = await provider.authorize_url(authorization)
        assert url.startswith("https://accounts.google.com/o/oauth2/v2/auth?client_id=our-client&")
        assert "scope=openid+email+profile" in url
        await identified(provider)
        await identified(provider)
        assert google.asked.count("/.well-known/openid-configuration") == 1
        assert google.asked.count("/oauth2/v3/certs") == 1

    @pytest.mark.parametrize("issuer", ["https://accounts.google.com", "accounts.google.com"])
    async def test_both_issuers(self, issuer):
        google = Google()
        google.claims["iss"] = issuer
        identity = await identified(offline("google", google))
        assert identity == ExternalIdentity(
            "google", "110169484474386276334", "dana@example.org", True, "Dana"
        )

    @pytest.mark.parametrize(
        ("value", "verified"),
        [(True, True), ("true", True), (False, False), ("false", False), (None, False), (1, False)],
    )
    async def test_whether_the_address_is_verified(self, value, verified):
        google = Google()
        google.claims["email_verified"] = value
        assert (await identified(offline("google", google))).email_verified is verified

    @pytest.mark.parametrize(
        "change",
        [
            {"iss": "https://evil.example"},
            {"aud": "another-client"},
            {"nonce": "another"},
            {"nonce": None},
            {"exp": 1},
            {"sub": ""},
            {"sub": "x" * 256},
        ],
    )
    async def test_claims_that_do_not_hold(self, change):
        google = Google()
        google.claims.update(change)
        with pytest.raises(OAuthRefusedError):
            await identified(offline("google", google))

    async def test_a_signature_of_somebody_else(self):
        google = Google()
        provider = offline("google", google)
        await identified(provider)
        google.keys["k1"] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        with pytest.raises(OAuthRefusedError):
            await identified(provider)

    async def test_a_token_that_says_it_needs_no_signature(self):
        google = Google()
        claims = base64.urlsafe_b64encode(b'{"sub":"1"}').decode().rstrip("=")
        header = base64.urlsafe_b64encode(b'{"alg":"none","kid":"k1"}').decode().rstrip("=")

        def handler(request):
            if request.url.host == "oauth2.googleapis.com":
                return httpx.Response(
                    200, json={"access_token": "a", "id_token": f"{header}.{claims}."}
                )
            return google(request)

        with pytest.raises(OAuthRefusedError):
            await identified(offline("google", handler))

    async def test_rotated_keys_are_read_anew_once_a_minute(self, monkeypatch):
        google = Google()
        provider = offline("google", google)
        await identified(provider)
        google.keys["k2"] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        google.signing_key = "k2"
        with pytest.raises(OAuthRefusedError):
            await identified(provider)
        assert google.asked.count("/oauth2/v3/certs") == 1
        later = time.monotonic() + 61
        monkeypatch.setattr("karavan.adapters.oauth.google.time.monotonic", lambda: later)
        assert (await identified(provider)).subject == "110169484474386276334"
        assert google.asked.count("/oauth2/v3/certs") == 2


class GitHub:
    """GitHub's answers as its documentation shows them."""

    def __init__(self, **changes):
        self.token = {
            "access_token": "gho_16C7",
            "scope": "read:user,user:email",
            "token_type": "bearer",
        }
        self.user = {"id": 583231, "login": "octocat", "name": None, "email": "public@example.org"}
        self.emails = [
            {"email": "old@example.org", "verified": True, "primary": False, "visibility": None},
            {
                "email": "Octo@Example.org",
                "verified": True,
                "primary": True,
                "visibility": "public",
            },
        ]
        self.emails_status = 200
        self.__dict__.update(changes)

    def __call__(self, request):
        if request.url.path == "/login/oauth/access_token":
            assert request.headers["accept"] == "application/json"
            return httpx.Response(200, json=self.token)
        assert request.headers["authorization"] == "Bearer gho_16C7"
        assert request.headers["user-agent"] == "Karavan"
        if request.url.path == "/user":
            return httpx.Response(200, json=self.user)
        return httpx.Response(self.emails_status, json=self.emails)


class TestGitHub:
    async def test_the_primary_verified_address_and_never_the_public_one(self):
        identity = await identified(offline("github", GitHub()))
        assert identity == ExternalIdentity("github", "583231", "octo@example.org", True, "octocat")

    @pytest.mark.parametrize(
        "changes",
        [
            {"emails": []},
            {"emails": [{"email": "a@example.org", "verified": False, "primary": True}]},
            {"emails": [{"email": "a@example.org", "verified": True, "primary": False}]},
            {"emails": [{"email": "a@example.org", "verified": "true", "primary": True}]},
            {
                "emails": [
                    {"email": "1+a@users.noreply.github.com", "verified": True, "primary": True}
                ]
            },
            {"emails": [{"email": "nonsense", "verified": True, "primary": True}]},
            {"emails": {"message": "Not Found"}, "emails_status": 404},
            {"emails": {"message": "Forbidden"}, "emails_status": 403},
            {"emails": ["odd", None]},
        ],
    )
    async def test_no_address_is_vouched_for(self, changes):
        identity = await identified(offline("github", GitHub(**changes)))
        assert (identity.email, identity.email_verified) == (None, False)

    @pytest.mark.parametrize(
        "error", ["bad_verification_code", "incorrect_client_credentials", "redirect_uri_mismatch"]
    )
    async def test_refusals_come_with_status_200(self, error):
        with pytest.raises(OAuthRefusedError):
            await identified(offline("github", GitHub(token={"error": error})))

    async def test_an_answer_as_a_form(self):
        github = GitHub()

        def handler(request):
            if request.url.path == "/login/oauth/access_token":
                content = "access_token=gho_16C7&scope=user%3Aemail&token_type=bearer"
                return httpx.Response(
                    200,
                    text=content,
                    headers={"content-type": "application/x-www-form-urlencoded; charset=utf-8"},
                )
            return github(request)

        assert (await identified(offline("github", handler))).subject == "583231"

    @pytest.mark.parametrize("user", [{"login": "x"}, {"id": "583231"}, {"id": True}, {"id": None}])
    async def test_without_a_numeric_id_nobody_is_identified(self, user):
        with pytest.raises(OAuthRefusedError):
            await identified(offline("github", GitHub(user=user)))


class TestFacebook:
    async def test_asks_for_fields_and_proves_the_secret(self):
        def handler(request):
            query = dict(request.url.params)
            if request.url.path == "/v23.0/oauth/access_token":
                assert query == {
                    "client_id": "our-client",
                    "client_secret": "our-secret",
                    "redirect_uri": callback("facebook"),
                    "code": "the-code",
                    "code_verifier": VERIFIER,
                }
                return httpx.Response(200, json={"access_token": "EAAB", "token_type": "bearer"})
            assert query["fields"] == "id,name,first_name,email"
            # hex HMAC-SHA256 of the access token under the app secret
            import hmac

            assert (
                query["appsecret_proof"]
                == hmac.new(b"our-secret", b"EAAB", hashlib.sha256).hexdigest()
            )
            return httpx.Response(
                200, json={"id": "10158", "name": "Dana", "email": "dana@example.org"}
            )

        identity = await identified(offline("facebook", handler))
        assert identity == ExternalIdentity("facebook", "10158", "dana@example.org", False, "Dana")


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
