"""Growth (P4): what is promised of a large market, against the same in a small one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from bench import load
from bench.market import SEARCH_CONNECTIONS
from bench.report import Result
from bench.stage import Stage, say

TARGET = 1.3
"""How many times the 95th percentile of the small market that of the large one may be."""

TURNS = 5
"""One run differs from the next by a fifth, and a machine has slow minutes: the markets take turns, and the median counts."""

_SHARE = 0.3
"""How long a turn is, of a usual run."""

_SCRIPTS = {
    "product-read": ("product_read.lua", load.CONNECTIONS),
    "catalogue-page": ("catalogue_page.lua", load.CONNECTIONS),
    "search": ("search.lua", SEARCH_CONNECTIONS),
    "order-placement": ("order_placement.lua", load.CONNECTIONS),
}


def growth(small: Stage, large: Stage) -> list[Result]:
    """The 95th percentile of each load in a large market against that in a small one."""
    return [_grown(name, list(_turns(name, small, large))) for name in _SCRIPTS]


def _turns(name: str, small: Stage, large: Stage) -> Iterator[tuple[load.Load, load.Load]]:
    script, connections = _SCRIPTS[name]
    for _ in range(TURNS):
        in_small, in_large = (
            load.run(replace(one, seconds=one.seconds * _SHARE), script, connections=connections)
            for one in (small, large)
        )
        say(f"{name}: p95 {in_small.p95_ms:.1f} and {in_large.p95_ms:.1f} ms")
        yield in_small, in_large


def _grown(name: str, turns: list[tuple[load.Load, load.Load]]) -> Result:
    small, large = (_median(loads) for loads in zip(*turns, strict=True))
    times = large.p95_ms / small.p95_ms
    return Result(
        f"growth-{name}",
        f"p95 ≤ {TARGET}×",
        times <= TARGET,
        large.per_s,
        large.p50_ms,
        large.p95_ms,
        large.p99_ms,
        details={"times": times, "small p95 ms": small.p95_ms, "small per second": small.per_s},
    )


def _median(loads: Sequence[load.Load]) -> load.Load:
    """The median of each figure by itself."""
    figures = ((one.per_s, one.p50_ms, one.p95_ms, one.p99_ms) for one in loads)
    return load.Load(*(median(values) for values in zip(*figures, strict=True)))
