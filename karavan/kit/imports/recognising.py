"""Recognising a table: where its head is, and what its columns mean, with how sure that is."""

from collections.abc import Mapping as Words
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice

from msgspec import Struct

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.mapping import ColumnMapping, Mapping
from karavan.kit.imports.readers import Cell, Row, Table, as_text
from karavan.kit.imports.target import Field, Target
from karavan.kit.imports.values import Hints
from karavan.kit.imports.words import currency_in, normalised, significant

SAMPLE_ROWS = 200
HEAD_WITHIN_ROWS = 60
CONFIDENCE_MIN = 0.45
SAMPLES_SHOWN = 5
_SAMPLE_CHARACTERS = 80


class Recognised(Struct, frozen=True):
    """A sheet as it was understood.

    Attributes:
        rows: the first rows of the sheet, the letterhead and the head among them.
        head: position of the head among `rows`; nothing when there is none.
    """

    mapping: Mapping
    rows: list[Row]
    head: int | None


def best_sheet(table: Table) -> int:
    """The visible sheet that has the most to say in its first rows.

    Raises:
        TableRefusedError: no visible sheet has any row.
    """
    sizes = []
    for index, sheet in enumerate(table.sheets):
        if sheet.hidden:
            continue
        filled = sum(
            sum(cell is not None for cell in row.cells)
            for row in islice(table.rows(index), SAMPLE_ROWS)
        )
        sizes.append((filled, -index))
    if not sizes or max(sizes)[0] == 0:
        raise TableRefusedError(TableRefusal.EMPTY)
    return -max(sizes)[1]


def recognise(
    table: Table,
    target: Target,
    remembered: Words[str, str | None],
    *,
    sheet: int | None = None,
    header_row: int | None = None,
) -> Recognised:
    """Look at the first rows of a sheet and propose how to read it.

    Args:
        remembered: fields by normalised heading, as the organisation chose them before; nothing for “leave out”.
        sheet, header_row: what a person has chosen; found otherwise.

    Raises:
        TableRefusedError: there is no table.
    """
    chosen = best_sheet(table) if sheet is None else sheet
    rows = list(islice(table.rows(chosen), SAMPLE_ROWS))
    if not rows:
        raise TableRefusedError(TableRefusal.EMPTY)
    if header_row is None:
        head = _find_head(rows, target, remembered)
    else:
        head = next((i for i, row in enumerate(rows) if row.number == header_row), None)
    headings = [] if head is None else [as_text(cell).strip() for cell in rows[head].cells]
    body = rows[(-1 if head is None else head) + 1 :]
    width = max([len(headings), *(len(row.cells) for row in body)])
    if (
        width < 2
        and target.key not in remembered.values()
        and not _recognised_any(headings, target)
    ):
        raise TableRefusedError(TableRefusal.NO_TABLE)
    headings += [""] * (width - len(headings))
    mapping = Mapping(
        sheet=chosen,
        header_row=0 if head is None else rows[head].number,
        columns=_columns(headings, body, target, remembered),
        currency=next(filter(None, map(currency_in, headings)), None),
    )
    return Recognised(mapping, rows, head)


def _recognised_any(headings: Sequence[str], target: Target) -> bool:
    return any(_best_name(heading, target) > 0.7 for heading in headings)


def _best_name(heading: str, target: Target) -> float:
    """How well a heading names any field, from 0 to 1."""
    exact = target.exactly(heading)
    similar = max((_named(heading, one, target) for one in target.similar), default=0.0)
    return max(exact[0][0], similar) if exact else similar


def _find_head(
    rows: Sequence[Row], target: Target, remembered: Words[str, str | None]
) -> int | None:
    """The row whose cells read most like headings; of a sheet without any such row, none."""
    best, best_score = None, 0.0
    for index, row in enumerate(rows[:HEAD_WITHIN_ROWS]):
        texts = [as_text(cell).strip() for cell in row.cells]
        named = [
            1.0 if normalised(text) in remembered else _best_name(text, target)
            for text in texts
            if text and len(text) <= 80
        ]
        # A single word of the letterhead may be a heading by chance; two in one row are not.
        score = sum(value for value in named if value >= 0.6)
        if score > best_score and (sum(value >= 0.6 for value in named) > 1 or len(texts) == 1):
            best, best_score = index, score
    return _head_by_shape(rows) if best is None else best


def _head_by_shape(rows: Sequence[Row]) -> int | None:
    """The first row of words alone below which numbers stand in the same columns; its words may be anybody's own."""
    for index, row in enumerate(rows[:HEAD_WITHIN_ROWS]):
        filled = [i for i, cell in enumerate(row.cells) if cell is not None]
        if len(filled) < 2 or any(_has_digits(row.cells[i]) for i in filled):
            continue
        below = rows[index + 1 : index + 6]
        numbers = {i for one in below for i, cell in enumerate(one.cells) if _has_digits(cell)}
        if len(numbers & set(filled)) >= 2:
            return index
    return None


def _has_digits(cell: Cell) -> bool:
    return any(character.isdigit() for character in as_text(cell))


def _columns(
    headings: Sequence[str],
    body: Sequence[Row],
    target: Target,
    remembered: Words[str, str | None],
) -> list[ColumnMapping]:
    values: list[list[Cell]] = [
        [row.cells[i] for row in body if i < len(row.cells) and row.cells[i] is not None]
        for i in range(len(headings))
    ]
    columns = [
        ColumnMapping(
            index=i,
            header=heading[:200],
            samples=[as_text(v)[:_SAMPLE_CHARACTERS] for v in values[i][:SAMPLES_SHOWN]],
        )
        for i, heading in enumerate(headings)
    ]
    taken: set[str] = set()
    candidates: list[tuple[float, int, Field]] = []
    for column in columns:
        known = normalised(column.header)
        if known and known in remembered:
            chosen = remembered[known]
            if chosen is None or (chosen in target.by_name and chosen not in taken):
                column.field, column.confidence, column.remembered = chosen, 1.0, True
                if chosen is not None:
                    taken.add(chosen)
                    _hint(column, target.by_name[chosen], values[column.index])
                continue
        if values[column.index] or known:
            for one in target.similar:
                confidence = _confidence(column.header, values[column.index], one, target)
                if confidence >= CONFIDENCE_MIN:
                    candidates.append((confidence, column.index, one))
            candidates += [(sure, column.index, one) for sure, one in target.exactly(column.header)]
    possible = taken | {one.name for _, _, one in candidates}
    candidates = [found for found in candidates if found[2].needs in {None, *possible}]
    for confidence, index, one in sorted(candidates, key=lambda c: (-c[0], c[1])):
        if columns[index].field is None and (one.repeated or one.name not in taken):
            columns[index].field = one.name
            columns[index].confidence = round(confidence, 2)
            taken.add(one.name)
            _hint(columns[index], one, values[index])
    return columns


def _confidence(heading: str, values: Sequence[Cell], one: Field, target: Target) -> float:
    """How sure it is that a column is a field: by its heading, and by whether its values could be it."""
    named = _named(heading, one, target)
    sample = values[:50]
    if not sample:
        return named * 0.8
    hints = Hints(factor=one.factor_in(heading), heading=heading)
    fitting = sum(one.accepts(value, hints) for value in sample) / len(sample)
    if named >= 0.5:
        return named * (0.5 + 0.5 * fitting) if fitting >= 0.3 else named * 0.5
    if one.betrays is not None and sum(map(one.betrays, sample)) / len(sample) >= 0.8:
        return 0.6
    return 0.0


def _named(heading: str, one: Field, target: Target) -> float:
    """How well a heading names a field, from 0 to 1."""
    written = normalised(heading)
    if not written:
        return 0.0
    best = 0.0
    words = significant(written)
    for synonym in target.words[one.name]:
        if written == synonym:
            return 1.0
        wanted = significant(synonym) or tuple(synonym.split())
        if words and words == wanted:
            best = max(best, 0.95)
        elif words and set(wanted) <= set(words):
            best = max(best, 0.9 * (len(wanted) / len(words)) ** 0.5)
        elif len(written) > 4 and abs(len(written) - len(synonym)) <= 3:
            likeness = SequenceMatcher(None, written, synonym).ratio()
            if likeness > 0.84:
                best = max(best, likeness * 0.85)
    return best


def _hint(column: ColumnMapping, one: Field, values: Sequence[Cell]) -> None:
    """Read from the heading and the values by what numbers are multiplied and which sign parts their fractions."""
    column.factor = one.factor_in(column.header)
    texts = [value for value in values if isinstance(value, str)]
    commas = sum("," in text and "." not in text for text in texts)
    fractions = sum(_is_fraction(text) for text in texts)
    if commas and fractions and all(text.count(",") <= 1 for text in texts):
        column.decimal = ","


def _is_fraction(text: str) -> bool:
    """Whether the comma of a number cannot part thousands: `1,5`, `10,25`."""
    _, comma, after = text.partition(",")
    digits = "".join(character for character in after if character.isdigit())
    return bool(comma) and len(digits) != 3
