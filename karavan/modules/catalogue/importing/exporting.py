"""Products as tables: the columns that an import reads, so that what goes out can come back in."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import Struct

from karavan.kit.authz import Actor
from karavan.kit.db import Database, read_row, read_rows
from karavan.kit.imports.target import Target
from karavan.kit.imports.words import normalised
from karavan.kit.json_sql import Conditions
from karavan.kit.money import Money
from karavan.kit.scopes import Scope
from karavan.kit.tabular import BYTE_ORDER_MARK, csv_text, safe_cell
from karavan.modules.catalogue.importing.attributes import PREFIX, heading_of, written_value
from karavan.modules.catalogue.importing.categories import JOINT
from karavan.modules.catalogue.importing.headings import COLUMNS
from karavan.modules.catalogue.importing.kind import PRODUCT_IMPORTS
from karavan.modules.catalogue.queries.attributes import Attribute, attributes_of
from karavan.modules.catalogue.queries.products import ProductFilter, own_products

_PAGE_ROWS = 1000
_PIECE_BYTES = 256 * 1024
_SHEET_ROWS_MAX = 1_048_575
_ATTRIBUTES_MAX = 400
_FIRST = UUID(int=0)

_LOCALES = {"en": 1, "ru": 2, "kk": 3}

_ROWS = """
with heads as (
  select p.id from catalogue_products p where {where} and p.id > {after}::uuid order by p.id limit {limit}
), family as (
  select id from heads union all
  select v.id from catalogue_products v join heads on v.parent_id = heads.id where v.state <> 'archived'
)
select (select max(id::text) from heads), (select count(*) from heads), (
  select json_agg(json_build_object('sku', q.sku,
    'parent_sku', (select h.sku from catalogue_products h where h.id = q.parent_id),
    'options', q.options, 'attributes', q.attributes, 'names', q.names, 'descriptions', q.descriptions,
    'category_id', q.category_id, 'price_amount', q.price_amount, 'currency', q.currency,
    'stock', case when not q.has_variants then (
      select coalesce(sum(l.on_hand), 0)::text from catalogue_stock_levels l
      where l.product_id = q.id and l.location_id = {place}::uuid) end,
    'unit', q.unit, 'tax_rate', q.tax_rate::text, 'barcode', coalesce(q.barcode, q.barcode_text),
    'pack_size', q.pack_size::text, 'minimum_order', q.minimum_order::text, 'weight', q.weight_grams,
    'length', q.length_mm, 'width', q.width_mm, 'height', q.height_mm, 'country', q.country,
    'visibility', q.visibility, 'active', q.active) order by coalesce(q.parent_id, q.id), q.parent_id is not null,
    q.position, q.id)
  from catalogue_products q where q.id in (select id from family) and q.organisation_id = $1
)::text
"""

_PATHS = """
with recursive tree as (
  select id, array[coalesce(names->>$1, names->>'en')] as path from catalogue_categories where parent_id is null
  union all
  select c.id, t.path || coalesce(c.names->>$1, c.names->>'en') from catalogue_categories c join tree t on c.parent_id = t.id
) select json_object_agg(id, array_to_string(path, $2))::text from tree
"""


# What any of the products has a value for, as its category asks for it.
_ATTRIBUTES = """
with used as (
  select distinct p.category_id, k.code from catalogue_products p, jsonb_object_keys(p.attributes) as k(code)
  where {where} and p.attributes <> '{{}}'
) select category_id, array_agg(code order by code) from used group by category_id
"""

_PLACE = """
select id from catalogue_stock_locations where organisation_id = $1 order by position, id limit 1
"""


class _Layout(Struct, frozen=True):
    """What stands in which column.

    Attributes:
        paths: of categories, as they are written.
        asked: what categories ask for, by category and code.
        codes: attributes that have a column, with its heading.
        place: where stock is counted, which is where an import counts it.
    """

    language: str
    paths: dict[str, str]
    asked: dict[str, dict[str, Attribute]]
    codes: dict[str, str]
    place: UUID | None

    def head(self) -> list[str]:
        """The headings."""
        locale = _LOCALES[self.language]
        return [*(column[locale] for column in COLUMNS), *self.codes.values()]


class ExportFormat(StrEnum):
    """A kind of table file."""

    CSV = "csv"
    XLSX = "xlsx"


async def export_products(
    database: Database, actor: Actor, wanted: ProductFilter, kind: ExportFormat
) -> AsyncIterator[bytes]:
    """The file in pieces. Pages are read one after another, each in a transaction of its own; variants follow their heads.

    Stock is that of the first place, where an import counts it.
    """
    layout = await _layout(database, actor, wanted)
    pages = _pages(database, actor, wanted, layout)
    head = layout.head()
    if kind is ExportFormat.CSV:
        yield (BYTE_ORDER_MARK + csv_text([head])).encode()
        async for rows in pages:
            yield csv_text(rows).encode()
        return
    with tempfile.TemporaryDirectory(prefix="karavan-export-") as directory:
        path = Path(directory) / "products.xlsx"
        await _write_workbook(path, head, pages)
        with path.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, _PIECE_BYTES):
                yield piece


async def _write_workbook(
    path: Path, head: Sequence[str], pages: AsyncIterator[list[list[Any]]]
) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    bold = book.add_format({"bold": True})
    number = 0

    def new_sheet() -> Any:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head, bold)
        sheet.freeze_panes(1, 1)
        return sheet

    def write(sheet: Any, rows: Sequence[Sequence[Any]], first: int) -> None:
        for offset, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(
                        first + offset,
                        column,
                        safe_cell(value) if isinstance(value, str) else value,
                    )

    sheet = new_sheet()
    async for rows in pages:
        if number + len(rows) > _SHEET_ROWS_MAX:
            sheet, number = new_sheet(), 0
        await asyncio.to_thread(write, sheet, rows, number + 1)
        number += len(rows)
    await asyncio.to_thread(book.close)


async def _layout(database: Database, actor: Actor, wanted: ProductFilter) -> _Layout:
    language = actor.locale if actor.locale in _LOCALES else "en"
    where = own_products(actor, wanted)
    async with database.transaction(Scope(actor.organisation_id, actor.user_id)) as session:
        paths = await read_row(session, _PATHS, language, JOINT)
        place = await read_row(session, _PLACE, actor.organisation_id)
        used = await read_rows(session, _ATTRIBUTES.format(where=where.sql), *where.values)
        target = await PRODUCT_IMPORTS.target_in(session)
        asked = {
            str(category_id): {one.code: one for one in await attributes_of(session, category_id)}
            for category_id, _ in used
            if category_id is not None
        }
    names: dict[str, str] = {}
    for category_id, codes in used:
        for code in codes[:_ATTRIBUTES_MAX]:
            attribute = asked.get(str(category_id), {}).get(code)
            if attribute is not None:
                names.setdefault(code, attribute.names.get(language) or attribute.names["en"])
    return _Layout(
        language=language,
        paths=json.loads(paths[0]) if paths is not None and paths[0] else {},
        asked=asked,
        codes={
            code: _heading(name, code, target)
            for code, name in sorted(names.items(), key=lambda one: one[1])[:_ATTRIBUTES_MAX]
        },
        place=None if place is None else place[0],
    )


def _heading(name: str, code: str, target: Target) -> str:
    """The attribute's name, unless an import would take it for another attribute or a column of every product."""
    exact = [one.name for _, one in target.exactly(name)]
    shared = any(normalised(name) in target.words[field.name] for field in target.similar)
    return heading_of(name, code) if shared or exact != [PREFIX + code] else name


async def _pages(
    database: Database, actor: Actor, wanted: ProductFilter, layout: _Layout
) -> AsyncIterator[list[list[Any]]]:
    scope = Scope(actor.organisation_id, actor.user_id)
    after = _FIRST
    while True:
        where: Conditions = own_products(actor, wanted)
        sql = _ROWS.format(
            where=where.sql,
            after=where.parameter(after),
            limit=where.parameter(_PAGE_ROWS),
            place=where.parameter(layout.place),
        )
        async with database.transaction(scope) as session:
            found = await read_row(session, sql, *where.values)
        if found is None or not found[1]:
            return
        yield [_cells(product, layout) for product in json.loads(found[2])]
        if found[1] < _PAGE_ROWS:
            return
        after = UUID(found[0])


def _cells(product: dict[str, Any], layout: _Layout) -> list[Any]:
    values = {
        **product,
        **{f"name_{code}": text for code, text in product["names"].items()},
        **{f"description_{code}": text for code, text in product["descriptions"].items()},
        "category": layout.paths.get(product["category_id"] or ""),
        "option": "; ".join(f"{name}={value}" for name, value in product["options"].items())
        or None,
        "price": Money(product["price_amount"], product["currency"]).to_decimal(),
        "active": "yes" if product["active"] else "no",
    }
    for name in ("stock", "tax_rate", "pack_size", "minimum_order"):
        if values[name] is not None:
            values[name] = _plain(Decimal(values[name]))
    asked = layout.asked.get(product["category_id"] or "", {})
    given = product["attributes"]
    return [
        *(values.get(column[0]) for column in COLUMNS),
        *(
            None
            if code not in given
            else written_value(asked.get(code), given[code], layout.language)
            for code in layout.codes
        ),
    ]


def _plain(value: Decimal) -> Decimal | int:
    return int(value) if value == value.to_integral_value() else value.normalize()
