"""Load by wrk: 32 connections from two threads, with a script that says what to ask."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.stage import Stage, say
from bench.trade.facts import market_facts

CONNECTIONS = 32
THREADS = 2
_SCRIPTS = Path(__file__).parent / "wrk"


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a run: answers a second, and how long they took in milliseconds."""

    per_s: float
    p50_ms: float
    p95_ms: float
    p99_ms: float


def run(stage: Stage, script: str, *, base: int = 0, connections: int = CONNECTIONS) -> Load:
    """Warm up and measure.

    Args:
        script: name of a file in `bench/wrk`.
        base: pairs of a buyer's request and a vendor are counted from here, as for the limit.
        connections: how many requests are under way at once.

    Raises:
        RuntimeError: an answer was none of success, or none came.
    """
    _write_facts(stage)
    _once(stage, script, seconds=stage.warm_up_s, base=base, connections=connections)
    base += stage.stride
    measured = _once(stage, script, seconds=stage.seconds, base=base, connections=connections)
    if not measured.per_s:
        raise RuntimeError(f"{script}: nothing was answered within {stage.seconds:.0f} s")
    return measured


def _write_facts(stage: Stage) -> None:
    tokens = ",\n".join(f'"{stage.token(o)}"' for o in range(stage.sizes.organisations))
    sizes = stage.sizes
    market = "" if stage.trade is None else market_facts(stage.trade)
    (stage.directory / "facts.lua").write_text(
        f"return {{ organisations = {sizes.organisations}, requests = {sizes.requests},\n"
        f"published = {sizes.published}, tokens = {{\n{tokens}\n}}{market} }}\n"
    )


def _once(
    stage: Stage, script: str, *, seconds: float, base: int, connections: int = CONNECTIONS
) -> Load:
    results = stage.directory / "wrk.json"
    results.unlink(missing_ok=True)
    command = [
        ensure_wrk(),
        *(f"--connections={connections}", f"--threads={THREADS}", "--timeout=30s"),
        *(f"--duration={max(round(seconds), 1)}s", f"--script={_SCRIPTS / script}", stage.address),
    ]
    environment = {
        **os.environ,
        "LUA_PATH": f"{stage.directory}/?.lua;{_SCRIPTS}/?.lua;;",
        "BENCH_RESULTS": str(results),
        "BENCH_BASE": str(base),
    }
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode or not results.exists():
        raise RuntimeError(f"wrk failed: {ended.stderr or ended.stdout}")
    found = json.loads(results.read_text())
    if found["errors"]:
        raise RuntimeError(f"{script}: {found} {ended.stdout}")
    return Load(found["requests"] / found["duration_s"], *(found[f"p{p}_ms"] for p in (50, 95, 99)))


@cache
def ensure_wrk() -> str:
    """The path of wrk: the system's, else Debian's package, where we may install it.

    Raises:
        RuntimeError: there is none, and no way to get one.
    """
    found = shutil.which("wrk")
    if found is None and shutil.which("apt-get") is not None:
        say("installing Debian's wrk package")
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        for step in (["update", "-qq"], ["install", "--yes", "-qq", "wrk"]):
            subprocess.run([*prefix, "apt-get", *step], stdout=sys.stderr, check=False)
        found = shutil.which("wrk")
    if found is None:
        raise RuntimeError(
            "wrk is not installed and could not be: install the package `wrk` (Debian, Ubuntu, Homebrew)"
        )
    return found
