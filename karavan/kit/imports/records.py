"""From rows to records: headings of sections, totals and repeated heads are understood, everything else is a record."""

import re
from collections.abc import Iterator
from typing import Any

from karavan.kit.imports.faults import CellError, Fault
from karavan.kit.imports.mapping import Mapping
from karavan.kit.imports.readers import Cell, Row, Table, as_text
from karavan.kit.imports.target import Field, Record, Target
from karavan.kit.imports.values import Hints
from karavan.kit.imports.words import TOTAL_STARTS, is_total, normalised

_ARROWS = re.compile(r"\s*(?:→|⟶|->|=>|»|>|::|\\|/|\|)\s*")
_NUMBERING = re.compile(r"^\s*(?:[IVX]+|\d+(?:\.\d+)*)[.)]\s+")
SECTION_LEVELS_MAX = 12
KNOWN_MAX = 2000
_UNKNOWN = object()


class Sections:
    """The headings above the present row.

    A heading with arrows says the whole way. Plain ones that follow one another go deeper; a group of them
    after goods replaces as many of the deepest ones.
    """

    def __init__(self) -> None:
        self.path: list[str] = []
        self.rows: list[Row] = []
        self._group: list[tuple[Row, str]] = []
        self._plain_rows: list[Row] = []

    def add(self, row: Row, heading: str) -> None:
        """A heading."""
        self._group.append((row, heading))

    def settle(self) -> None:
        """Goods begin: what was gathered holds for them."""
        if not self._group:
            return
        rows = [row for row, _ in self._group]
        whole = [parts_of(heading) for _, heading in self._group]
        if len(whole[-1]) > 1:
            self.path, self.rows = whole[-1], rows[-1:]
        else:
            added = [parts[-1] for parts in whole]
            kept = max(len(self.path) - len(added), 0)
            self.path = [*self.path[:kept], *added][:SECTION_LEVELS_MAX]
            self.rows = [*self.rows[:kept], *rows][:SECTION_LEVELS_MAX]
        self._group = []


def parts_of(heading: str) -> list[str]:
    """The steps of a category's path as it is written: `Coffee → Beans`, `Coffee / Beans`, `1. Coffee`."""
    parts = (part.strip() for part in _ARROWS.split(_NUMBERING.sub("", heading)))
    return [part[:200] for part in parts if part][:SECTION_LEVELS_MAX]


class _Column:
    """A column of the table that is a field.

    Most columns say the same few things over and over: what a value meant is remembered in `known`, up to a point.
    """

    def __init__(self, index: int, field: Field, hints: Hints) -> None:
        self.index = index
        self.field = field
        self.known: dict[Cell, Any] = {}
        self._hints = hints

    def value_of(self, cell: Cell) -> Any:
        """What a cell means; an error as a value."""
        value: Any
        try:
            value = self.field.parse(cell, self._hints)
        except CellError as error:
            value = error
        # `True` is the same key as 1.
        if len(self.known) < KNOWN_MAX and not isinstance(cell, bool):
            self.known[cell] = value
        return value


class Reader:
    """Reads the records of a table by a mapping, one after another.

    Attributes:
        ignored: rows that were neither records nor headings: totals and repeated heads.
        fraction: how much of the sheet lies behind, from 0 to 1.
    """

    def __init__(self, table: Table, target: Target, mapping: Mapping) -> None:
        self._table = table
        self._target = target
        self._mapping = mapping
        self._columns = [
            _Column(column.index, target.by_name[column.field], column.hints)
            for column in mapping.columns
            if column.field is not None and column.field in target.by_name
        ]
        self._key_columns = [one.index for one in self._columns if one.field.name == target.key]
        self._plan = [
            (one.index, one.field.name, one.field.repeated, one.known, one) for one in self._columns
        ]
        self._head = [
            normalised(column.header) for column in mapping.columns if column.header.strip()
        ]
        self._first_header = next(
            (column.header.strip() for column in mapping.columns if column.header.strip()), ""
        )
        self._noisy_starts = TOTAL_STARTS | {head[:2] for head in self._head[:1]}
        section = target.by_name.get(target.section or "")
        self._section = section.name if section and mapping.sections else None
        self._mapped = {one.index for one in self._columns}
        self.sections = Sections()
        self.ignored = 0
        self.fraction = 0.0

    def records(self, after: int = 0) -> Iterator[tuple[Row, Record]]:
        """Each row with its record.

        Args:
            after: number of the last row that is not wanted any more; headings above it count all the same.
        """
        for row in self._table.rows(self._mapping.sheet):
            if row.number <= self._mapping.header_row:
                continue
            self.fraction = row.fraction
            heading = self._heading(row)
            if heading is not None:
                if is_total(heading):
                    self.ignored += 1
                else:
                    self.sections.add(row, heading)
                continue
            self.sections.settle()
            if row.number <= after:
                continue
            if self._is_noise(row):
                self.ignored += 1
                continue
            yield row, self._record(row)

    def _heading(self, row: Row) -> str | None:
        """The single text of a row that has nothing else, and no key where other columns would be expected."""
        if self._section is None or len(self._columns) < 2:
            return None
        if len(row.cells) > 1 and row.cells[0] and row.cells[1] and row.cells[0] != row.cells[1]:
            # By far the most rows: two different values side by side.
            return None
        found: Cell = None
        place = -1
        for index, cell in enumerate(row.cells):
            if cell is None or (isinstance(cell, str) and not cell.strip()):
                continue
            if found is not None and cell != found:
                return None
            if found is None:
                found, place = cell, index
        if not isinstance(found, str) or not any(c.isalpha() for c in found):
            return None
        return None if self._is_lone_key(place, found) else " ".join(found.split())

    def _is_lone_key(self, place: int, written: str) -> bool:
        """A lone article number is a record that lacks everything else, and has to be told so."""
        return place in self._key_columns and " " not in written.strip() and _like_a_code(written)

    def _is_noise(self, row: Row) -> bool:
        cells = row.cells
        if self._begins_plainly(cells):
            return False
        first = next((cell for cell in cells if cell is not None), None)
        keyless = all(
            i >= len(cells) or cells[i] is None or cells[i] == first for i in self._key_columns
        )
        if not keyless and not (self._head and as_text(first).strip() == self._first_header):
            return False
        if isinstance(first, str):
            if keyless and is_total(first):
                return True
            if self._head and normalised(first) == self._head[0]:
                return [
                    normalised(as_text(cell)) for cell in cells if cell is not None
                ] == self._head
        return all(
            index not in self._mapped
            or cell is None
            or (isinstance(cell, str) and not cell.strip())
            for index, cell in enumerate(cells)
        )

    def _begins_plainly(self, cells: list[Cell]) -> bool:
        """By far the most rows: there is a key, and what stands first begins like no total and no head."""
        first = cells[0]
        if isinstance(first, str):
            start = first[:2].lower().replace("ё", "е")
            if len(start) < 2 or not start.isalnum() or start in self._noisy_starts:
                return False
        elif first is None:
            return False
        for index in self._key_columns:
            key = cells[index] if index < len(cells) else None
            if key is None or (isinstance(key, str) and not key.strip()):
                return False
        return bool(self._key_columns)

    def _record(self, row: Row) -> Record:
        values: dict[str, Any] = {}
        errors: list[Fault] = []
        cells = row.cells
        width = len(cells)
        for index, name, repeated, known, column in self._plan:
            cell = cells[index] if index < width else None
            if cell is None:
                continue
            value = known.get(cell, _UNKNOWN)
            if value is _UNKNOWN or cell is True or cell is False:
                value = column.value_of(cell)
            if value is None:
                continue
            if type(value) is CellError:
                errors.append(Fault(name, value.code, value.detail, value.facts))
            elif repeated and name in values:
                values[name] = [*values[name], *value]
            else:
                values[name] = value
        if self._section is not None and self.sections.path and self._section not in values:
            values[self._section] = tuple(self.sections.path)
        if self._target.key not in values and not any(e.field == self._target.key for e in errors):
            errors.append(Fault(self._target.key, "required", "This is needed in every row."))
        return Record(row.number, values, errors)


def _like_a_code(text: str) -> bool:
    """Whether a text is an article number rather than a heading."""
    return any(c.isdigit() for c in text)
