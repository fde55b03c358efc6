"""Quick orders in tables: which column holds codes and which quantities, and what the rows ask for. Pure."""

from collections import Counter
from collections.abc import Collection
from decimal import Decimal
from itertools import islice
from typing import BinaryIO

from msgspec import Struct

from karavan.kit.imports import headings, values
from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.faults import CellError
from karavan.kit.imports.readers import Cell, Row, Table, as_text, open_table
from karavan.kit.imports.recognising import recognise
from karavan.kit.imports.target import Field, Target
from karavan.kit.imports.words import is_total
from karavan.modules.orders.quick_order import CODE_MAX_CHARACTERS, QUANTITY_MAX, ROWS_MAX, Asked

_LETTERHEAD_MAX = 60
_LOOKED_THROUGH_MAX = 20_000
"""Price lists are sent back with quantities beside a few of their rows: so many rows are looked through for them."""

_CODE, _ORDERED, _QUANTITY = "code", "ordered", "quantity"


def _other(name: str, *synonyms: str) -> Field:
    # Columns that are full of numbers, too, and none of them says how much is wanted.
    return Field(name=name, synonyms=synonyms, parse=values.text(300))


_TARGET = Target(
    name="quick_order",
    key=_CODE,
    fields=[
        Field(
            name=_CODE,
            synonyms=[*headings.CODES, *headings.BARCODES, "модель"],
            parse=values.code(CODE_MAX_CHARACTERS),
            repeated=True,
        ),
        Field(
            name=_ORDERED,
            synonyms=["к заказу", "заказ шт", "заказано", "количество заказа", "количество к заказу", "order qty",
                      "order quantity", "qty to order", "ordered", "quantity ordered", "тапсырыс саны", "тапсырыс"],
            parse=values.quantity,
        ),
        Field(
            name=_QUANTITY,
            synonyms=[*headings.QUANTITIES, "count", "amount", "заказ", "order", "pcs", "шт", "штук", "дана"],
            parse=values.quantity,
        ),
        _other("position", "№", "#", "№ п п", "п п", "no", "nr", "номер", "line", "line no", "position", "позиция", "рет саны"),
        _other("name", "наименование", "название", "name", "product name", "товар", "item", "description", "описание", "атауы"),
        _other("price", "цена", "price", "unit price", "цена за единицу", "цена с ндс", "стоимость", "cost", "баға", "бағасы"),
        _other("sum", "сумма", "итого", "total", "sum", "line total", "сумма заказа", "сомасы", "барлығы"),
        _other("stock", *headings.STOCKS),
        _other("least", *headings.SMALLEST_ORDERS),
        _other("pack", *headings.PACKS),
        _other("weight", "вес", "weight", "объем", "volume", "салмағы"),
        _other("unit", "ед изм", "единица измерения", "ед", "unit", "uom", "өлшем бірлігі"),
        _other("tax", "ндс", "ставка ндс", "vat", "vat rate", "tax", "ққс"),
    ],
)  # fmt: skip


class OrderTable(Struct, frozen=True):
    """The rows of a sheet below its head, and what the headings say of its columns.

    Attributes:
        codes: columns whose heading says that they hold codes, the surest first.
        quantities: the column that says how much is wanted; nothing when no heading does.
        others: columns whose heading says something else.
    """

    rows: list[Row]
    codes: list[int]
    quantities: int | None
    others: frozenset[int]


def read_order_table(file: BinaryIO) -> OrderTable:
    """Read the sheet that has the most to say, as far as one order goes.

    Where a heading names the quantities, rows without any are what is not wanted of a price list: they are left out, unless
    no row has any.

    Raises:
        TableRefusedError: it is no table, or not sound.
    """
    table = open_table(file)
    try:
        return _read(table)
    finally:
        table.close()


def _read(table: Table) -> OrderTable:
    try:
        found = recognise(table, _TARGET, {})
    except TableRefusedError as error:
        if error.reason is not TableRefusal.NO_TABLE:
            raise
        # A single column without a heading: codes alone.
        return OrderTable(list(islice(table.rows(0), ROWS_MAX + 1)), [0], None, frozenset())
    mapping = found.mapping
    named = [column for column in mapping.columns if column.field is not None]
    sure = sorted(named, key=lambda column: (-column.confidence, column.index))
    column_of = {column.field: column.index for column in reversed(sure)}
    quantities = column_of.get(_ORDERED, column_of.get(_QUANTITY))
    below = [
        row
        for row in islice(table.rows(mapping.sheet), _LOOKED_THROUGH_MAX)
        if row.number > mapping.header_row
    ]
    if quantities is not None:
        below = [row for row in below if _says_something(_cell(row, quantities))] or below
    return OrderTable(
        rows=below[: ROWS_MAX + _LETTERHEAD_MAX],
        codes=[column.index for column in sure if column.field == _CODE],
        quantities=quantities,
        others=frozenset(column.index for column in named if column.field != _CODE),
    )


def _says_something(cell: Cell) -> bool:
    """Whether a quantity is written, readable or not; nought is none."""
    if not as_text(cell).strip():
        return False
    try:
        return values.quantity(cell) != 0
    except CellError:
        return True


def cells_of(table: OrderTable) -> set[str]:
    """Every short text of a table that may be a code."""
    return {
        text
        for row in table.rows
        for cell in row.cells
        if (text := _code(cell)) and len(text) <= CODE_MAX_CHARACTERS
    }


def table_lines(table: OrderTable, known: Collection[str]) -> list[Asked]:
    """What a table asks for: its columns are recognised by their headings, else by their content.

    Args:
        known: codes in capitals that stand for something.
    """
    code_column = _code_column(table, known)
    column, is_unsure = table.quantities, False
    if column is None:
        candidates = _numbers(table, code_column)
        # Which of several columns of numbers is meant, nobody can tell: a price must not be ordered as a quantity.
        column, is_unsure = (candidates[0] if len(candidates) == 1 else None), len(candidates) > 1
    has_any = column is not None and any(_says_something(_cell(row, column)) for row in table.rows)
    asked = []
    for row in table.rows:
        code = _code(_cell(row, code_column))
        if not code or is_total(code):
            continue
        wanted = _quantity(_cell(row, column)) if column is not None else None
        texts = [text for cell in row.cells if (text := as_text(cell).strip())]
        asked.append(
            Asked(
                row.number,
                " · ".join(texts)[:300],
                code[:CODE_MAX_CHARACTERS],
                wanted,
                is_unread=wanted is None and (is_unsure or has_any),
            )
        )
    return asked


def _code_column(table: OrderTable, known: Collection[str]) -> int:
    """The column whose heading says so and that holds known codes, else the one that holds the most of them."""
    hits = Counter(
        column
        for row in table.rows
        for column, cell in enumerate(row.cells)
        if _code(cell).upper() in known
    )
    named = max(table.codes, key=lambda column: hits[column], default=None)
    if named is not None and (hits[named] or not hits):
        return named
    return max(hits, key=lambda column: (hits[column], -column)) if hits else 0


def _numbers(table: OrderTable, code_column: int) -> list[int]:
    """Columns without a known heading that hold a quantity in most rows; mere row numbers are none beside others."""
    columns: dict[int, list[Decimal]] = {}
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if column == code_column or column in table.others or column in table.codes:
                continue
            if (found := _quantity(cell)) is not None:
                columns.setdefault(column, []).append(found)
    most = max(map(len, columns.values()), default=0)
    full = [column for column, found in sorted(columns.items()) if 2 * len(found) >= most]
    counted = [
        column
        for column in full
        if columns[column] == [Decimal(n) for n in range(1, len(columns[column]) + 1)]
    ]
    return [column for column in full if column not in counted] or full


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else None


def _code(cell: Cell) -> str:
    return " ".join(as_text(cell).split())


def _quantity(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool):
        return None
    try:
        found = values.quantity(cell)
    except CellError:
        return None
    if found is None or not 0 < found <= QUANTITY_MAX:
        return None
    return round(found, 3)
