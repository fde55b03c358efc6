"""Releases of one process merged into its present picture (OCDS 1.1, "Merging").

Source: https://standard.open-contracting.org/1.1/en/schema/merging/
"""

from collections.abc import Iterable
from typing import Any

from karavan.modules.procurement.ocds.rules import parse_moment

_OF_A_RELEASE = frozenset({"id", "date", "tag"})
_REPLACED_WHOLE = frozenset({"additionalClassifications", "additionalIdentifiers"})


def compile_releases(releases: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The compiled release of releases that have the same `ocid`.

    They count in the order of their dates. Later values replace earlier ones, `null` takes a value away, and lists of
    objects with identifiers are merged by these; every other list is replaced.
    """
    ordered = sorted(releases, key=_order)
    compiled: dict[str, Any] = {}
    for release in ordered:
        _merge(compiled, {n: v for n, v in release.items() if n not in _OF_A_RELEASE})
    last = ordered[-1]
    return {
        "ocid": last["ocid"],
        "id": f"{last['ocid']}-{last['date']}",
        "date": last["date"],
        "tag": ["compiled"],
        **{name: value for name, value in compiled.items() if name != "ocid"},
    }


def _order(release: dict[str, Any]) -> tuple[str, str]:
    moment = parse_moment(release.get("date"))
    return (moment.isoformat() if moment else "", str(release.get("id")))


def _merge(target: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    for name, value in patch.items():
        if value is None:
            target.pop(name, None)
        elif isinstance(value, dict):
            before = target.get(name)
            target[name] = _merge(before if isinstance(before, dict) else {}, value)
        elif isinstance(value, list) and name not in _REPLACED_WHOLE and _identified(value):
            before = target.get(name)
            target[name] = _merge_list(
                before if isinstance(before, list) and _identified(before) else [], value
            )
        else:
            target[name] = value
    return target


def _identified(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(one, dict) and "id" in one for one in values)


def _merge_list(before: list[Any], values: list[Any]) -> list[Any]:
    by_id = {str(one["id"]): one for one in before}
    for value in values:
        _merge(by_id.setdefault(str(value["id"]), {}), value)
    return list(by_id.values())
