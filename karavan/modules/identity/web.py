"""Between identity and HTTP: cookies, and what a request says of its sender."""

import secrets
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request, Response
from msgspec import Struct

from karavan.kit.db import Database
from karavan.kit.ratelimit import client_ip
from karavan.kit.unit_of_work import database_of
from karavan.modules.identity.actions.start_session import Visitor
from karavan.modules.identity.ports import OAUTH_PROVIDERS, OAuthProvider
from karavan.modules.identity.tokens import (
    ACCESS_COOKIE,
    REFRESH_COOKIE,
    SessionTokens,
    cookie_of,
)
from karavan.settings import Settings

REFRESH_PATH = "/api/v1/auth"
OAUTH_COOKIE = "karavan_oauth"
OAUTH_PATH = "/api/v1/auth/oauth"
_OAUTH_COOKIE_TTL_S = 600


async def settings_of(request: Request) -> Settings:
    """The settings of this process."""
    settings: Settings = request.app.state.settings
    return settings


async def visitor_of(request: Request) -> Visitor:
    """Where the request comes from."""
    peer = request.client.host if request.client else None
    settings = await settings_of(request)
    return Visitor(
        ip=client_ip(request.headers, peer, settings.trusted_proxies),
        user_agent=request.headers.get("user-agent", ""),
        request_id=getattr(request.state, "request_id", None),
    )


async def oauth_providers_of(request: Request) -> Mapping[str, OAuthProvider]:
    """The providers that the composition root has chosen."""
    providers: Mapping[str, OAuthProvider] = request.app.state.services[OAUTH_PROVIDERS]
    return providers


class Doorway(Struct, frozen=True):
    """What signing in needs. It opens its own transactions: hashes and providers are waited for between them."""

    database: Database
    settings: Settings
    visitor: Visitor


async def _opened_database(request: Request) -> Database:
    return database_of(request)


async def doorway_of(request: Request) -> Doorway:
    """The way in for the sender of this request."""
    return Doorway(database_of(request), await settings_of(request), await visitor_of(request))


SettingsOf = Annotated[Settings, Depends(settings_of)]
VisitorOf = Annotated[Visitor, Depends(visitor_of)]
DatabaseOf = Annotated[Database, Depends(_opened_database)]
DoorwayOf = Annotated[Doorway, Depends(doorway_of)]
Providers = Annotated[Mapping[str, OAuthProvider], Depends(oauth_providers_of)]


def set_session_cookies(response: Response, settings: Settings, tokens: SessionTokens) -> None:
    """Keep the tokens where no script of a page can read them."""
    _set(response, settings, ACCESS_COOKIE, tokens.access_token, "/", tokens.access_ttl_s)
    if tokens.refresh_token is not None:
        _set(
            response,
            settings,
            REFRESH_COOKIE,
            tokens.refresh_token,
            REFRESH_PATH,
            tokens.refresh_ttl_s,
        )


def clear_session_cookies(response: Response, settings: Settings) -> None:
    """Forget the tokens in the browser."""
    _set(response, settings, ACCESS_COOKIE, "", "/", 0)
    _set(response, settings, REFRESH_COOKIE, "", REFRESH_PATH, 0)


def refresh_cookie_of(request: Request) -> str | None:
    """The refresh token that the browser sent."""
    return cookie_of(request.headers, REFRESH_COOKIE) or None


def oauth_browser_of(request: Request) -> str | None:
    """The secret that binds a sign-in at a provider to the browser that began it."""
    return cookie_of(request.headers, OAUTH_COOKIE) or None


def keep_oauth_browser(request: Request, response: Response, settings: Settings) -> str:
    """Give the browser its secret for sign-ins at providers; two tabs share one."""
    browser = oauth_browser_of(request) or secrets.token_urlsafe(24)
    _set(response, settings, OAUTH_COOKIE, browser, OAUTH_PATH, _OAUTH_COOKIE_TTL_S)
    return browser


def _set(
    response: Response, settings: Settings, name: str, value: str, path: str, max_age_s: int
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age_s,
        path=path,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
