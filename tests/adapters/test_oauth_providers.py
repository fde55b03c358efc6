"""What each provider does in its own way, against answers of the shapes that its documentation shows."""

import base64
import hashlib
import hmac
import time
from urllib.parse import parse_qs

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from karavan.modules.identity.errors import OAuthRefusedError
from karavan.modules.identity.ports import Authorization, ExternalIdentity
from tests.adapters.oauth_offline import CHALLENGE, VERIFIER, callback, identified, offline


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
            assert (
                query["appsecret_proof"]
                == hmac.new(b"our-secret", b"EAAB", hashlib.sha256).hexdigest()
            )
            return httpx.Response(
                200, json={"id": "10158", "name": "Dana", "email": "dana@example.org"}
            )

        identity = await identified(offline("facebook", handler))
        assert identity == ExternalIdentity("facebook", "10158", "dana@example.org", False, "Dana")
