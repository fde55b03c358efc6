"""Google: OpenID Connect Core 1.0, authorization-code flow with PKCE and a verified ID token."""

import hmac
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx
import jwt
from msgspec import Struct

from karavan.adapters.oauth.client import (
    OAuthClient,
    address_in,
    ask,
    authorize_address,
    is_true,
    name_in,
    object_in,
    token_in,
)
from karavan.modules.identity.public import Authorization, ExternalIdentity, OAuthRefusedError

ISSUER = "https://accounts.google.com"
_DISCOVERY_TTL_S = 24 * 3600
_KEYS_TTL_S = 3600
_REFETCH_AFTER_S = 60
_LEEWAY_S = 60


class _Cached(Struct):
    value: dict[str, Any]
    fetched_at: float
    fresh_until: float


class GoogleProvider:
    """Sign-in with Google. Addresses come from its discovery document unless they are set."""

    name = "google"
    label = "Google"

    def __init__(self, client: OAuthClient, connect: Callable[[], httpx.AsyncClient]) -> None:
        self._client = client
        self._connect = connect
        self._issuer = client.issuer or ISSUER
        self._discovery: _Cached | None = None
        self._keys: _Cached | None = None

    async def authorize_url(self, authorization: Authorization) -> str:
        """Google's consent page."""
        base = self._client.authorize_url or str(
            (await self._discovered())["authorization_endpoint"]
        )
        url = authorize_address(base, self._client, authorization, "openid email profile")
        return f"{url}&nonce={quote(authorization.nonce)}"

    async def identify(
        self, *, code: str, redirect_uri: str, verifier: str, nonce: str
    ) -> ExternalIdentity:
        """Exchange the code and read the ID token; no further question is needed."""
        token_url = self._client.token_url or str((await self._discovered())["token_endpoint"])
        async with self._connect() as client:
            response, answer = await ask(
                client,
                "POST",
                token_url,
                data={
                    "grant_type": "authorization_code",
                    "code": code,
                    "client_id": self._client.client_id,
                    "client_secret": self._client.client_secret,
                    "redirect_uri": redirect_uri,
                    "code_verifier": verifier,
                },
            )
        token_in(response, answer)
        claims = await self._verified(str(answer.get("id_token", "")), nonce)
        email = address_in(claims.get("email"))
        return ExternalIdentity(
            provider=self.name,
            subject=str(claims["sub"]),
            email=email,
            email_verified=email is not None and is_true(claims.get("email_verified")),
            display_name=name_in(claims.get("name"), claims.get("given_name"), email),
        )

    async def _verified(self, id_token: str, nonce: str) -> dict[str, Any]:
        """The claims of an ID token (OpenID Connect Core 1.0 § 3.1.3.7)."""
        try:
            key = await self._key(str(jwt.get_unverified_header(id_token).get("kid")))
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key,
                algorithms=["RS256"],
                audience=self._client.client_id,
                # Google signs with and without the scheme.
                issuer=[self._issuer, self._issuer.removeprefix("https://")],
                leeway=_LEEWAY_S,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.InvalidTokenError as error:
            raise OAuthRefusedError from error
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise OAuthRefusedError
        if not 0 < len(str(claims["sub"])) <= 255:
            raise OAuthRefusedError
        return claims

    async def _key(self, key_id: str) -> jwt.PyJWK:
        """The key of that id. An unknown one has Google's keys read anew, once a minute at most."""
        now = time.monotonic()
        if self._keys is None or self._keys.fresh_until <= now:
            self._keys = await self._fetched_keys()
        found = _key_in(self._keys.value, key_id)
        if found is None and now - self._keys.fetched_at >= _REFETCH_AFTER_S:
            self._keys = await self._fetched_keys()
            found = _key_in(self._keys.value, key_id)
        if found is None:
            raise OAuthRefusedError
        return found

    async def _fetched_keys(self) -> _Cached:
        url = self._client.jwks_url or str((await self._discovered())["jwks_uri"])
        return await self._fetched(url, _KEYS_TTL_S)

    async def _discovered(self) -> dict[str, Any]:
        if self._discovery is None or self._discovery.fresh_until <= time.monotonic():
            url = f"{self._issuer}/.well-known/openid-configuration"
            self._discovery = await self._fetched(url, _DISCOVERY_TTL_S)
            needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
            if not all(isinstance(self._discovery.value.get(name), str) for name in needed):
                self._discovery = None
                raise OAuthRefusedError
        return self._discovery.value

    async def _fetched(self, url: str, ttl_s: float) -> _Cached:
        async with self._connect() as client:
            response, answer = await ask(client, "GET", url)
        found = re.search(r"max-age=(\d{1,9})", response.headers.get("cache-control", ""))
        now = time.monotonic()
        lifetime_s = min(float(found[1]), _DISCOVERY_TTL_S) if found else ttl_s
        return _Cached(object_in(response, answer), now, now + lifetime_s)


def _key_in(keys: dict[str, Any], key_id: str) -> jwt.PyJWK | None:
    for key in keys.get("keys", []):
        if isinstance(key, dict) and key.get("kid") == key_id and key.get("kty") == "RSA":
            try:
                return jwt.PyJWK.from_dict(key, "RS256")
            except jwt.PyJWTError:
                return None
    return None
