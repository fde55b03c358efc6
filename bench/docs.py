"""The figures in `docs/performance.md`, written from the JSON of a run so that nobody types them."""

import json
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"
_HEADINGS = ("measure", "per second", "p50 ms", "p95 ms", "p99 ms", "limit", "ratio", "promise", "")


def write_figures(run: Path, page: Path = PAGE) -> None:
    """Put the results of one run in place of those that stand on the page.

    Args:
        run: a file that `write_json` has written.

    Raises:
        ValueError: the page has no place for them.
    """
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{page} lacks {_BEGIN} or {_END}")
    figures = _figures(json.loads(run.read_text("utf-8")))
    page.write_text(f"{before}{begin}\n\n{figures}\n\n{end}{after}", "utf-8")


def _figures(run: dict[str, Any]) -> str:
    machine = run["machine"]
    heading = (
        f"Measured {run['measured_at'][:10]} on {machine['processors']} cores ({machine['architecture']}, "
        f"{machine['system']}, Python {machine['python']}), runs of {run['seconds']:.0f} s, load average "
        f"{machine['load_average'][0]:.1f} at the end."
    )
    rows = [_HEADINGS, tuple("---" for _ in _HEADINGS), *(_row(one) for one in run["results"])]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    details = [
        f"- `{one['name']}`: "
        + ", ".join(f"{name} {value:,.1f}" for name, value in one["details"].items())
        for one in run["results"]
        if one["details"]
    ]
    return "\n".join([heading, "", f"`{run['command']}`", "", *lines, "", *details])


def _row(result: dict[str, Any]) -> tuple[str, ...]:
    def figure(name: str, digits: int) -> str:
        value = result[name]
        return "" if value is None else f"{value:,.{digits}f}"

    return (
        f"`{result['name']}`",
        figure("per_s", 0),
        figure("p50_ms", 1),
        figure("p95_ms", 1),
        figure("p99_ms", 1),
        figure("limit_per_s", 0),
        figure("ratio", 2),
        result["target"],
        "kept" if result["kept"] else "missed",
    )
