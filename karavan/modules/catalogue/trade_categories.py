"""The tree that the platform ships with: about a thousand categories of trade in three languages, and their attributes.

`data/categories.tsv` lists them from the roots down, `data/attributes.tsv` what products of each are asked for. What is
there already, by its code, stays as the operator has made it.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.ids import new_id

LANGUAGES = ("en", "ru", "kk")

_CATEGORIES = sa.table(
    "catalogue_categories",
    sa.column("id", sa.Uuid),
    sa.column("parent_id", sa.Uuid),
    sa.column("code", sa.String),
    sa.column("names", JSONB),
    sa.column("icon", sa.String),
    sa.column("position", sa.BigInteger),
    sa.column("version", sa.BigInteger),
)
_ATTRIBUTES = sa.table(
    "catalogue_category_attributes",
    sa.column("id", sa.Uuid),
    sa.column("category_id", sa.Uuid),
    sa.column("code", sa.String),
    sa.column("kind", sa.String),
    sa.column("names", JSONB),
    sa.column("unit", sa.String),
    sa.column("options", JSONB),
    sa.column("required", sa.Boolean),
    sa.column("filterable", sa.Boolean),
    sa.column("position", sa.BigInteger),
    sa.column("number_min", sa.Numeric),
    sa.column("number_max", sa.Numeric),
)


def load_trade_categories(connection: sa.Connection) -> int:
    """Add the categories and attributes that are not there yet.

    Args:
        connection: of the tables' owner, in a transaction; it may run again at any time.

    Returns:
        How many categories were added.
    """
    ids: dict[str, UUID] = {
        row.code: row.id
        for row in connection.execute(sa.select(_CATEGORIES.c.id, _CATEGORIES.c.code))
    }
    added = list(_new_categories(ids))
    if added:
        connection.execute(sa.insert(_CATEGORIES), added)
    present = {
        tuple(row)
        for row in connection.execute(sa.select(_ATTRIBUTES.c.category_id, _ATTRIBUTES.c.code))
    }
    attributes = [
        row for row in _attributes(ids) if (row["category_id"], row["code"]) not in present
    ]
    if attributes:
        connection.execute(sa.insert(_ATTRIBUTES), attributes)
    if added or attributes:
        connection.execute(sa.text("update catalogue_category_tree set revision = revision + 1"))
    return len(added)


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of one of the data files."""
    text = (files("karavan.modules.catalogue") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _new_categories(ids: dict[str, UUID]) -> Iterator[dict[str, Any]]:
    places: Counter[str] = Counter()
    for row in read_table("categories.tsv"):
        code, parent = row["code"], row["parent"]
        position = places[parent]
        places[parent] += 1
        if code in ids:
            continue
        ids[code] = new_id()
        yield {
            "id": ids[code],
            "parent_id": ids[parent] if parent else None,
            "code": code,
            "names": _names(row),
            "icon": row["icon"],
            "position": position,
            "version": 1,
        }


def _attributes(ids: dict[str, UUID]) -> Iterator[dict[str, Any]]:
    places: Counter[str] = Counter()
    for row in read_table("attributes.tsv"):
        category = row["category"]
        places[category] += 1
        yield {
            "id": new_id(),
            "category_id": ids[category],
            "code": row["code"],
            "kind": row["kind"],
            "names": _names(row),
            "unit": row["unit"] or None,
            "options": [_option(option) for option in row["options"].split(";") if option],
            "required": row["required"] == "yes",
            "filterable": row["filterable"] == "yes",
            "position": places[category],
            "number_min": row["min"] or None,
            "number_max": row["max"] or None,
        }


def _names(row: dict[str, str]) -> dict[str, str]:
    return {language: row[language] for language in LANGUAGES}


def _option(text: str) -> dict[str, Any]:
    """`code=English|Russian|Kazakh`; a single name is the same in every language."""
    code, _, names = text.partition("=")
    parts = names.split("|")
    return {"code": code, "names": dict(zip(LANGUAGES, parts * (3 // len(parts)), strict=True))}
