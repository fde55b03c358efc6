"""How fast spreadsheets of products are imported, and that memory does not grow with them.

Each import runs in a process of its own, so that its peak of memory is its own.
"""

import asyncio
import csv
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import xlsxwriter

from bench.identifiers import ORGANISATION, USER, identifier
from bench.report import Result
from bench.stage import for_application, say
from karavan.kit.db import Database
from karavan.kit.embedded_postgres import EmbeddedPostgres
from karavan.kit.ids import new_id
from karavan.kit.imports.mapping import Mapping
from karavan.kit.imports.readers import open_table
from karavan.kit.imports.recognising import recognise
from karavan.kit.imports.records import Reader
from karavan.kit.jobs import JobContext
from karavan.kit.migrate import upgrade
from karavan.modules.catalogue.barcodes.gtin import with_check_digit
from karavan.modules.catalogue.importing.fields import PRODUCTS
from karavan.settings import Settings

TARGET_PER_S = 5000.0
FLAT_TARGET = 1.3
_HEAD = ("Артикул", "Наименование", "Категория", "Цена, ₸", "Ед. изм.", "Остаток", "Штрихкод", "Вес, г",
         "Описание", "Страна", "НДС", "Мин. заказ")  # fmt: skip


def table_imports(rows: int = 100_000, many_rows: int = 1_000_000) -> list[Result]:
    """P5: a spreadsheet of 100,000 products as CSV and XLSX; memory at 1,000,000 rows against 100,000."""
    directory = Path(tempfile.mkdtemp(prefix="karavan-bench-"))
    directory.chmod(0o755)
    try:
        with EmbeddedPostgres(directory / "postgres") as server:
            owner_url = server.start().url("postgres")
            app_url = for_application(owner_url)
            upgrade(owner_url, app_url=app_url)
            runs = {
                (kind, count): _measured(directory, owner_url, app_url, kind, count)
                for kind, count in (("csv", rows), ("xlsx", rows), ("csv", many_rows))
            }
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return [
        *(_speed(f"import-{kind}", runs[kind, rows]) for kind in ("csv", "xlsx")),
        _memory(runs["csv", rows], runs["csv", many_rows]),
    ]


def _speed(name: str, run: dict[str, float]) -> Result:
    return Result(
        name,
        f"≥ {TARGET_PER_S:,.0f} rows/s",
        run["rows_per_s"] >= TARGET_PER_S,
        per_s=run["rows_per_s"],
        limit_per_s=run["read_per_s"],
        details={"rows": run["rows"], "peak MB": run["peak_mb"]},
    )


def _memory(small: dict[str, float], large: dict[str, float]) -> Result:
    growth = large["peak_mb"] / small["peak_mb"]
    return Result(
        "import-memory",
        f"≤ {FLAT_TARGET}× at {large['rows']:,.0f} rows",
        growth <= FLAT_TARGET,
        per_s=large["rows_per_s"],
        limit_per_s=large["read_per_s"],
        details={
            "growth": growth,
            "peak MB small": small["peak_mb"],
            "peak MB large": large["peak_mb"],
        },
    )


def _measured(
    directory: Path, owner_url: str, app_url: str, kind: str, count: int
) -> dict[str, float]:
    file = directory / f"products-{count}.{kind}"
    (_write_csv if kind == "csv" else _write_xlsx)(file, count)
    import_id = new_id()
    stored = directory / "files" / "bench" / str(import_id)
    stored.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, stored)
    asyncio.run(_prepare(owner_url, import_id, file, kind))
    answer = subprocess.run(
        [sys.executable, "-m", "bench.table_imports", str(directory), app_url, str(import_id)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    run: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    run["read_per_s"] = _read_per_s(file, min(count, 100_000))
    file.unlink()
    say(f"import of {count:,} rows of {kind}: {run['rows_per_s']:,.0f}/s, {run['peak_mb']:.0f} MB")
    return run


def _rows(count: int) -> Iterator[list[object]]:
    for i in range(count):
        yield [f"SKU-{i:07d}", f"Кофе в зёрнах арабика {i} Бразилия", "Кофе → Зерновой", 1500 + i % 9000 + 0.5, "шт",
               i % 100, with_check_digit(f"{487_000_000_000 + i}"), 1000, f"Тёмная обжарка, партия {i}", "KZ", 12, 1]  # fmt: skip


def _write_csv(file: Path, count: int) -> None:
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow(_HEAD)
        writer.writerows(_rows(count))


def _write_xlsx(file: Path, count: int) -> None:
    # With shared texts, as spreadsheet programs write them.
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, _HEAD)
    for number, row in enumerate(_rows(count), 1):
        sheet.write_row(number, 0, row)
    book.close()


def _read_per_s(file: Path, count: int) -> float:
    """Rows a second when nothing is written: the limit."""
    table = open_table(file)
    reader = Reader(table, PRODUCTS, recognise(table, PRODUCTS, {}).mapping)
    started = time.monotonic()
    for number, _ in enumerate(reader.records(), 1):
        if number == count:
            break
    table.close()
    return count / (time.monotonic() - started)


async def _prepare(owner_url: str, import_id: UUID, file: Path, kind: str) -> None:
    """The rows that stand before an import starts: an empty company, its file, its mapping."""
    table = open_table(file)
    mapping: Mapping = recognise(table, PRODUCTS, {}).mapping
    table.close()
    organisation, user = identifier(ORGANISATION, 0), identifier(USER, 0)
    size_bytes = await asyncio.to_thread(lambda: file.stat().st_size)
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute(
            "truncate catalogue_products, catalogue_stock_locations, kit_imports, kit_outbox_events cascade"
        )
        await connection.execute(
            "insert into organisations_organisations (id, name, slug, kind, interest, buys, sells, country, city, currency, version)"
            " values ($1, 'Bench', 'bench', 'company', 'seller', false, true, 'KZ', 'Almaty', 'KZT', 1) on conflict do nothing",
            organisation,
        )
        await connection.execute(
            "insert into kit_imports (id, organisation_id, kind, state, mode, media_id, storage_key, file_name,"
            " file_kind, size_bytes, mapping, created_by, started_by, version)"
            " values ($1, $2, 'products', 'running', 'upsert', $1, $3, 'bench', $4, $5, $6, $7, $7, 1)",
            import_id, organisation, f"bench/{import_id}", kind, size_bytes,
            json.dumps(mapping.stored()), user,
        )  # fmt: skip
    finally:
        await connection.close()


@contextmanager
def _timed() -> Iterator[list[float]]:
    took: list[float] = []
    started = time.monotonic()
    yield took
    took.append(time.monotonic() - started)


async def _run(directory: Path, app_url: str, import_id: str) -> dict[str, float]:
    import karavan.tables  # noqa: F401  # every mapped class
    from karavan.kit.imports.models import ImportRun
    from karavan.kit.imports.running import run_import
    from karavan.kit.scopes import SYSTEM
    from karavan.kit.startup import resume_collection
    from karavan.modules.catalogue import import_tasks  # noqa: F401  # declares what is imported
    from karavan.wiring import services_for

    # As the worker does when all modules are there.
    resume_collection()
    settings = Settings(
        data_dir=directory,
        database_url=app_url,
        secret_key="a secret of the benchmarks alone, 32 characters or more",
    )
    database = Database(app_url, pool_size=4)
    context = JobContext(
        database=database, settings=settings, services=services_for(settings), job_id=1
    )
    with _timed() as took:
        await run_import(context, import_id=import_id, dry=False)
    async with database.transaction(SYSTEM) as session:
        run = await session.get(ImportRun, UUID(import_id))
    await database.close()
    assert run is not None
    assert run.state == "finished", (run.state, run.failure, run.report)
    assert run.report["created"] == run.report["rows"], run.report
    rows = float(run.report["rows"])
    return {"rows": rows, "rows_per_s": rows / took[0], "peak_mb": _peak_kb() / 1024}


def _peak_kb() -> int:
    """The most memory that this program has held: what `getrusage` tells was perhaps held by whoever started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_run(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))))
