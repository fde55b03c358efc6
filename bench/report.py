"""Results: a table on the screen for people, JSON for whoever compares runs."""

import json
import os
import platform
import shlex
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table.

    Attributes:
        per_s: answers or deliveries a second; nothing where the time alone matters.
        limit_per_s: what its parts alone would allow, measured in the same run.
        target: the promise, in words.
        kept: whether this run kept it.
        details: what the figures were made of.
    """

    name: str
    target: str
    kept: bool
    per_s: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None
    limit_per_s: float | None = None
    details: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """Of the limit."""
        if self.per_s is None or self.limit_per_s is None:
            return None
        return self.per_s / self.limit_per_s


_HEADINGS = ("measure", "per second", "p50 ms", "p95 ms", "p99 ms", "limit", "ratio", "target", "")


def table(results: list[Result]) -> str:
    """The results in columns, with what they were made of below."""
    rows = [_HEADINGS, *(_row(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    for result in results:
        if result.details:
            parts = ", ".join(f"{name} {value:,.2f}" for name, value in result.details.items())
            lines.append(f"  {result.name}: {parts}")
    return "\n".join(lines)


def _aligned(row: tuple[str, ...], widths: list[int]) -> list[str]:
    words = {0, len(row) - 2, len(row) - 1}
    return [
        cell.ljust(width) if column in words else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _row(result: Result) -> tuple[str, ...]:
    def figure(value: float | None, digits: int) -> str:
        return "" if value is None else f"{value:,.{digits}f}"

    return (
        result.name,
        figure(result.per_s, 0),
        figure(result.p50_ms, 1),
        figure(result.p95_ms, 1),
        figure(result.p99_ms, 1),
        figure(result.limit_per_s, 0),
        figure(result.ratio, 2),
        result.target,
        "kept" if result.kept else "missed",
    )


def write_json(directory: Path, results: list[Result], *, seconds: float) -> Path:
    """One file for each run, with what the machine was doing besides.

    Returns:
        The file.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}.json"
    content = {
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": {
            "processors": os.cpu_count(),
            "architecture": platform.machine(),
            "system": platform.system(),
            "python": platform.python_version(),
            "load_average": os.getloadavg(),
        },
        "seconds": seconds,
        "command": shlex.join(["python", "-m", "bench", *sys.argv[1:]]),
        "results": [{**asdict(result), "ratio": result.ratio} for result in results],
    }
    path.write_text(json.dumps(content, indent=2) + "\n")
    return path
