"""How well searches find: a shelf of products, judged queries in three languages, and NDCG@10.

`products.tsv` is the shelf with its distractors, `queries.tsv` says for each query which products were meant, and how
well each fits, from 1 to 3. Judgements are made by reading the names, not the results.
"""

import asyncio
import json
import math
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec

from bench.identifiers import ORGANISATION, WRITTEN, identifier
from bench.report import Result
from bench.stage import for_application
from karavan.kit.db import Database
from karavan.kit.embedded_postgres import EmbeddedPostgres
from karavan.kit.migrate import upgrade
from karavan.kit.scopes import PUBLIC, SYSTEM
from karavan.modules.catalogue.public import PostgresSearchIndex, SearchFilter, SearchRequest

TARGET = 0.9
DEPTH = 10
_HERE = Path(__file__).parent
_LANGUAGES = ("ru", "kk", "en")


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with what was meant by it."""

    language: str
    kind: str
    query: str
    grades: dict[str, int]


def _lines(name: str) -> Iterator[list[str]]:
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def shelf() -> list[tuple[str, str, dict[str, str]]]:
    """Key, category and names of each product."""
    found = []
    for key, category, *names in _lines("products.tsv"):
        by_language = {
            language: name.strip()
            for language, name in zip(_LANGUAGES, names, strict=False)
            if name.strip()
        }
        found.append((key, category, by_language))
    return found


def judged_queries(keys: Sequence[str]) -> list[Judged]:
    """Every query; `milk-*:3` grades all keys that begin so, and a later grade counts over an earlier one.

    Raises:
        ValueError: a judgement names no product of the shelf.
    """
    made = []
    for language, kind, query, judgements in _lines("queries.tsv"):
        grades: dict[str, int] = {}
        for judgement in judgements.split():
            pattern, _, grade = judgement.rpartition(":")
            matching = [key for key in keys if fnmatch(key, pattern)]
            if not matching:
                raise ValueError(f"{query}: no product {pattern}")
            grades.update(dict.fromkeys(matching, int(grade)))
        made.append(Judged(language, kind, query, grades))
    return made


def ndcg(found: Sequence[str], grades: dict[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gain 2^grade - 1."""

    def gain(values: Sequence[int]) -> float:
        return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values))

    ideal = sorted(grades.values(), reverse=True)[:depth]
    return gain([grades.get(key, 0) for key in found[:depth]]) / gain(ideal)


async def put_shelf(owner_url: str, database: Database) -> dict[str, str]:
    """Load the shelf and index it; keys by the text of identifiers."""
    connection = await asyncpg.connect(owner_url)
    seller = identifier(ORGANISATION, 9_000)
    now = datetime.now(UTC)
    rows, keys = [], {}
    try:
        categories = dict(await connection.fetch("select code, id from catalogue_categories"))
        await connection.execute(
            "insert into organisations_organisations"
            " (id, name, slug, kind, interest, buys, sells, country, city, currency, version)"
            " values ($1, 'Bazar', 'bazar', 'company', 'vendor', true, true, 'KZ', 'Almaty', 'KZT', 1)",
            seller,
        )
        for number, (key, category, names) in enumerate(shelf()):
            product_id = identifier(WRITTEN, number)
            keys[str(product_id)] = key
            rows.append(
                (product_id, seller, "Bazar", f"R{number:04d}", "published", "both",
                 json.dumps(names, ensure_ascii=False), next(iter(names.values())), categories[category],
                 100_000, "KZT", 10, now, 1)
            )  # fmt: skip
        await connection.copy_records_to_table(
            "catalogue_products",
            columns="id organisation_id organisation_name sku state visibility names name category_id"
            " price_amount currency available published_at version".split(),
            records=rows,
        )
    finally:
        await connection.close()
    async with database.transaction(SYSTEM) as session:
        await PostgresSearchIndex().index(session, [UUID(one) for one in keys])
    return keys


async def measure(
    database: Database, keys: dict[str, str]
) -> list[tuple[Judged, float, list[str]]]:
    """NDCG@10 and what was found, for each query, as a visitor asks."""
    index, made = PostgresSearchIndex(), []
    for judged in judged_queries(list(keys.values())):
        request = SearchRequest(
            words=judged.query,
            wanted=SearchFilter(),
            sort="relevance",
            page=1,
            size=DEPTH,
            locale=judged.language,
        )
        async with database.transaction(PUBLIC) as session:
            body = msgspec.json.decode(await index.search(session, request))
        found = [keys[item["id"]] for item in body["items"]]
        made.append((judged, ndcg(found, judged.grades), found))
    return made


async def _measured(owner_url: str, app_url: str) -> list[tuple[Judged, float, list[str]]]:
    database = Database(app_url, pool_size=2)
    try:
        return await measure(database, await put_shelf(owner_url, database))
    finally:
        await database.close()


def relevance(*, worst: int = 0) -> list[Result]:
    """NDCG@10 of the judged queries, together, by language and by what makes them hard.

    Args:
        worst: so many of the worst queries are printed with what they found.
    """
    with tempfile.TemporaryDirectory(prefix="karavan-bench-") as name:
        directory = Path(name)
        directory.chmod(0o755)
        with EmbeddedPostgres(directory, durable=False) as server:
            owner_url = server.start().url("postgres")
            app_url = for_application(owner_url)
            upgrade(owner_url, app_url=app_url)
            measured = asyncio.run(_measured(owner_url, app_url))
    for judged, score, found in sorted(measured, key=lambda one: one[1])[:worst]:
        print(f"{score:.2f} {judged.language} {judged.kind:<9} {judged.query:<28} {found}")
    groups: dict[str, list[float]] = defaultdict(list)
    for judged, score, _ in measured:
        for group in ("all", judged.language, judged.kind):
            groups[group].append(score)
    means = {group: sum(scores) / len(scores) for group, scores in groups.items()}
    return [
        Result(
            name="relevance",
            target=f"NDCG@10 ≥ {TARGET}",
            kept=means["all"] >= TARGET,
            details={
                **means,
                "queries": len(measured),
                "pairs": sum(len(judged.grades) for judged, _, _ in measured),
            },
        )
    ]
