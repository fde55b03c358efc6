"""What a page of twenty products costs a buyer to price: 50 lists of 100,000 products, worked out beforehand and not."""

import asyncio
import random
import shutil
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from uuid import UUID

import asyncpg

import karavan.tables  # noqa: F401  # every mapped class
from bench.report import Result
from bench.stage import for_application, say
from karavan.kit.db import Database
from karavan.kit.embedded_postgres import EmbeddedPostgres
from karavan.kit.ids import new_id
from karavan.kit.migrate import upgrade
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.public import prices_for, resolve_supplier

LISTS, PRODUCTS, CHAIN = 50, 100_000, 5
BUDGET_MS = 10.0
_PAGE, _READS = 20, 400

_LOAD = (
    """insert into organisations_organisations (id, name, slug, kind, interest, buys, sells, country, currency, version)
       values ($1, 'Bench', 'bench', 'company', 'sell', false, true, 'KZ', 'KZT', 1)""",
    f"""insert into catalogue_products (id, organisation_id, organisation_name, sku, state, visibility, names, name,
          price_amount, currency, version)
        select gen_random_uuid(), $1, 'Bench', 'S' || n, 'published', 'both', '{{"en": "Bench"}}', 'Bench', 100000, 'KZT', 1
        from generate_series(1, {PRODUCTS}) n""",
    f"""insert into catalogue_price_lists (id, organisation_id, name, currency, priority, version)
        select gen_random_uuid(), $1, 'L' || n, 'KZT', -n, 1 from generate_series(1, {LISTS}) n""",
    """insert into catalogue_list_prices (list_id, product_id, from_quantity, organisation_id, amount)
       select l.id, p.id, 1 - l.priority, $1, 100000 + 100 * l.priority from catalogue_price_lists l, catalogue_products p
       where p.organisation_id = $1""",
    f"""insert into catalogue_price_assignments (id, list_id, organisation_id, kind, target_id)
        select gen_random_uuid(), id, $1, 'everybody', $1 from catalogue_price_lists where priority >= -{CHAIN}""",
)


def prices() -> list[Result]:
    """Twenty products for a buyer with five of fifty lists of 100,000: from the lists, and as worked out."""
    directory = Path(tempfile.mkdtemp(prefix="karavan-bench-"))
    directory.chmod(0o755)
    try:
        with EmbeddedPostgres(directory / "postgres") as server:
            owner_url = server.start().url("postgres")
            app_url = for_application(owner_url)
            upgrade(owner_url, app_url=app_url)
            return asyncio.run(_measure(owner_url, app_url))
    finally:
        shutil.rmtree(directory, ignore_errors=True)


async def _measure(owner_url: str, app_url: str) -> list[Result]:
    supplier = new_id()
    owner = await asyncpg.connect(owner_url)
    began = time.monotonic()
    for statement in _LOAD:
        # Types of parameters are known by their columns alone.
        await owner.execute(statement.replace("$1", f"'{supplier}'::uuid"))
    await owner.execute("analyze")
    say(f"{LISTS} lists × {PRODUCTS:,} products in {time.monotonic() - began:.0f} s")
    products = [row["id"] for row in await owner.fetch("select id from catalogue_products")]
    await owner.close()
    database = Database(app_url, pool_size=2)
    try:
        results = [_result("prices-from-lists", await _reads(database, supplier, products))]
        began = time.monotonic()
        await resolve_supplier(database, supplier)
        say(f"worked out in {time.monotonic() - began:.1f} s")
        results.append(_result("prices-worked-out", await _reads(database, supplier, products)))
    finally:
        await database.close()
    return results


async def _reads(database: Database, supplier: UUID, products: list[UUID]) -> list[float]:
    chance, buyer, took_ms = random.Random(1), new_id(), []
    for number in range(_READS + 20):
        page = chance.sample(products, _PAGE)
        async with database.transaction(SYSTEM) as session:
            began = time.perf_counter()
            found = await prices_for(session, supplier, buyer, page)
            took = (time.perf_counter() - began) * 1000
        assert len(found) == _PAGE
        assert all(len(tiers) == CHAIN + 1 for tiers in found.values())
        if number >= 20:
            took_ms.append(took)
    return took_ms


def _result(name: str, took_ms: list[float]) -> Result:
    marks = quantiles(took_ms, n=100)
    return Result(
        name,
        f"p95 ≤ {BUDGET_MS:.0f} ms",
        marks[94] <= BUDGET_MS,
        p50_ms=marks[49],
        p95_ms=marks[94],
        p99_ms=marks[98],
        details={"reads": len(took_ms), "products a read": _PAGE},
    )
