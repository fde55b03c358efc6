"""Run benchmarks: `python -m bench [names] [--seconds N] [--requests N] [--products N] [--order-lines N] [--json DIR]
[--write-docs]`; `--list` names them.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import (
    growth,
    market,
    page_load,
    prices,
    relevance,
    requests,
    startup,
    streams,
    table_imports,
)
from bench.dataset import Sizes
from bench.docs import write_figures
from bench.report import Result, table, write_json
from bench.stage import Stage, opened, say
from bench.trade.sizes import TradeSizes

ON_A_SERVER: dict[str, Callable[[Stage], Result]] = {
    "signed-in": requests.signed_in,
    "request-list": requests.request_list,
    "request-page": requests.request_page,
    "quote-submission": requests.quote_submission,
    "stream-delivery": streams.stream_delivery,
}
STARTUP = "startup"
RELEVANCE = "relevance"
GROWTH = "growth"
IMPORTS = "imports"
PRICES = "prices"
PAGE_LOAD = "page-load"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, or everything; 1 when a promise was missed."""
    options = _options(arguments)
    if options.list:
        for name, measure in {**ON_A_SERVER, **market.MEASURES}.items():
            print(f"{name:<18} {(measure.__doc__ or '').splitlines()[0]}")
        print(f"{STARTUP:<18} {(startup.startup.__doc__ or '').splitlines()[0]}")
        print(f"{GROWTH:<18} {(growth.growth.__doc__ or '').splitlines()[0]}")
        print(f"{RELEVANCE:<18} {(relevance.relevance.__doc__ or '').splitlines()[0]}")
        print(f"{IMPORTS:<18} {(table_imports.table_imports.__doc__ or '').splitlines()[0]}")
        print(f"{PRICES:<18} {(prices.prices.__doc__ or '').splitlines()[0]}")
        print(f"{PAGE_LOAD:<18} {(page_load.page_load.__doc__ or '').splitlines()[0]}")
        return 0
    names = options.names or [
        *ON_A_SERVER,
        *market.MEASURES,
        GROWTH,
        STARTUP,
        RELEVANCE,
        IMPORTS,
        PRICES,
        PAGE_LOAD,
    ]
    results: list[Result] = []
    chosen = [measure for name, measure in ON_A_SERVER.items() if name in names]
    say(f"load average before the run: {os.getloadavg()[0]:.1f}")
    if STARTUP in names:
        results += startup.startup()
    if RELEVANCE in names:
        results += relevance.relevance()
    if IMPORTS in names:
        results += table_imports.table_imports()
    if PRICES in names:
        results += prices.prices()
    if PAGE_LOAD in names:
        results += page_load.page_load()
    if chosen:
        with opened(Sizes(options.requests), options.seconds) as stage:
            results = [*(measure(stage) for measure in chosen), *results]
    results += _in_markets(options, names)
    print(table(results))
    written = write_json(options.json, results, seconds=options.seconds)
    say(f"written to {written}")
    if options.write_docs:
        write_figures(written)
    return 0 if all(result.kept for result in results) else 1


def _in_markets(options: argparse.Namespace, names: Sequence[str]) -> list[Result]:
    """What is measured in the large market and, for growth, in the small one."""
    chosen = [measure for name, measure in market.MEASURES.items() if name in names]
    if not chosen and GROWTH not in names:
        return []
    large = TradeSizes(options.products, options.order_lines, options.buyers)
    with opened(Sizes(0, large.organisations), options.seconds, large) as stage:
        results = [measure(stage) for measure in chosen]
        if GROWTH in names:
            small = TradeSizes(options.small_products, options.small_order_lines, options.buyers)
            with opened(Sizes(0, small.organisations), options.seconds, small) as beside:
                results += growth.growth(beside, stage)
    return results


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
    for name, size, of in (
        ("--products", 1_000_000, "products of the market"),
        ("--order-lines", 10_000_000, "order lines of the market"),
        ("--buyers", 1_000, "buyers of the market"),
        ("--small-products", 10_000, "products of the market that growth starts from"),
        ("--small-order-lines", 100_000, "order lines of the market that growth starts from"),
    ):
        parser.add_argument(name, type=int, default=size, help=f"{of} (default {size:,})")
    parser.add_argument(
        "--json", type=Path, default=Path("bench/results"), help="directory of the results"
    )
    parser.add_argument(
        "--write-docs", action="store_true", help="put the figures into docs/performance.md"
    )
    options = parser.parse_args(arguments)
    unknown = set(options.names) - {
        *ON_A_SERVER,
        *market.MEASURES,
        GROWTH,
        STARTUP,
        RELEVANCE,
        IMPORTS,
        PRICES,
        PAGE_LOAD,
    }
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; see --list")
    return options


if __name__ == "__main__":
    sys.exit(main())
