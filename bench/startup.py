"""How long `karavan up` takes to its first page: with nothing there, and when it has run before."""

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.report import Result
from bench.stage import karavan_up, say, wait_until_answers

COLD_TARGET_S = 10.0
WARM_TARGET_S = 2.0
_WARM_STARTS = 5


def startup() -> list[Result]:
    """An empty data directory to the first page, demo data loading beside it; then starts of the filled one."""
    directory = Path(tempfile.mkdtemp(prefix="karavan-bench-"))
    directory.chmod(0o755)
    try:
        cold = _start(directory, empty=True)
        warm = [_start(directory) for _ in range(_WARM_STARTS)]
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return [
        _result("start-empty", [cold], COLD_TARGET_S),
        _result("start-warm", warm, WARM_TARGET_S),
    ]


def _result(name: str, took_s: list[float], target_s: float) -> Result:
    middle = median(took_s)
    return Result(
        name,
        f"≤ {target_s:.0f} s",
        middle <= target_s,
        p50_ms=middle * 1000,
        details={"starts": len(took_s), "slowest s": max(took_s), "fastest s": min(took_s)},
    )


def _start(directory: Path, *, empty: bool = False) -> float:
    started = time.monotonic()
    with karavan_up(directory) as (process, address):
        wait_until_answers(f"{address}/", process)
        took_s = time.monotonic() - started
        say(f"first page after {took_s:.2f} s")
        # Ready is later where demo data is loaded first; warm starts are to find it there.
        wait_until_answers(f"{address}/ready", process, every_s=0.5 if empty else 0.01)
        ready_s = time.monotonic() - started
        say(f"ready after {ready_s:.2f} s")
        return took_s if empty else ready_s
