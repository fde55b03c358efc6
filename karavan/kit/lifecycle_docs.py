"""Diagrams of lifecycles in documents: written between two markers, so that they cannot grow old unseen.

A document has `<!-- lifecycle: request -->` and `<!-- /lifecycle -->` on lines of their own; what stands between is made.
"""

import re
from collections.abc import Iterable
from typing import Any

from karavan.kit.lifecycle import Lifecycle

_SECTION = re.compile(r"<!-- lifecycle: (?P<name>[a-z_]+) -->\n.*?<!-- /lifecycle -->", re.DOTALL)


def section(lifecycle: Lifecycle[Any]) -> str:
    """The diagram, and a table of who may do what."""
    rows = [
        "| transition | from → to | who | permission | event | reason |",
        "|---|---|---|---|---|---|",
    ]
    for transition in lifecycle.transitions:
        sources = ", ".join(sorted(transition.sources))
        targets = ", ".join(dict.fromkeys(transition.targets))
        rows.append(
            f"| `{transition.name}` | {sources} → {targets} | {', '.join(sorted(transition.parties))} "
            f"| {transition.permission or '—'} | `{lifecycle.name}.{transition.event}` "
            f"| {transition.reason.value} |"
        )
    return "\n".join(["```mermaid", lifecycle.diagram(), "```", "", *rows])


def refreshed(document: str, lifecycles: Iterable[Lifecycle[Any]]) -> str:
    """`document` with every marked section as the declarations say now.

    Raises:
        ValueError: a marker names no lifecycle, or one of them has no marker.
    """
    known = {lifecycle.name: lifecycle for lifecycle in lifecycles}
    written: set[str] = set()

    def write(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in known:
            raise ValueError(f"there is no lifecycle {name}")
        written.add(name)
        return f"<!-- lifecycle: {name} -->\n{section(known[name])}\n<!-- /lifecycle -->"

    document = _SECTION.sub(write, document)
    if missing := known.keys() - written:
        raise ValueError(f"the document has no section of {sorted(missing)}")
    return document
