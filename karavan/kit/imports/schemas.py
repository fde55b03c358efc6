"""Bodies and answers of the import routes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from karavan.kit.imports.mapping import ColumnMapping, Mapping
from karavan.kit.imports.models import ImportState
from karavan.kit.lifecycle import Action, TransitionBody
from karavan.kit.schemas import View
from karavan.kit.versions import VersionedBody


class ImportBody(VersionedBody):
    """A file to import. It was uploaded with the purpose `import`."""

    media_id: UUID
    archive_media_id: UUID | None = Field(
        None, description="A ZIP of pictures beside the table, named as its cells say or by key."
    )
    mode: str | None = Field(None, max_length=40, description="Nothing for the kind's usual one.")
    options: dict[str, Any] = Field(default_factory=dict, max_length=30)


class MappingBody(TransitionBody):
    """How the file is to be read. Another sheet or head is read and recognised anew."""

    sheet: int | None = Field(None, ge=0, lt=200)
    header_row: int | None = Field(None, ge=0, le=2**31)
    columns: list[ColumnMapping] | None = Field(None, max_length=500)
    sections: bool | None = None
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    mode: str | None = Field(None, max_length=40)
    options: dict[str, Any] | None = Field(None, max_length=30)


class SectionView(View):
    """What rows say they belong to, and what that was taken for."""

    path: str = Field(description="As the file writes it; empty for rows that say nothing.")
    rows: int
    match: UUID | None = Field(description="Of products a category; nothing when none was found.")


class ImportCounts(View):
    """How many rows came to what."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    ignored: int = Field(0, description="Totals and repeated heads.")
    warned: int = Field(0, description="Accepted rows that had better be looked at.")
    sections: list[SectionView] = Field(
        default_factory=list, description="Found by the check, the most frequent first."
    )
    unused: list[str] = Field(
        default_factory=list,
        description="Found by the check: files of the archive that no accepted row means, the first ones.",
    )


class SheetView(View):
    """A sheet of the file."""

    name: str
    hidden: bool


class PreviewRow(View):
    """One of the first rows, as text."""

    number: int
    cells: list[str]


class CellErrorView(View):
    """What is wrong with one value."""

    field: str
    column: int | None = Field(description="Index of the column that is this field.")
    code: str
    detail: str = Field(description="In the reader's language.")
    warning: bool = Field(description="Whether the row is accepted all the same.")


class RowErrorView(View):
    """What is wrong with one row."""

    row: int
    refused: bool = Field(description="Otherwise the row is accepted, with warnings.")
    errors: list[CellErrorView]


class ImportView(View):
    """An import and how far it has come."""

    id: UUID
    kind: str
    state: ImportState
    mode: str
    media_id: UUID
    archive_media_id: UUID | None
    file_name: str
    file_kind: str
    size_bytes: int
    sheets: list[SheetView]
    preview: list[PreviewRow]
    mapping: Mapping | None = Field(description="Nothing before the file was read.")
    options: dict[str, Any]
    check_report: ImportCounts
    report: ImportCounts
    progress: float = Field(description="From 0 to 1, of the check or of the import.")
    failure: str | None = Field(description="A code, such as `damaged` or `internal`.")
    created_by_name: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    version: int
    actions: list[Action]


class ImportSummary(View):
    """An import in the list."""

    id: UUID
    state: ImportState
    mode: str
    file_name: str
    report: ImportCounts
    progress: float
    created_by_name: str
    created_at: datetime
    finished_at: datetime | None


class FieldView(View):
    """A field that a column can be."""

    name: str
    required: bool
    repeated: bool
    key: bool
    label: str | None = Field(None, description="Of a field that a category asks for.")


class TargetView(View):
    """What a table can be imported as."""

    fields: list[FieldView]
    modes: list[str]
