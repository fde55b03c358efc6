"""The Range header (RFC 9110 § 14)."""

import re
from http import HTTPStatus

from karavan.kit.errors import DomainError

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class RangeNotSatisfiableError(DomainError):
    """The asked part lies outside the file."""

    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    code = "media.range_not_satisfiable"
    title = "The file has no such part."


def parse_range(header: str | None, size_bytes: int) -> tuple[int, int] | None:
    """The asked part as start and end (exclusive); nothing for the whole file.

    Several ranges, other units and malformed headers ask for the whole file, as the RFC allows.

    Raises:
        RangeNotSatisfiableError: the part starts behind the end.
    """
    match = _RANGE.fullmatch(header or "")
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        start, end = max(size_bytes - int(match[2]), 0), size_bytes
    else:
        start = int(match[1])
        end = min(int(match[2]) + 1, size_bytes) if match[2] else size_bytes
        if match[2] and int(match[2]) < start:
            return None
    if start >= size_bytes or start == end:
        raise RangeNotSatisfiableError(headers={"Content-Range": f"bytes */{size_bytes}"})
    return start, end
