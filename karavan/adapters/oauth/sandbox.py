"""A sandbox that plays Google, GitHub and Facebook: a consent page for people, and the providers' own answers.

For development and tests, where it needs no network and no registration. It issues real codes, checks PKCE, client,
redirect address and single use, and answers in each provider's own shape, so the adapters cannot tell the difference.
Codes are signed and not stored: the process that shows the page need not be the one that is asked about the code.
"""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from karavan.adapters.oauth.sandbox_pages import STYLE, consent_page, refusal_page
from karavan.kit.signing import KeyRing
from karavan.settings import Settings

SANDBOX_PATH = "/dev/oauth"
SANDBOX_BASE = "http://oauth.sandbox"
SANDBOX_SECRET = "sandbox-secret"  # noqa: S105  # the sandbox knows no other
PROVIDERS = ("google", "github", "facebook")
_CODE_TTL_S = 600
_KEY_ID = "sandbox-key"


class _Sandbox:
    """The state of one sandbox: its keys, and the codes that were used."""

    def __init__(self, settings: Settings) -> None:
        self._key = KeyRing([settings.secret_key.get_secret_value()]).key("oauth.sandbox")
        self._used: set[str] = set()
        self._rsa: rsa.RSAPrivateKey | None = None

    @property
    def rsa_key(self) -> rsa.RSAPrivateKey:
        """The key of ID tokens, made when it is first needed."""
        if self._rsa is None:
            self._rsa = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return self._rsa

    def sealed(self, kind: str, facts: dict[str, Any]) -> str:
        """A code or an access token that carries its facts."""
        claims = {**facts, "kind": kind, "exp": int(time.time()) + _CODE_TTL_S}
        return jwt.encode(claims, self._key, "HS256")

    def opened(self, kind: str, token: str) -> dict[str, Any] | None:
        """The facts of a code or an access token."""
        try:
            claims: dict[str, Any] = jwt.decode(token, self._key, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return None
        return claims if claims["kind"] == kind else None

    async def show_consent(self, request: Request) -> Response:
        """The page on which a person chooses who to be."""
        asked = dict(request.query_params)
        problem = _asked_wrongly(request.path_params["provider"], asked)
        if problem is not None:
            return refusal_page(problem)
        return consent_page(request.path_params["provider"], asked)

    async def decide(self, request: Request) -> Response:
        """Allow or deny, and back to where the person came from."""
        provider = request.path_params["provider"]
        form = {name: str(value) for name, value in (await request.form()).items()}
        problem = _asked_wrongly(provider, form)
        if problem is not None:
            return refusal_page(problem)
        if form.get("decision") != "allow":
            return _back(form, error="access_denied", error_description="The person declined.")
        email = form.get("email", "").strip()
        facts = {
            "jti": secrets.token_hex(8),
            "provider": provider,
            "client_id": form["client_id"],
            "redirect_uri": form["redirect_uri"],
            "challenge": form["code_challenge"],
            "nonce": form.get("nonce", ""),
            "email": email,
            "verified": form.get("verified") == "yes",
            "name": form.get("name", "").strip(),
            "subject": _subject(provider, email or form.get("name", "")),
        }
        return _back(form, code=self.sealed("code", facts))

    def exchanged(self, provider: str, form: dict[str, str]) -> tuple[str, dict[str, Any] | None]:
        """What a token request is worth: an error code, or nothing and the facts of its code."""
        if not hmac.compare_digest(form.get("client_secret", ""), SANDBOX_SECRET):
            return "invalid_client", None
        facts = self.opened("code", form.get("code", ""))
        if facts is None or facts["provider"] != provider or facts["jti"] in self._used:
            return "invalid_grant", None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            challenge != facts["challenge"]
            or form.get("client_id") != facts["client_id"]
            or form.get("redirect_uri") != facts["redirect_uri"]
        ):
            return "invalid_grant", None
        self._used.add(facts["jti"])
        return "", facts

    async def google_token(self, request: Request) -> Response:
        """Google's token endpoint, with an ID token."""
        form = {name: str(value) for name, value in (await request.form()).items()}
        problem, facts = self.exchanged("google", form)
        if facts is None:
            return JSONResponse(
                {"error": problem, "error_description": "Bad Request"}, status_code=400
            )
        now = int(time.time())
        claims = {
            "iss": f"{SANDBOX_BASE}/google",
            "aud": facts["client_id"],
            "sub": facts["subject"],
            "iat": now,
            "exp": now + 3600,
            "nonce": facts["nonce"],
            "name": facts["name"],
            **({"email": facts["email"]} if facts["email"] else {}),
            "email_verified": facts["verified"],
        }
        id_token = jwt.encode(claims, self.rsa_key, "RS256", headers={"kid": _KEY_ID})
        return JSONResponse(
            {
                "access_token": self.sealed("access", facts),
                "expires_in": 3599,
                "id_token": id_token,
                "scope": "openid email profile",
                "token_type": "Bearer",
            }
        )

    async def google_discovery(self, request: Request) -> Response:
        """Google's discovery document."""
        del request
        base = f"{SANDBOX_BASE}/google"
        return JSONResponse(
            {
                "issuer": base,
                "authorization_endpoint": f"{SANDBOX_PATH}/google/authorize",
                "token_endpoint": f"{base}/token",
                "jwks_uri": f"{base}/jwks",
                "code_challenge_methods_supported": ["plain", "S256"],
            }
        )

    async def google_keys(self, request: Request) -> Response:
        """Google's public keys."""
        del request
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.rsa_key.public_key(), as_dict=True)
        key = {**public, "kid": _KEY_ID, "alg": "RS256", "use": "sig"}
        return JSONResponse({"keys": [key]}, headers={"Cache-Control": "max-age=3600"})

    async def github_token(self, request: Request) -> Response:
        """GitHub's token endpoint: refusals come with status 200, and without `Accept` everything comes as a form."""
        form = {name: str(value) for name, value in (await request.form()).items()}
        problem, facts = self.exchanged("github", form)
        if facts is None:
            names = {
                "invalid_client": "incorrect_client_credentials",
                "invalid_grant": "bad_verification_code",
            }
            answer = {"error": names[problem], "error_description": "The code is incorrect."}
        else:
            answer = {
                "access_token": self.sealed("access", facts),
                "scope": "read:user,user:email",
                "token_type": "bearer",
            }
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse(answer)
        return Response(urlencode(answer), media_type="application/x-www-form-urlencoded")

    def _facts_of_bearer(self, request: Request, provider: str) -> dict[str, Any] | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        facts = self.opened("access", token) if scheme.lower() == "bearer" else None
        return facts if facts is not None and facts["provider"] == provider else None

    async def github_user(self, request: Request) -> Response:
        """GitHub's profile: a number as id, no address unless the person made one public."""
        facts = self._facts_of_bearer(request, "github")
        if facts is None:
            return JSONResponse({"message": "Bad credentials"}, status_code=401)
        return JSONResponse(
            {
                "id": int(facts["subject"]),
                "login": "sandbox-person",
                "name": facts["name"] or None,
                "email": None,
            }
        )

    async def github_emails(self, request: Request) -> Response:
        """GitHub's list of addresses: the chosen one, and a second that is verified and not primary."""
        facts = self._facts_of_bearer(request, "github")
        if facts is None:
            return JSONResponse({"message": "Bad credentials"}, status_code=401)
        second = {
            "email": f"{facts['subject']}+sandbox@users.noreply.github.com",
            "primary": False,
            "verified": True,
            "visibility": None,
        }
        chosen = {
            "email": facts["email"],
            "primary": True,
            "verified": facts["verified"],
            "visibility": "private",
        }
        return JSONResponse([second, *([chosen] if facts["email"] else [])])

    async def facebook_token(self, request: Request) -> Response:
        """Facebook's token endpoint, which is asked by GET."""
        problem, facts = self.exchanged("facebook", dict(request.query_params))
        if facts is None:
            error = {"message": problem, "type": "OAuthException", "code": 100}
            return JSONResponse({"error": error}, status_code=400)
        return JSONResponse(
            {
                "access_token": self.sealed("access", facts),
                "token_type": "bearer",
                "expires_in": 5_184_000,
            }
        )

    async def facebook_me(self, request: Request) -> Response:
        """Facebook's profile: the address only when there is one, and never a word on whether it is verified."""
        facts = self._facts_of_bearer(request, "facebook")
        token = request.headers.get("authorization", "").partition(" ")[2]
        proof = hmac.digest(SANDBOX_SECRET.encode(), token.encode(), hashlib.sha256).hex()
        if facts is None or request.query_params.get("appsecret_proof") != proof:
            error = {
                "message": "Invalid OAuth access token.",
                "type": "OAuthException",
                "code": 190,
            }
            return JSONResponse({"error": error}, status_code=400)
        profile = {"id": facts["subject"], "name": facts["name"]}
        asked = request.query_params.get("fields", "id,name").split(",")
        if facts["email"] and "email" in asked:
            profile["email"] = facts["email"]
        return JSONResponse(profile)


def _asked_wrongly(provider: str, asked: dict[str, str]) -> str | None:
    """What is wrong with a request for consent; a provider shows it and never redirects."""
    if provider not in PROVIDERS:
        return "There is no such provider."
    if asked.get("client_id") != f"sandbox-{provider}":
        return "The client is not registered."
    redirect = urlsplit(asked.get("redirect_uri", ""))
    if redirect.scheme not in {"http", "https"} or not redirect.path.endswith(
        f"/api/v1/auth/oauth/{provider}/callback"
    ):
        return "The redirect address is not registered."
    if asked.get("response_type") != "code":
        return "Only the authorization-code flow is offered."
    if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
        return "PKCE with S256 is required."
    return None


def _back(form: dict[str, str], **parameters: str) -> RedirectResponse:
    query = urlencode({**parameters, "state": form.get("state", "")})
    return RedirectResponse(f"{form['redirect_uri']}?{query}", status_code=303)


def _subject(provider: str, who: str) -> str:
    """The same person has the same subject every time, and another one at every provider."""
    digest = hashlib.sha256(f"{provider}:{who.lower()}".encode()).digest()
    return str(int.from_bytes(digest[:6], "big"))


async def _style(request: Request) -> Response:
    del request
    return Response(STYLE, media_type="text/css")


def sandbox_app(settings: Settings) -> Starlette:
    """The sandbox, to be mounted at `SANDBOX_PATH` in development."""
    sandbox = _Sandbox(settings)
    return Starlette(
        routes=[
            Route("/style.css", _style),
            Route("/{provider}/authorize", sandbox.show_consent, methods=["GET"]),
            Route("/{provider}/authorize", sandbox.decide, methods=["POST"]),
            Route("/google/.well-known/openid-configuration", sandbox.google_discovery),
            Route("/google/jwks", sandbox.google_keys),
            Route("/google/token", sandbox.google_token, methods=["POST"]),
            Route("/github/token", sandbox.github_token, methods=["POST"]),
            Route("/github/user", sandbox.github_user),
            Route("/github/user/emails", sandbox.github_emails),
            Route("/facebook/token", sandbox.facebook_token),
            Route("/facebook/me", sandbox.facebook_me),
        ]
    )
