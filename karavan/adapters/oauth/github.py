"""GitHub: OAuth 2 with PKCE. Not OpenID Connect, so who it is must be asked afterwards."""

from collections.abc import Callable
from typing import Any

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

_NOT_DELIVERABLE = "@users.noreply.github.com"


class GitHubProvider:
    """Sign-in with GitHub. The numeric id is the subject: a login name can be given up and taken by another person."""

    name = "github"
    label = "GitHub"

    def __init__(self, client: OAuthClient, connect: Callable[[], httpx.AsyncClient]) -> None:
        self._client = client
        self._connect = connect
        self._api_url = client.api_url or "https://api.github.com"

    async def authorize_url(self, authorization: Authorization) -> str:
        """GitHub's consent page."""
        base = self._client.authorize_url or "https://github.com/login/oauth/authorize"
        return authorize_address(base, self._client, authorization, "read:user user:email")

    async def identify(
        self, *, code: str, redirect_uri: str, verifier: str, nonce: str
    ) -> ExternalIdentity:
        """Exchange the code, then read profile and addresses. `nonce` belongs to OpenID Connect and is not used."""
        del nonce
        async with self._connect() as client:
            token = await self._token(client, code, redirect_uri, verifier)
            headers = {
                "Authorization": f"Bearer {token}",
                "Accept": "application/vnd.github+json",
            }
            profile = object_in(*await ask(client, "GET", f"{self._api_url}/user", headers=headers))
            email = await self._verified_email(client, headers)
        subject = profile.get("id")
        if not isinstance(subject, int) or isinstance(subject, bool):
            raise OAuthRefusedError
        return ExternalIdentity(
            provider=self.name,
            subject=str(subject),
            email=email,
            email_verified=email is not None,
            display_name=name_in(profile.get("name"), profile.get("login")),
        )

    async def _token(
        self, client: httpx.AsyncClient, code: str, redirect_uri: str, verifier: str
    ) -> str:
        response, answer = await ask(
            client,
            "POST",
            self._client.token_url or "https://github.com/login/oauth/access_token",
            data={
                "client_id": self._client.client_id,
                "client_secret": self._client.client_secret,
                "code": code,
                "redirect_uri": redirect_uri,
                "code_verifier": verifier,
            },
            headers={"Accept": "application/json"},
        )
        return token_in(response, answer)

    async def _verified_email(
        self, client: httpx.AsyncClient, headers: dict[str, str]
    ) -> str | None:
        """The address that is both primary and verified.

        The address in the profile is whatever the person made public there, without a word on whose it is: it is never
        used. Without the scope for addresses GitHub answers 403 or 404, and the person has none for us.
        """
        response, answer = await ask(client, "GET", f"{self._api_url}/user/emails", headers=headers)
        if response.status_code != httpx.codes.OK or not isinstance(answer, list):
            return None
        for entry in answer:
            if _is_primary_and_verified(entry):
                email = address_in(entry.get("email"))
                return None if email is None or email.endswith(_NOT_DELIVERABLE) else email
        return None


def _is_primary_and_verified(entry: Any) -> bool:
    return (
        isinstance(entry, dict) and entry.get("primary") is True and entry.get("verified") is True
    )
