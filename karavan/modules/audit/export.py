"""The trail as a file, read in pages so that neither memory nor a transaction grows with it."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from enum import StrEnum
from uuid import UUID

from karavan.kit.db import Database
from karavan.kit.scopes import Scope
from karavan.kit.tabular import BYTE_ORDER_MARK, csv_text
from karavan.modules.audit.queries import AuditFilters, read_entries
from karavan.modules.audit.schemas import AuditEntryView

_PAGE = 1000

COLUMNS = (
    "sequence occurred_at action actor actor_id target_type target target_id before after reason ip "
    "request_id position hash"
).split()


class ExportFormat(StrEnum):
    """Kinds of files."""

    CSV = "csv"
    JSON_LINES = "jsonl"


MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSON_LINES: "application/jsonl",
}


async def export_entries(
    database: Database, scope: Scope, filters: AuditFilters, file_format: ExportFormat
) -> AsyncIterator[bytes]:
    """The bytes of the file, newest entries first; each page in a short transaction of its own."""
    assert scope.organisation_id is not None
    write = _WRITERS[file_format]
    if file_format is ExportFormat.CSV:
        yield (BYTE_ORDER_MARK + csv_text([COLUMNS])).encode()
    async for page in _pages(database, scope, scope.organisation_id, filters):
        yield write(page).encode()


async def _pages(
    database: Database, scope: Scope, organisation_id: UUID, filters: AuditFilters
) -> AsyncIterator[list[AuditEntryView]]:
    last: int | None = None
    while True:
        async with database.transaction(scope) as session:
            page = await read_entries(
                session, organisation_id, filters, before_sequence=last, limit=_PAGE
            )
        if page:
            yield page
            last = page[-1].sequence
        if len(page) < _PAGE:
            return


def _csv_lines(entries: Sequence[AuditEntryView]) -> str:
    return csv_text(
        [
            entry.sequence,
            entry.occurred_at,
            entry.action,
            entry.actor.name,
            entry.actor.id,
            entry.target.type,
            entry.target.label,
            entry.target.id,
            json.dumps(entry.before, ensure_ascii=False),
            json.dumps(entry.after, ensure_ascii=False),
            entry.reason,
            entry.ip,
            entry.request_id,
            entry.position,
            entry.hash,
        ]
        for entry in entries
    )


def _json_lines(entries: Sequence[AuditEntryView]) -> str:
    return "".join(entry.model_dump_json() + "\n" for entry in entries)


_WRITERS: dict[ExportFormat, Callable[[Sequence[AuditEntryView]], str]] = {
    ExportFormat.CSV: _csv_lines,
    ExportFormat.JSON_LINES: _json_lines,
}
