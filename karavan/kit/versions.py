"""Whose change comes first: a caller says which version of a resource they have read, in the body or as `If-Match`."""

import re
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Body as InBody
from fastapi import Depends, Header
from pydantic import Field

from karavan.kit.errors import BadRequestError, ConflictError, invalid
from karavan.kit.schemas import Body

# RFC 9110 § 13.1.1. The tag is the version; a weak mark, which a compressing proxy may have added, changes nothing.
_TAG = re.compile(r'(?:W/)?(")?([1-9][0-9]{0,15})(?(1)")')

_HEADER = Header(
    description='Version that was read, such as `"7"`: the same as `version` in a body; `*` is any.',
    max_length=100,
)
IfMatchHeader = Annotated[str | None, _HEADER]


class VersionedBody(Body):
    """Base of bodies that change a resource with a version."""

    version: int | None = Field(
        None,
        ge=1,
        le=2**53,
        description="Refuse with 409 when the resource has another version; the same as `If-Match`.",
    )


class HasVersion(Protocol):
    """A row that counts its changes."""

    version: Any


BodyT = TypeVar("BodyT", bound=VersionedBody)


async def _stated(if_match: IfMatchHeader = None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    tag = _TAG.fullmatch(if_match.strip())
    if tag is None:
        raise BadRequestError('If-Match must be one version, such as "7", or *.')
    return int(tag[2])


IfMatch = Annotated[int | None, Depends(_stated)]
"""The version that `If-Match` names, for routes without a body."""


def versioned(model: type[BodyT], *, optional: bool = False) -> Any:
    """Read a body together with `If-Match`: `body: Annotated[RequestPatch, versioned(RequestPatch)]`.

    The action finds the version in `body.version`, wherever the caller wrote it.

    Args:
        optional: an absent body is an empty one.

    Raises:
        BadRequestError: the header is no version.
        ValidationError: header and body name different versions.
    """

    async def read(body: Any, stated: IfMatch) -> Any:
        if stated is not None:
            if body.version not in (None, stated):
                raise invalid("#/version", "contradicts", "If-Match names another version.")
            body.version = stated
        return body

    body = InBody(default_factory=model) if optional else InBody()
    read.__annotations__["body"] = Annotated[model, body]
    return Depends(read)


def refuse_stale(row: HasVersion, version: int | None) -> None:
    """Refuse when the caller has read another version than the locked row's.

    Raises:
        ConflictError: with the present version.
    """
    if version is not None and version != row.version:
        raise ConflictError(version=row.version)
