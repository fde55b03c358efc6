"""Growth (P4): what is promised of a large market, measured again in a small one."""

from collections.abc import Sequence

from bench import load
from bench.market import SEARCH_CONNECTIONS
from bench.report import Result
from bench.stage import Stage, say

TARGET = 1.3
"""How many times the 95th percentile of the small market that of the large one may be."""

_SCRIPTS = {
    "product-read": ("product_read.lua", load.CONNECTIONS),
    "catalogue-page": ("catalogue_page.lua", load.CONNECTIONS),
    "order-placement": ("order_placement.lua", load.CONNECTIONS),
    "search": ("search.lua", SEARCH_CONNECTIONS),
}


def loads_of(stage: Stage) -> dict[str, load.Load]:
    """Each load of the market alone, without its limit."""
    found = {}
    for name, (script, connections) in _SCRIPTS.items():
        found[name] = load.run(stage, script, connections=connections)
        market = stage.market
        say(f"{name} with {market.products:,} products: p95 {found[name].p95_ms:.1f} ms")
    return found


def growth(small: dict[str, load.Load], large: dict[str, load.Load]) -> list[Result]:
    """The 95th percentile of each load in a large market against that in a small one."""
    return [_grown(name, small[name], large[name]) for name in _SCRIPTS]


def _grown(name: str, small: load.Load, large: load.Load) -> Result:
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


def known(results: Sequence[Result]) -> dict[str, load.Load]:
    """Loads that were measured already, when all of them were."""
    found = {one.name: one for one in results if one.name in _SCRIPTS}
    if len(found) < len(_SCRIPTS):
        return {}
    return {
        name: load.Load(one.per_s or 0, one.p50_ms or 0, one.p95_ms or 0, one.p99_ms or 0)
        for name, one in found.items()
    }
