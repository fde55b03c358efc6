"""Facebook Login: OAuth 2 with PKCE over the Graph API, which vouches for no address."""

import hashlib
import hmac
from collections.abc import Callable

import httpx

from karavan.adapters.oauth.client import (
    OAuthClient,
    address_in,
    ask,
    authorize_address,
    name_in,
    object_in,
    token_in,
)
from karavan.modules.identity.public import Authorization, ExternalIdentity, OAuthRefusedError

_VERSION = "v23.0"


class FacebookProvider:
    """Sign-in with Facebook. The subject is scoped to our app; the address may be missing and is never verified."""

    name = "facebook"
    label = "Facebook"

    def __init__(self, client: OAuthClient, connect: Callable[[], httpx.AsyncClient]) -> None:
        self._client = client
        self._connect = connect
        self._api_url = client.api_url or f"https://graph.facebook.com/{_VERSION}"

    async def authorize_url(self, authorization: Authorization) -> str:
        """Facebook's consent page."""
        base = self._client.authorize_url or f"https://www.facebook.com/{_VERSION}/dialog/oauth"
        return authorize_address(base, self._client, authorization, "email,public_profile")

    async def identify(
        self, *, code: str, redirect_uri: str, verifier: str, nonce: str
    ) -> ExternalIdentity:
        """Exchange the code, then read the profile. `nonce` belongs to OpenID Connect and is not used."""
        del nonce
        async with self._connect() as client:
            response, answer = await ask(
                client,
                "GET",
                self._client.token_url or f"{self._api_url}/oauth/access_token",
                params={
                    "client_id": self._client.client_id,
                    "client_secret": self._client.client_secret,
                    "redirect_uri": redirect_uri,
                    "code": code,
                    "code_verifier": verifier,
                },
            )
            token = token_in(response, answer)
            proof = hmac.digest(
                self._client.client_secret.encode(), token.encode(), hashlib.sha256
            ).hex()
            # Without `fields` the Graph API answers with id and name alone.
            profile = object_in(
                *await ask(
                    client,
                    "GET",
                    f"{self._api_url}/me",
                    params={"fields": "id,name,first_name,email", "appsecret_proof": proof},
                    headers={"Authorization": f"Bearer {token}"},
                )
            )
        subject = profile.get("id")
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise OAuthRefusedError
        return ExternalIdentity(
            provider=self.name,
            subject=subject,
            email=address_in(profile.get("email")),
            email_verified=False,
            display_name=name_in(profile.get("name"), profile.get("first_name")),
        )
