"""What a table can be imported as: fields that know their words and their values. Nothing here knows products."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from msgspec import Struct

from karavan.kit.imports.faults import CellError, Fault
from karavan.kit.imports.readers.cells import Cell
from karavan.kit.imports.values import NO_HINTS, Hints, Parse
from karavan.kit.imports.words import normalised, significant


class Field(Struct, frozen=True, kw_only=True):
    """One thing that a column can hold.

    Attributes:
        name: stable, in the mapping and in the report.
        synonyms: headings in English, Russian and Kazakh, the most usual first.
        parse: a cell's value, nothing for an empty one; raises `CellError`.
        required: a row without it cannot be new.
        repeated: several columns may hold it; their values are added up to one list.
        betrays: whether values alone tell the field, as barcodes, units and addresses do.
        factors: words of a heading and by what its numbers are multiplied: `{"кг": 1000}` where grams are kept.
        labels: names by language, of fields for which the web app has no words of its own.
        exact: only a heading that says one of the synonyms means it; for fields of which there are hundreds.
        needs: another field without which it means nothing.
    """

    name: str
    synonyms: Sequence[str]
    parse: Parse
    required: bool = False
    repeated: bool = False
    betrays: Callable[[Cell], bool] | None = None
    factors: dict[str, Decimal] = {}
    labels: Mapping[str, str] = {}
    exact: bool = False
    needs: str | None = None

    def factor_in(self, heading: str) -> Decimal | None:
        """By what the numbers of a column with this heading are multiplied; nothing when as they are."""
        if not self.factors:
            return None
        words = normalised(heading).split()
        return next((self.factors[word] for word in words if word in self.factors), None)

    def accepts(self, cell: Cell, hints: Hints = NO_HINTS) -> bool:
        """Whether the value could stand in this field."""
        try:
            return self.parse(cell, hints) is not None
        except CellError:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """All that a row can say about one kind of thing.

    Attributes:
        name: stable: `products`.
        key: the field that says which thing a row is about.
        section: the field that a row of its own, such as “Coffee → Beans”, fills for the rows below it.
        unique_keys: whether one row says all about one thing; otherwise several rows may name it.
    """

    name: str
    fields: Sequence[Field]
    key: str
    section: str | None = None
    unique_keys: bool = True
    by_name: dict[str, Field] = field(init=False, default_factory=dict)
    words: dict[str, list[str]] = field(init=False, default_factory=dict)
    similar: list[Field] = field(init=False, default_factory=list)
    _exact: dict[str, list[Field]] = field(init=False, default_factory=dict)
    _bare: dict[tuple[str, ...], list[Field]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.fields:
            self.by_name[one.name] = one
            if not one.exact:
                self.similar.append(one)
                self.words[one.name] = [normalised(word) for word in (one.name, *one.synonyms)]
                continue
            for word in {normalised(synonym) for synonym in one.synonyms}:
                self._exact.setdefault(word, []).append(one)
                self._bare.setdefault(significant(word), []).append(one)

    def also(self, fields: Sequence[Field]) -> "Target":
        """The same with further fields."""
        return replace(self, fields=[*self.fields, *fields]) if fields else self

    def exactly(self, heading: str) -> list[tuple[float, Field]]:
        """The exact fields that a heading says, as it is or apart from a unit of measure, with how sure that is."""
        written = normalised(heading)
        if not written:
            return []
        if found := self._exact.get(written):
            return [(1.0, one) for one in found]
        return [(0.9, one) for one in self._bare.get(significant(written), ())]


class Record(Struct):
    """A row that was read: its values by field, or what is wrong with it.

    Attributes:
        number: of the row in the sheet.
        errors: for which the row is refused.
        warnings: what a row that is accepted had better be looked at for.
        prepared: what the writer has made of the values before it was asked to write.
    """

    number: int
    values: dict[str, Any]
    errors: list[Fault]
    prepared: Any = None
    warnings: list[Fault] = []

    def refuse(self, name: str, code: str, detail: str, **facts: str) -> None:
        """Refuse the row for the value of a field."""
        self.errors.append(Fault(name, code, detail, facts))

    def warn(self, name: str, code: str, detail: str, **facts: str) -> None:
        """Let the row pass, and have its person look at the value of a field."""
        self.warnings.append(Fault(name, code, detail, facts))
