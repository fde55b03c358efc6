"""From bytes to releases: what is no package is refused as a whole, what is a bad release is reported in its row."""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

import msgspec
from msgspec import Struct, field

from karavan.kit.errors import PayloadTooLargeError, ValidationError, invalid
from karavan.modules.procurement.ocds.rules import Finding, check_release

FILE_MAX_BYTES = 8 * 1024 * 1024
RELEASES_MAX = 500
DEPTH_MAX = 40
LIST_MAX = 5_000
EXTENSIONS_MAX = 50
IDENTIFIER_MAX = 300
"""Characters of an `ocid` or of a release's `id`."""

_DIGITS_MAX = 30
_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")

# What stands in the way of understanding the release at all; everything else is a warning.
_REFUSING = frozenset({"type", "currency"})
_NEEDED = frozenset({"/ocid", "/id", "/date", "/tag"})


class ReadRelease(Struct, frozen=True):
    """One release of the file, in its order.

    Attributes:
        refused: why it is not taken; then nothing of it is.
        warnings: rules that it does not keep, although it can be understood.
    """

    index: int
    body: dict[str, Any]
    ocid: str | None
    id: str | None
    refused: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


class ReadPackage(Struct, frozen=True):
    """The releases of a file, and the extensions of the standard that it declares."""

    releases: list[ReadRelease]
    extensions: list[str]


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and exact decimal numbers: one spelling for one content."""
    encoded: bytes = _ENCODER.encode(value)
    return encoded


def parse(text: bytes | str) -> Any:
    """JSON with numbers as `int` and `Decimal`.

    Raises:
        ValueError: it is no JSON, or has numbers that JSON does not know.
        RecursionError: it is nested too deep for the parser.
    """
    return json.loads(text, parse_float=Decimal, parse_constant=_no_constant)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def read_package(content: bytes) -> ReadPackage:
    """The releases of a release package or a record package.

    A record counts with its releases where they are embedded, else with its compiled release. Addresses are not fetched.

    Raises:
        PayloadTooLargeError: the file is larger than `FILE_MAX_BYTES`.
        ValidationError: it is no JSON, no package, too deep, or has more than `RELEASES_MAX` releases.
    """
    if len(content) > FILE_MAX_BYTES:
        raise PayloadTooLargeError(max_bytes=FILE_MAX_BYTES)
    try:
        package = parse(content.decode("utf-8-sig"))
    except RecursionError:
        raise _too_deep() from None
    except (ValueError, InvalidOperation) as error:
        raise invalid("#", "json", f"The file is no JSON in UTF-8: {str(error)[:200]}") from error
    if not isinstance(package, dict):
        raise invalid("#", "type", "A package of OCDS is a JSON object.")
    if _deeper_than(package, DEPTH_MAX):
        raise _too_deep()
    bodies = _release_bodies(package)
    if not bodies:
        raise invalid("#/releases", "empty", "The package has no releases.")
    if len(bodies) > RELEASES_MAX:
        detail = f"At most {RELEASES_MAX} releases at once; this file has {len(bodies)}."
        raise invalid("#/releases", "too_many", detail, max=RELEASES_MAX)
    extensions = package.get("extensions")
    listed = extensions if isinstance(extensions, list) else []
    return ReadPackage(
        [_read(index, body) for index, body in enumerate(bodies)],
        [
            one
            for one in listed[:EXTENSIONS_MAX]
            if isinstance(one, str) and len(one) <= 500 and not _unstorable(one)
        ],
    )


def _too_deep() -> ValidationError:
    return invalid("#", "too_deep", f"The file is nested deeper than {DEPTH_MAX} levels.")


def _release_bodies(package: dict[str, Any]) -> list[Any]:
    releases, records = package.get("releases"), package.get("records")
    if isinstance(releases, list):
        return releases
    if not isinstance(records, list):
        raise invalid("#/releases", "required", "A package has a list `releases` or `records`.")
    found: list[Any] = []
    for record in records:
        embedded = record.get("releases") if isinstance(record, dict) else None
        whole = [one for one in embedded or [] if isinstance(one, dict) and "ocid" in one]
        if isinstance(embedded, list) and whole and len(whole) == len(embedded):
            found += whole
        elif isinstance(record, dict) and record.get("compiledRelease") is not None:
            found.append(record["compiledRelease"])
        else:
            found.append(record)
    return found


def _deeper_than(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += [child for child in one.values() if isinstance(child, dict | list)]
            elif isinstance(one, list):
                below += [child for child in one if isinstance(child, dict | list)]
        if not below:
            return False
        level = below
    return True


def _read(index: int, body: Any) -> ReadRelease:
    if not isinstance(body, dict):
        return ReadRelease(
            index, {}, None, None, [Finding("", "type", "A release is a JSON object.")]
        )
    ocid, release_id = body.get("ocid"), body.get("id")
    refused = list(_unfit(body))
    warnings: list[Finding] = []
    for name, value in (("ocid", ocid), ("id", release_id)):
        if isinstance(value, str) and len(value) > IDENTIFIER_MAX:
            message = f"must not be longer than {IDENTIFIER_MAX} characters"
            refused.append(Finding(f"/{name}", "too_long", message))
    for one in check_release(body) if not refused else ():
        needed = one.path in _NEEDED or one.path.startswith("/tag/")
        stops = one.code in _REFUSING or (needed and one.code != "code_list")
        (refused if stops else warnings).append(one)
    return ReadRelease(index, body, _label(ocid), _label(release_id), refused, warnings)


def _label(value: Any) -> str | None:
    if not isinstance(value, str) or _unstorable(value):
        return None
    return value[:IDENTIFIER_MAX]


def _unfit(body: dict[str, Any]) -> Iterator[Finding]:
    """What no database or sum can hold: U+0000, half characters, monstrous numbers, endless lists."""
    waiting: list[tuple[str, Any]] = [("", body)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            if any(_unstorable(name) for name in value):
                yield Finding(path, "characters", "a name has characters that cannot be stored")
                continue
            waiting += [(f"{path}/{_pointer(name)}", child) for name, child in value.items()]
        elif isinstance(value, list):
            if len(value) > LIST_MAX:
                yield Finding(path, "too_many", f"a list may have at most {LIST_MAX} entries")
                continue
            waiting += [(f"{path}/{index}", child) for index, child in enumerate(value)]
        elif isinstance(value, str) and _unstorable(value):
            yield Finding(path, "characters", "has characters that cannot be stored")
        elif isinstance(value, int | Decimal) and not _moderate(value):
            yield Finding(path, "number", "is a number too long to be recorded")


def _pointer(name: str) -> str:
    return name[:80].replace("~", "~0").replace("/", "~1")


def _unstorable(value: str) -> bool:
    return "\0" in value or any("\ud800" <= character <= "\udfff" for character in value)


def _moderate(value: int | Decimal) -> bool:
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    shape = value.as_tuple()
    return (
        isinstance(shape.exponent, int)
        and abs(shape.exponent) <= _DIGITS_MAX
        and len(shape.digits) <= _DIGITS_MAX
    )
