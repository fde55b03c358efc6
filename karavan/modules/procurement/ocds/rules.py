"""Whether data keeps the rules of OCDS 1.1: required fields, types, code lists, dates, identifiers, references."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from karavan.modules.procurement.ocds.vocabulary import CODES, PLAIN_TYPES, SHAPES, Field

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?)?", re.ASCII)


class Finding(Struct, frozen=True):
    """A rule that is not kept.

    Attributes:
        path: JSON Pointer into the checked value, such as `/tender/items/0/id`.
        code: `required`, `type`, `code_list`, `currency`, `date`, `uri`, `empty`, `duplicate` or `reference`.
    """

    path: str
    code: str
    message: str


def check_release_package(package: Any) -> list[Finding]:
    """Every rule of a release package that `package` breaks; an empty list when it is in order."""
    findings = list(_check_shape(package, "ReleasePackage", ""))
    if isinstance(package, dict) and isinstance(package.get("releases"), list):
        for index, release in enumerate(package["releases"]):
            if isinstance(release, dict):
                findings += _relations(release, f"/releases/{index}")
    return findings


def check_release(release: Any) -> list[Finding]:
    """Every rule of a single release that `release` breaks."""
    findings = list(_check_shape(release, "Release", ""))
    if isinstance(release, dict) and not any(one.code == "type" for one in findings):
        findings += _relations(release, "")
    return findings


def parse_moment(value: Any) -> datetime | None:
    """A date of OCDS. One without a time zone, which publishers do write, counts as UTC; nonsense is nothing."""
    if not isinstance(value, str):
        return None
    if not _MOMENT.fullmatch(value) and not _DAY.fullmatch(value):
        return None
    try:
        moment = datetime.fromisoformat(value.upper())
    except ValueError:
        return None
    # Before the conversion, which has no room beyond years 1 and 9999, and after it, which may cross a new year.
    if not 1900 <= moment.year <= 9990:
        return None
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if 1900 <= moment.year <= 9990 else None


def _check_shape(value: Any, shape: str, path: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding(path, "type", "must be an object")
        return
    for name, field in SHAPES[shape].items():
        where = f"{path}/{name}"
        present = value.get(name)
        if present is None:
            if field.required:
                yield Finding(where, "required", "is required")
        elif field.many:
            yield from _check_list(present, field, where)
        else:
            yield from _check_value(present, field.type, where)
            if field.required and present == "":
                yield Finding(where, "empty", "must not be empty")


def _check_list(value: Any, field: Field, path: str) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield Finding(path, "type", "must be a list")
        return
    if field.required and not value:
        yield Finding(path, "empty", "must not be empty")
    seen: set[str] = set()
    for index, one in enumerate(value):
        where = f"{path}/{index}"
        yield from _check_value(one, field.type, where)
        # Two references may name the same organisation only if they are not literally the same.
        if isinstance(one, dict) and one.get("id") is not None:
            key = str(one["id"])
            if key in seen and field.type not in {"Release", "Classification", "Identifier"}:
                yield Finding(f"{where}/id", "duplicate", f"`{key[:80]}` stands here twice")
            seen.add(key)


def _check_value(value: Any, kind: str, path: str) -> Iterator[Finding]:
    if kind in SHAPES:
        yield from _check_shape(value, kind, path)
    elif kind in PLAIN_TYPES:
        yield from _check_plain(value, kind, path)
    elif not isinstance(value, str):
        yield Finding(path, "type", "must be text")
    elif value not in CODES[kind]:
        code = "currency" if kind == "currency" else "code_list"
        yield Finding(path, code, f"`{value[:80]}` is not in the code list {kind}")


def _check_plain(value: Any, kind: str, path: str) -> Iterator[Finding]:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if kind in {"text", "date", "uri"}:
        if not isinstance(value, str):
            yield Finding(path, "type", "must be text")
        elif kind == "date" and (not _MOMENT.fullmatch(value) or parse_moment(value) is None):
            yield Finding(path, "date", "must be a date and time with a time zone (RFC 3339)")
        elif kind == "uri" and not _is_uri(value):
            yield Finding(path, "uri", "must be an absolute URI")
        return
    fits, wanted = {
        "id": (isinstance(value, str) or whole, "must be text or a whole number"),
        "number": (whole or isinstance(value, Decimal), "must be a number"),
        "integer": (whole, "must be a whole number"),
        "boolean": (isinstance(value, bool), "must be true or false"),
        "object": (isinstance(value, dict), "must be an object"),
    }[kind]
    if not fits:
        yield Finding(path, "type", wanted)
    elif kind == "id" and value == "":
        yield Finding(path, "empty", "must not be empty")


def _is_uri(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme) and " " not in value


def references(release: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every place of a release that names an organisation of its `parties`: path and reference."""
    tender = release.get("tender") or {}
    single = [("/buyer", release.get("buyer"))]
    single.append(("/tender/procuringEntity", tender.get("procuringEntity")))
    many = [("/tender/tenderers", tender.get("tenderers"))]
    for index, bid in enumerate((release.get("bids") or {}).get("details") or []):
        many.append((f"/bids/details/{index}/tenderers", bid.get("tenderers")))
    for index, award in enumerate(release.get("awards") or []):
        many.append((f"/awards/{index}/suppliers", award.get("suppliers")))
    for index, contract in enumerate(release.get("contracts") or []):
        paid = (contract.get("implementation") or {}).get("transactions") or []
        for number, transaction in enumerate(paid):
            at = f"/contracts/{index}/implementation/transactions/{number}"
            single += [(f"{at}/{side}", transaction.get(side)) for side in ("payer", "payee")]
    yield from ((path, one) for path, one in single if one)
    for path, several in many:
        yield from ((f"{path}/{index}", one) for index, one in enumerate(several or []))


def _relations(release: dict[str, Any], base: str) -> Iterator[Finding]:
    """References between the sections: organisations stand in `parties`, a contract's award in `awards`."""
    if any(one.code == "type" for one in _check_shape(release, "Release", base)):
        return
    if "#" in str(release.get("id") or ""):
        yield Finding(f"{base}/id", "code_list", "must not contain `#`")
    parties = {str(one.get("id")) for one in release.get("parties") or []}
    for path, reference in references(release):
        named = reference.get("id")
        if named is None:
            yield Finding(f"{base}{path}/id", "required", "must name one of the parties")
        elif str(named) not in parties:
            message = f"`{str(named)[:80]}` is none of the parties"
            yield Finding(f"{base}{path}/id", "reference", message)
    awards = {str(one.get("id")) for one in release.get("awards") or []}
    for index, contract in enumerate(release.get("contracts") or []):
        named = contract.get("awardID")
        if named is not None and str(named) not in awards:
            message = f"`{str(named)[:80]}` is none of the awards"
            yield Finding(f"{base}/contracts/{index}/awardID", "reference", message)
