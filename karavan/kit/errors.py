"""Errors as `application/problem+json` (RFC 9457): every error has a status and a stable code."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, ClassVar

from pydantic import BaseModel, Field

_declared: dict[str, type["DomainError"]] = {}


class FieldError(BaseModel):
    """What is wrong with one value of the request."""

    pointer: str = Field(
        description="JSON Pointer as a URI fragment, such as `#/lines/0/quantity`."
    )
    code: str
    detail: str


class Problem(BaseModel):
    """The body of every error answer."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str = Field(description="Stable name of the error, such as `order.out_of_stock`.")
    meta: dict[str, Any] = Field(
        default_factory=dict, description="Facts that a client can act on."
    )
    request_id: str | None = None
    errors: list[FieldError] = Field(default_factory=list)


class DomainError(Exception):
    """A refusal that the caller can understand.

    Subclasses declare `status`, `code` and `title`; a class without them, or with a code that another
    class has taken, fails when it is defined.
    """

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(
        self,
        detail: str = "",
        *,
        errors: list[FieldError] | None = None,
        headers: dict[str, str] | None = None,
        **meta: Any,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = errors or []
        self.headers = headers or {}
        self.meta = meta

    def __init_subclass__(cls) -> None:
        for name in ("status", "code", "title"):
            if not getattr(cls, name, None):
                raise TypeError(f"{cls.__name__} must declare `{name}`")
        if "code" in cls.__dict__ and _declared.setdefault(cls.code, cls) is not cls:
            raise TypeError(f"error code {cls.code} is declared twice")

    def problem(self, request_id: str | None = None) -> Problem:
        """The body that tells the caller."""
        return Problem(
            title=self.title,
            status=self.status,
            detail=self.detail,
            code=self.code,
            meta=self.meta,
            request_id=request_id,
            errors=self.errors,
        )


def declared_errors() -> dict[str, type[DomainError]]:
    """Every declared error by its code."""
    return dict(_declared)


class BadRequestError(DomainError):
    """The request cannot be understood at all."""

    status = HTTPStatus.BAD_REQUEST
    code = "bad_request"
    title = "The request could not be understood."


class UnauthenticatedError(DomainError):
    """Nobody is signed in, or no longer."""

    status = HTTPStatus.UNAUTHORIZED
    code = "unauthenticated"
    title = "Sign in to continue."


class ForbiddenError(DomainError):
    """The person is known but their role does not allow this."""

    status = HTTPStatus.FORBIDDEN
    code = "forbidden"
    title = "Your role does not allow this."


class CrossSiteError(DomainError):
    """A browser sent somebody's cookies along with the request of a page that is not ours."""

    status = HTTPStatus.FORBIDDEN
    code = "cross_site"
    title = "The request came from another site."


class NotFoundError(DomainError):
    """There is no such thing, or none that this caller may know of."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"
    title = "There is no such resource."


class ConflictError(DomainError):
    """The resource has changed since the caller read it."""

    status = HTTPStatus.CONFLICT
    code = "conflict"
    title = "Somebody changed this in the meantime. Reload it and try again."


class InvalidTransitionError(DomainError):
    """The state does not allow the transition."""

    status = HTTPStatus.CONFLICT
    code = "invalid_transition"
    title = "This is not possible in the present state."


class ValidationError(DomainError):
    """The values do not make sense; `errors` names each."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "validation"
    title = "Some values need correcting."


@contextmanager
def within(name: str) -> Iterator[None]:
    """Errors of a part of the body say where in the whole body they are.

    Args:
        name: of the body's field that holds the part.
    """
    try:
        yield
    except ValidationError as error:
        for one in error.errors:
            one.pointer = f"#/{name}{one.pointer.removeprefix('#')}"
        raise


class PayloadTooLargeError(DomainError):
    """The body is larger than this route takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "payload_too_large"
    title = "The request is too large."


class TooManyRequestsError(DomainError):
    """A rate limit was reached."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "rate_limited"
    title = "Too many requests. Wait a moment and try again."


class UnavailableError(DomainError):
    """A part that this needs does not answer at the moment."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"
    title = "The service is not available at the moment. Try again shortly."


def invalid(pointer: str, code: str, detail: str, **meta: Any) -> ValidationError:
    """A validation error about a single value."""
    return ValidationError(
        detail, errors=[FieldError(pointer=pointer, code=code, detail=detail)], **meta
    )
