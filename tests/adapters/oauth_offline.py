"""Adapters of sign-in providers whose network is a function of the test."""

from functools import partial

import httpx

from karavan.adapters.oauth.client import OAuthClient, open_client
from karavan.adapters.oauth.facebook import FacebookProvider
from karavan.adapters.oauth.github import GitHubProvider
from karavan.adapters.oauth.google import GoogleProvider

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
CLIENT = OAuthClient(client_id="our-client", client_secret="our-secret")


def callback(name):
    return f"http://test/api/v1/auth/oauth/{name}/callback"


def offline(name, handler, client=CLIENT):
    """The adapter with a network that answers as `handler` says."""
    kinds = {"google": GoogleProvider, "github": GitHubProvider, "facebook": FacebookProvider}
    return kinds[name](client, partial(open_client, httpx.MockTransport(handler)))


async def identified(provider, nonce="n"):
    return await provider.identify(
        code="the-code", redirect_uri=callback(provider.name), verifier=VERIFIER, nonce=nonce
    )
