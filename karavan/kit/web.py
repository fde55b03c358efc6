"""What stands around every request: request id, credentials, origin check, headers, and errors as problems."""

import re
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from karavan.kit.authz import Credentials
from karavan.kit.errors import (
    BadRequestError,
    ConflictError,
    CrossSiteError,
    DomainError,
    FieldError,
    ForbiddenError,
    NotFoundError,
    PayloadTooLargeError,
    Problem,
    UnauthenticatedError,
    UnavailableError,
    ValidationError,
)
from karavan.kit.routing import PROBLEM_JSON

log = structlog.get_logger()

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "geolocation=(), microphone=(), camera=(self)",
    "cross-origin-opener-policy": "same-origin",
}


class EdgeMiddleware:
    """The outermost layer. Plain ASGI, because it stands in the path of every read.

    Args:
        credentials_from: who asks, by the headers.
        base_url: the address that people use.
        body_max_bytes: of a request's body.
        files_max_bytes: of the files in it, by the paths that take larger ones.
        hsts: whether browsers shall never come without TLS again.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        credentials_from: Callable[[Headers], Credentials | None],
        base_url: str,
        body_max_bytes: int,
        files_max_bytes: Mapping[str, int],
        hsts: bool,
    ) -> None:
        self.app = app
        self.credentials_from = credentials_from
        self.origin = _origin(base_url)
        self.body_max_bytes = body_max_bytes
        # Around a file stands its form.
        self.max_bytes = {path: most + 64 * 1024 for path, most in files_max_bytes.items()}
        headers = dict(SECURITY_HEADERS)
        if hsts:
            headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
        self.page_headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self.api_headers = [*self.page_headers, (b"cache-control", b"no-store")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Prepare the request, refuse what no route should see, and dress the answer."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(12)
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        state["credentials"] = self.credentials_from(headers)
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = False

        async def send_dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                usual = self.api_headers if scope["path"].startswith("/api/") else self.page_headers
                own = message.get("headers", ())
                names = {name for name, _ in own}
                message["headers"] = [
                    *own,
                    (b"x-request-id", request_id.encode()),
                    *(header for header in usual if header[0] not in names),
                ]
            await send(message)

        try:
            refusal = self._refusal(scope, headers)
            if refusal is not None:
                await problem_response(refusal, request_id)(scope, receive, send_dressed)
                return
            limit = self._limit(scope)
            await self.app(_as_read(scope), _counted(receive, limit), send_dressed)
        except Exception as error:
            # What nothing inside has met, before the routes or in them, leaves dressed like every answer.
            if started:
                raise
            await problem_response(_unexpected(error), request_id)(scope, receive, send_dressed)
        finally:
            structlog.contextvars.unbind_contextvars("request_id")

    def _limit(self, scope: Scope) -> int:
        return self.max_bytes.get(scope["path"], self.body_max_bytes)

    def _refusal(self, scope: Scope, headers: Headers) -> DomainError | None:
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._limit(scope):
            return PayloadTooLargeError(max_bytes=self._limit(scope))
        if "\x00" in scope["path"] or b"%00" in scope.get("query_string", b""):
            return BadRequestError("The address contains a NUL character.")
        unsafe = scope["method"] not in _SAFE_METHODS
        by_cookie = "karavan_" in headers.get("cookie", "") and "authorization" not in headers
        if unsafe and by_cookie and not self._same_origin(headers):
            return CrossSiteError(origin=headers.get("origin"))
        return None

    def _same_origin(self, headers: Headers) -> bool:
        """Whether a browser vouches that the request came from our own pages (OWASP: verify origin)."""
        if headers.get("sec-fetch-site") == "same-origin":
            return True
        origin = headers.get("origin") or headers.get("referer")
        if origin is None:
            return (
                headers.get("sec-fetch-site") is None
                and "mozilla" not in headers.get("user-agent", "").lower()
            )
        return _origin(origin) in {
            self.origin,
            f"{urlsplit(origin).scheme}://{headers.get('host')}",
        }


def _as_read(scope: Scope) -> Scope:
    """A look at the head alone is a read: routes know GET only, and the server leaves the body out (RFC 9110 § 9.3.2).

    A stream has no end that could be waited for.
    """
    if scope["method"] != "HEAD" or scope["path"].endswith("/stream"):
        return scope
    return {**scope, "method": "GET"}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _counted(receive: Receive, limit: int) -> Receive:
    """Refuse a body that grows past the limit without having declared its length."""
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                # FastAPI passes on its own kind of exception alone while it reads a body.
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message

    return receive_counted


def problem_response(error: DomainError, request_id: str | None) -> Response:
    """The answer that tells of `error`."""
    problem: Problem = error.problem(request_id)
    headers = dict(error.headers)
    if error.status == HTTPStatus.UNAUTHORIZED:
        # By which scheme one signs in has to be said (RFC 9110 § 11.6.1); no browser asks for it by a window.
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(
        problem.model_dump(mode="json"),
        status_code=error.status,
        headers=headers,
        media_type=PROBLEM_JSON,
    )


def pointer_of(location: tuple[int | str, ...]) -> str:
    """A JSON Pointer as a URI fragment from pydantic's location: `#/lines/0/quantity`, `#/query/page`."""
    parts = list(location)
    if parts and parts[0] == "body":
        parts = parts[1:]
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "#/" + "/".join(escaped) if parts else "#"


def _from_validation(error: RequestValidationError) -> DomainError:
    details = error.errors()
    if any(item["type"] == "json_invalid" for item in details):
        return BadRequestError("The body is not valid JSON.")
    if any(
        tuple(item["loc"]) == ("body",) and isinstance(item["input"], bytes) for item in details
    ):
        # What was not sent as JSON comes as it is.
        return UnsupportedMediaTypeError("Send the body as application/json.")
    fields = [
        FieldError(
            pointer=pointer_of(tuple(item["loc"])),
            code=str(item["type"]),
            detail=str(item["msg"])
            .removeprefix("Value error, ")
            .encode("utf-8", "replace")
            .decode(),
        )
        for item in details[:50]
    ]
    return ValidationError(errors=fields)


_BY_STATUS: dict[int, type[DomainError]] = {
    400: BadRequestError,
    401: UnauthenticatedError,
    403: ForbiddenError,
    404: NotFoundError,
    413: PayloadTooLargeError,
}


class MethodNotAllowedError(DomainError):
    """The path exists but not for this method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method_not_allowed"
    title = "This address does not take that method."


class UnsupportedMediaTypeError(DomainError):
    """The body's type is not one that the route reads."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "unsupported_media_type"
    title = "This content type is not accepted here."


class InternalError(DomainError):
    """A defect of ours. The detail stays in the log."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal"
    title = "Something went wrong on our side. The request id tells us what."


def _from_http(error: HTTPException) -> DomainError:
    # FastAPI answers 400 to whatever stops it from reading a body; our own refusal says more.
    if isinstance(error.__cause__, DomainError):
        return error.__cause__
    by_status: dict[int, type[DomainError]] = {
        **_BY_STATUS,
        405: MethodNotAllowedError,
        415: UnsupportedMediaTypeError,
    }
    kind = by_status.get(error.status_code, BadRequestError)
    return kind(headers=dict(error.headers or {}))


def _from_database(error: DBAPIError | asyncpg.PostgresError) -> DomainError:
    """What the database refused. A refusal that more than one caller can cause has an answer of its own."""
    refusal = error.orig if isinstance(error, DBAPIError) else error
    state = str(getattr(refusal, "sqlstate", "") or "")
    if state in {"40001", "40P01", "55P03"}:  # serialisation failure, deadlock, lock not available
        return ConflictError("Another change was in progress. Try again.", retry=True)
    # A value that the column's type cannot hold; a division by zero would be a defect of ours.
    if state.startswith("22") and state != "22012":
        return ValidationError("A value is out of the range that can be stored.")
    away = isinstance(error, DBAPIError) and error.connection_invalidated
    if state.startswith(("08", "53", "57")) or away:
        return UnavailableError(headers={"Retry-After": "2"})
    log.error("database_error", exc_info=error)
    return InternalError()


def _unavailable(wait_s: int) -> DomainError:
    return UnavailableError(headers={"Retry-After": str(wait_s)})


_CONVERSIONS: dict[type[Exception], Callable[[Any], DomainError]] = {
    DomainError: lambda error: error,
    RequestValidationError: _from_validation,
    HTTPException: _from_http,
    DBAPIError: _from_database,
    asyncpg.PostgresError: _from_database,
    PoolTimeoutError: lambda _: _unavailable(1),
    ConnectionError: lambda _: _unavailable(2),
}


def _unexpected(error: Exception) -> DomainError:
    """The answer to an error that came from around the routes, such as the limits' database, or is a defect of ours."""
    for kind, convert in _CONVERSIONS.items():
        if isinstance(error, kind):
            return convert(error)
    log.error("unhandled_error", exc_info=error)
    return InternalError()


def install_error_handlers(app: FastAPI) -> None:
    """Every error leaves as `application/problem+json`; what has no handler here is the edge's."""

    def answer(request: Request, error: DomainError) -> Response:
        return problem_response(error, getattr(request.state, "request_id", None))

    def handler(convert: Callable[[Any], DomainError]) -> Callable[[Request, Exception], Response]:
        return lambda request, error: answer(request, convert(error))

    for kind, convert in _CONVERSIONS.items():
        app.add_exception_handler(kind, handler(convert))
