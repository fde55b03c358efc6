"""Run benchmarks: `python -m bench [names] [--seconds N] [--requests N] [--json DIR] [--write-docs]`; `--list` names them."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import relevance, requests, startup, streams, table_imports
from bench.dataset import Sizes
from bench.docs import write_figures
from bench.report import Result, table, write_json
from bench.stage import Stage, opened, say

ON_A_SERVER: dict[str, Callable[[Stage], Result]] = {
    "signed-in": requests.signed_in,
    "request-list": requests.request_list,
    "request-page": requests.request_page,
    "quote-submission": requests.quote_submission,
    "stream-delivery": streams.stream_delivery,
}
STARTUP = "startup"
RELEVANCE = "relevance"
IMPORTS = "imports"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, or everything; 1 when a promise was missed."""
    options = _options(arguments)
    if options.list:
        for name, measure in ON_A_SERVER.items():
            print(f"{name:<18} {(measure.__doc__ or '').splitlines()[0]}")
        print(f"{STARTUP:<18} {(startup.startup.__doc__ or '').splitlines()[0]}")
        print(f"{RELEVANCE:<18} {(relevance.relevance.__doc__ or '').splitlines()[0]}")
        print(f"{IMPORTS:<18} {(table_imports.table_imports.__doc__ or '').splitlines()[0]}")
        return 0
    names = options.names or [*ON_A_SERVER, STARTUP, RELEVANCE, IMPORTS]
    results: list[Result] = []
    chosen = [measure for name, measure in ON_A_SERVER.items() if name in names]
    say(f"load average before the run: {os.getloadavg()[0]:.1f}")
    if STARTUP in names:
        results += startup.startup()
    if RELEVANCE in names:
        results += relevance.relevance()
    if IMPORTS in names:
        results += table_imports.table_imports()
    if chosen:
        with opened(Sizes(options.requests), options.seconds) as stage:
            results = [*(measure(stage) for measure in chosen), *results]
    print(table(results))
    written = write_json(options.json, results, seconds=options.seconds)
    say(f"written to {written}")
    if options.write_docs:
        write_figures(written)
    return 0 if all(result.kept for result in results) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Karavan's speed.")
    parser.add_argument("names", nargs="*", help="which measures; all by default")
    parser.add_argument("--list", action="store_true", help="name the measures")
    parser.add_argument(
        "--seconds", type=float, default=20, help="length of a measured run (default 20)"
    )
    parser.add_argument(
        "--requests", type=int, default=50_000, help="size of the data set (default 50,000)"
    )
    parser.add_argument(
        "--json", type=Path, default=Path("bench/results"), help="directory of the results"
    )
    parser.add_argument(
        "--write-docs", action="store_true", help="put the figures into docs/performance.md"
    )
    options = parser.parse_args(arguments)
    unknown = set(options.names) - {*ON_A_SERVER, STARTUP, RELEVANCE, IMPORTS}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; see --list")
    return options


if __name__ == "__main__":
    sys.exit(main())
