"""What the adapters share: their settings, and HTTP that fails in two ways only."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
import structlog

from karavan.modules.identity.public import (
    Authorization,
    OAuthRefusedError,
    OAuthUnavailableError,
    normalise_email,
)
from karavan.settings import OAuthClientSettings

log = structlog.get_logger()

TIMEOUT_S = 10
_ANSWER_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """Our registration with a provider; empty addresses mean the provider's own."""

    client_id: str
    client_secret: str = field(repr=False)
    authorize_url: str = ""
    token_url: str = ""
    api_url: str = ""
    issuer: str = ""
    jwks_url: str = ""

    @classmethod
    def of(cls, settings: OAuthClientSettings) -> "OAuthClient":
        """From the settings of one provider."""
        return cls(
            client_id=settings.client_id,
            client_secret=settings.client_secret.get_secret_value(),
            authorize_url=settings.authorize_url,
            token_url=settings.token_url,
            api_url=settings.api_url.rstrip("/"),
            issuer=settings.issuer.rstrip("/"),
            jwks_url=settings.jwks_url,
        )


def open_client(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """A client for one sign-in. No redirect is followed: a token endpoint that redirects is not the provider's."""
    return httpx.AsyncClient(
        transport=transport, timeout=TIMEOUT_S, headers={"User-Agent": "Karavan"}
    )


def authorize_address(
    base: str, client: OAuthClient, authorization: Authorization, scope: str
) -> str:
    """The address to send the browser to, with everything that every provider takes."""
    parameters = {
        "client_id": client.client_id,
        "redirect_uri": authorization.redirect_uri,
        "response_type": "code",
        "scope": scope,
        "state": authorization.state,
        "code_challenge": authorization.challenge,
        "code_challenge_method": "S256",
    }
    return f"{base}{'&' if '?' in base else '?'}{urlencode(parameters)}"


async def ask(
    client: httpx.AsyncClient, method: str, url: str, **options: Any
) -> tuple[httpx.Response, Any]:
    """One request, and its answer as JSON or, as some providers have it, as a form.

    Raises:
        OAuthUnavailableError: no answer, or one that says that the provider itself is at fault.
        OAuthRefusedError: an answer that cannot be read.
    """
    try:
        response = await client.request(method, url, **options)
    except httpx.HTTPError as error:
        log.warning("oauth_provider_silent", host=httpx.URL(url).host, error=type(error).__name__)
        raise OAuthUnavailableError from error
    if response.status_code >= 500 or response.status_code == 429:
        log.warning("oauth_provider_failed", host=response.url.host, status=response.status_code)
        raise OAuthUnavailableError
    if len(response.content) > _ANSWER_MAX_BYTES:
        raise OAuthRefusedError
    if response.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return response, dict(parse_qsl(response.text))
    try:
        return response, response.json()
    except ValueError as error:
        raise OAuthRefusedError from error


def token_in(response: httpx.Response, answer: Any) -> str:
    """The access token of a token endpoint's answer.

    Raises:
        OAuthRefusedError: the answer holds none. GitHub refuses with status 200, so the status alone says nothing.
    """
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if response.status_code != httpx.codes.OK or not isinstance(token, str) or not token:
        problem = answer.get("error") if isinstance(answer, dict) else None
        log.info("oauth_code_refused", host=response.url.host, error=str(problem)[:200])
        raise OAuthRefusedError
    return token


def object_in(response: httpx.Response, answer: Any) -> dict[str, Any]:
    """A JSON object that answers with 200.

    Raises:
        OAuthRefusedError: it does not.
    """
    if response.status_code != httpx.codes.OK or not isinstance(answer, dict):
        raise OAuthRefusedError
    return answer


def address_in(value: object) -> str | None:
    """An e-mail address as we keep it, or nothing when the value is none."""
    if not isinstance(value, str) or not value or len(value) > 254:
        return None
    try:
        return normalise_email(value)
    except ValueError:
        return None


def name_in(*values: object) -> str:
    """The first value that can serve as a person's name, without control characters."""
    for value in values:
        if isinstance(value, str):
            name = " ".join("".join(c for c in value if c.isprintable()).split())[:100]
            if name:
                return name
    return ""


def is_true(value: object) -> bool:
    """Whether a claim says yes; some send the word instead of the value."""
    return value is True or value == "true"
