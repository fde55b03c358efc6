"""Quick orders: what codes and quantities stand in pasted lines or in a table. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from karavan.kit.imports.faults import CellError
from karavan.kit.imports.readers import Cell, as_text, open_table
from karavan.kit.imports.values import quantity
from karavan.kit.imports.words import is_total, normalised

ROWS_MAX = 500
CODE_MAX_CHARACTERS = 100
QUANTITY_MAX = Decimal(10) ** 12
_HEAD_WITHIN = 15

# A code, something between, a quantity, perhaps its unit: "KOFE-1 12", "KOFE-1;12", "KOFE-1 × 12 шт".
_PASTED = re.compile(
    r"^(?P<code>.*?\S)\s*(?:[\t;,|=:]|\s[x×х*]|\s[–—-](?=\s)|\s)\s*(?P<quantity>\d{1,12}(?:[.,]\d{1,3})?)\s*"
    r"(?:шт|pcs|pc|уп|кг|kg|л|дана|бума)?\.?$",
    re.IGNORECASE,
)
# The other way about: "12 KOFE-1", "12 × KOFE-1", "12 шт KOFE-1".
_LED = re.compile(
    r"^(?P<quantity>\d{1,12}(?:[.,]\d{1,3})?)\s*(?:[\t;,|:]|(?:[x×х*]|шт\.?|pcs)\s|\s)\s*(?P<code>\S.*)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\s;,|=:]+")
# Marks without width come along when text is copied from web pages and messengers.
_WITHOUT_WIDTH = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_QUOTES = "\"'«»“”„"
_CODES = frozenset(
    "sku артикул арт код code article barcode штрихкод штрих-код баркод vendorcode itemcode модель"
    " тауаркоды штрихкоды".split()
)
_QUANTITIES = frozenset(
    "qty quantity количество кол-во колво колич amount count шт заказ order pcs саны мөлшері".split()
)


class Asked(Struct, frozen=True):
    """What a line asks for. `quantity` is nothing where none was written, or none that can be read (`is_unread`)."""

    position: int
    text: str
    code: str
    quantity: Decimal | None
    is_unread: bool = False


def pasted_lines(text: str, known: Collection[str] = ()) -> list[Asked]:
    """Lines as people paste them, without the empty ones.

    Args:
        known: codes in capitals that stand for something; a line that is one of them has no quantity, though it may end in
            a number.
    """
    asked = []
    for position, raw in enumerate(text.splitlines(), 1):
        line = _bare(raw)
        if not line:
            continue
        found = None if line.upper() in known else _PASTED.match(line)
        if found is None or _code_of(found).upper() not in known:
            led = _LED.match(line)
            if led is not None and _code_of(led).upper() in known:
                found = led
        if found is None:
            asked.append(_without_quantity(position, line, known))
            continue
        wanted = Decimal(found["quantity"].replace(",", "."))
        asked.append(Asked(position, line, _code_of(found), wanted))
    return asked


def _without_quantity(position: int, line: str, known: Collection[str]) -> Asked:
    """A line that is a code alone, or one with something behind it that is no quantity, such as `-3`."""
    first = _first_word(line)
    if line.upper() not in known and first.upper() in known:
        return Asked(position, line, first, None, is_unread=True)
    return Asked(position, line, line[:CODE_MAX_CHARACTERS], None)


def _first_word(line: str) -> str:
    return _WORDS.split(line, maxsplit=1)[0].strip(_QUOTES)[:CODE_MAX_CHARACTERS]


def _bare(raw: str) -> str:
    return raw.translate(_WITHOUT_WIDTH).strip().strip('"')


def _code_of(found: re.Match[str]) -> str:
    code = found["code"].strip().rstrip(";,|=:").strip().strip(_QUOTES)
    return code[:CODE_MAX_CHARACTERS]


def codes_in(text: str) -> set[str]:
    """Everything in pasted text that may be a code: whole lines, what stands before a quantity, and behind one."""
    lines = [line for line in map(_bare, text.splitlines()) if line]
    led = {_code_of(found) for line in lines if (found := _LED.match(line))}
    return (
        {line[:CODE_MAX_CHARACTERS] for line in lines}
        | {first for line in lines if (first := _first_word(line))}
        | {one.code for one in pasted_lines(text)}
        | {code for code in led if code}
    )


class TableRow(Struct, frozen=True):
    """A row of a table as text."""

    number: int
    cells: list[Cell]


def table_rows(file: object) -> list[TableRow]:
    """The first rows of the first visible sheet.

    Args:
        file: an open table file of any kind.

    Raises:
        TableRefusedError: it is none, or not sound.
    """
    table = open_table(file)  # type: ignore[arg-type]  # whatever can be read and wound
    try:
        visible = next((i for i, sheet in enumerate(table.sheets) if not sheet.hidden), 0)
        rows = []
        for row in table.rows(visible):
            rows.append(TableRow(row.number, row.cells))
            if len(rows) > ROWS_MAX + _HEAD_WITHIN:
                break
        return rows
    finally:
        table.close()


def cells_of(rows: Sequence[TableRow]) -> set[str]:
    """Every short text of a table that may be a code."""
    return {
        text
        for row in rows
        for cell in row.cells
        if (text := _code(cell)) and len(text) <= CODE_MAX_CHARACTERS
    }


def table_lines(rows: Sequence[TableRow], known: Collection[str]) -> list[Asked]:
    """What a table asks for: its columns are recognised by their headings, else by their content.

    Args:
        known: codes in capitals that stand for something.
    """
    head, code_column, quantity_column = _columns(rows, known)
    asked = []
    for row in rows[head:]:
        code = _code(_cell(row, code_column))
        if not code or is_total(code):
            continue
        wanted = _quantity(_cell(row, quantity_column)) if quantity_column is not None else None
        texts = [as_text(cell).strip() for cell in row.cells if as_text(cell).strip()]
        asked.append(Asked(row.number, " · ".join(texts)[:300], code[:CODE_MAX_CHARACTERS], wanted))
    return asked


def _columns(rows: Sequence[TableRow], known: Collection[str]) -> tuple[int, int, int | None]:
    """How many rows the head takes, the column of codes, and that of quantities if there is one."""
    for index, row in enumerate(rows[:_HEAD_WITHIN]):
        words = [normalised(as_text(cell)).replace(" ", "") for cell in row.cells]
        code = next((i for i, word in enumerate(words) if word in _CODES), None)
        quantity_at = next((i for i, word in enumerate(words) if word in _QUANTITIES), None)
        if code is not None and quantity_at is not None:
            return index + 1, code, quantity_at
    codes = Counter(
        column
        for row in rows
        for column, cell in enumerate(row.cells)
        if _code(cell).upper() in known
    )
    code_column = max(codes, key=lambda column: (codes[column], -column)) if codes else 0
    numbers = Counter(
        column
        for row in rows
        for column, cell in enumerate(row.cells)
        if column != code_column and _quantity(cell) is not None
    )
    if not numbers:
        return 0, code_column, None
    return 0, code_column, max(numbers, key=lambda column: (numbers[column], -column))


def _cell(row: TableRow, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else None


def _code(cell: Cell) -> str:
    return " ".join(as_text(cell).split())


def _quantity(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool):
        return None
    try:
        found = quantity(cell)
    except CellError:
        return None
    if found is None or not 0 < found <= QUANTITY_MAX:
        return None
    return round(found, 3)


def batches(codes: Collection[str], size: int) -> Iterator[list[str]]:
    """The codes in lists of at most `size`."""
    listed = sorted(codes)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
