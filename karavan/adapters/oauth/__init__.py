"""Sign-in with accounts at Google, GitHub and Facebook, and a sandbox that stands in for all three."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import httpx
from starlette.types import ASGIApp

from karavan.adapters.oauth.client import OAuthClient, open_client
from karavan.adapters.oauth.facebook import FacebookProvider
from karavan.adapters.oauth.github import GitHubProvider
from karavan.adapters.oauth.google import GoogleProvider
from karavan.adapters.oauth.sandbox import SANDBOX_BASE, SANDBOX_PATH, sandbox_app
from karavan.modules.identity.public import OAuthProvider
from karavan.settings import OAuthClientSettings, Settings

__all__ = ["SANDBOX_PATH", "oauth_providers", "sandbox_app"]

_PROVIDERS: dict[str, Callable[[OAuthClient, Callable[[], httpx.AsyncClient]], OAuthProvider]] = {
    "google": GoogleProvider,
    "github": GitHubProvider,
    "facebook": FacebookProvider,
}


def oauth_providers(settings: Settings) -> dict[str, OAuthProvider]:
    """The providers that these settings set up. Development plays the others in its sandbox; production leaves them out.

    The real adapters speak to the sandbox too, in process: what is tried out offline is what runs in production.
    """
    sandbox: ASGIApp | None = sandbox_app(settings) if settings.development else None
    providers: dict[str, OAuthProvider] = {}
    for name, make in _PROVIDERS.items():
        configured: OAuthClientSettings = getattr(settings.oauth, name)
        if configured.client_id:
            providers[name] = make(OAuthClient.of(configured), open_client)
        elif sandbox is not None:
            transport = httpx.ASGITransport(app=sandbox)
            providers[name] = make(sandbox_client(name), partial(open_client, transport))
    return providers


def sandbox_client(name: str) -> OAuthClient:
    """How an adapter reaches the sandbox: its page by the browser, the rest in process."""
    base = f"{SANDBOX_BASE}/{name}"
    client = OAuthClient(
        client_id=f"sandbox-{name}",
        client_secret="sandbox-secret",  # noqa: S106  # the sandbox knows no other
        authorize_url=f"{SANDBOX_PATH}/{name}/authorize",
        token_url=f"{base}/token",
        api_url=base,
    )
    if name == "google":
        return replace(client, issuer=base, jwks_url=f"{base}/jwks")
    return client
