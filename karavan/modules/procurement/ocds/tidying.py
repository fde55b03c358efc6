"""Imported data made fit for export: what does not keep the rules is taken out, and nothing is made up."""

from copy import deepcopy
from typing import Any

from karavan.modules.procurement.ocds.rules import Finding, check_release

_OF_ITS_OWNER = frozenset({"required", "empty", "duplicate", "reference"})
"""Codes of findings that concern the object around the value."""

_GONE = object()


def tidy(release: dict[str, Any]) -> dict[str, Any]:
    """A copy of the release that keeps every rule.

    A value of the wrong form goes; an object without its identifier, or one that refers to nothing, goes as a whole.
    """
    tidied, before = deepcopy(release), None
    while tidied != before and (findings := check_release(tidied)):
        before = deepcopy(tidied)
        for finding in findings:
            _remove(tidied, finding)
        tidied = _swept(tidied)
    return tidied


def _remove(release: dict[str, Any], finding: Finding) -> None:
    steps = [_unescaped(step) for step in finding.path.split("/")[1:]]
    if finding.code in _OF_ITS_OWNER and len(steps) > 1:
        steps.pop()
    holder: Any = release
    for step in steps[:-1]:
        holder = holder[int(step)] if isinstance(holder, list) else holder.get(step)
        if not isinstance(holder, dict | list):
            return
    if isinstance(holder, list):
        holder[int(steps[-1])] = _GONE
    else:
        holder.pop(steps[-1], None)


def _unescaped(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def _swept(value: Any) -> Any:
    """The value without removed entries, and without lists that have become empty."""
    if isinstance(value, dict):
        swept = {name: _swept(one) for name, one in value.items()}
        return {name: one for name, one in swept.items() if one != [] or value[name] == []}
    if isinstance(value, list):
        return [_swept(one) for one in value if one is not _GONE]
    return value
