"""How a file is to be read: which sheet, which row is the head, and what each column means."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.imports.readers.cells import COLUMNS_MAX
from karavan.kit.imports.target import Target
from karavan.kit.imports.values import Hints
from karavan.kit.schemas import Body

_Short = Annotated[str, StringConstraints(max_length=200)]


class ColumnMapping(Body):
    """What one column of the file is."""

    index: int = Field(ge=0, lt=COLUMNS_MAX, description="From 0, as the first column.")
    header: _Short = ""
    field: _Short | None = Field(None, description="Nothing for a column that is left out.")
    confidence: float = Field(
        0,
        ge=0,
        le=1,
        description="How sure the recognition is; 1 when a person or the past says so.",
    )
    remembered: bool = Field(False, description="Whether it was chosen in an earlier import.")
    decimal: Literal[",", "."] | None = Field(
        None, description="The sign before the fraction; nothing to decide by each value."
    )
    factor: Annotated[Decimal, Field(gt=0, le=10**9)] | None = Field(
        None, description="By which the column's numbers are multiplied."
    )
    samples: list[_Short] = Field(default_factory=list, max_length=5)

    @property
    def hints(self) -> Hints:
        """What the parser is told."""
        return Hints(self.decimal, self.factor, self.header)


class Mapping(Body):
    """How a file is to be read."""

    sheet: int = Field(0, ge=0, lt=200)
    header_row: int = Field(
        0, ge=0, le=2**31, description="Number of the head's row; 0 when there is none."
    )
    columns: list[ColumnMapping] = Field(max_length=COLUMNS_MAX)
    sections: bool = Field(
        True, description="Whether rows with a single text are headings of the rows below."
    )
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = Field(
        None, description="Of prices that name none."
    )

    def stored(self) -> dict[str, Any]:
        """As it stands in the database."""
        return self.model_dump(mode="json")


def check_mapping(mapping: Mapping, target: Target, *, sheets: int) -> None:
    """Refuse what cannot be read.

    Raises:
        ValidationError: a column or field that does not exist, stands twice, or is missing.
    """
    errors: list[FieldError] = []
    if mapping.sheet >= sheets:
        errors.append(_wrong("#/sheet", "unknown", "The file has no such sheet."))
    fields: set[str] = set()
    indexes: set[int] = set()
    for position, column in enumerate(mapping.columns):
        pointer = f"#/columns/{position}"
        if column.index in indexes:
            errors.append(_wrong(f"{pointer}/index", "duplicate", "This column stands twice."))
        indexes.add(column.index)
        if column.field is None:
            continue
        known = target.by_name.get(column.field)
        if known is None:
            errors.append(_wrong(f"{pointer}/field", "unknown", "There is no such field."))
        elif column.field in fields and not known.repeated:
            errors.append(
                _wrong(f"{pointer}/field", "duplicate", "Another column is this field already.")
            )
        fields.add(column.field)
    if target.key not in fields:
        errors.append(
            _wrong("#/columns", "key_missing", f"One column must be the field `{target.key}`.")
        )
    if errors:
        raise ValidationError(errors=errors)


def _wrong(pointer: str, code: str, detail: str) -> FieldError:
    return FieldError(pointer=pointer, code=code, detail=detail)
