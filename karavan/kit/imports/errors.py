"""Refusals about table files as a whole. What is wrong with a single row stands in the report instead."""

from enum import StrEnum
from http import HTTPStatus

from karavan.kit.errors import DomainError


class TableRefusal(StrEnum):
    """Why a file is not read as a table."""

    EMPTY = "empty"
    TYPE = "type"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active_content"
    CLIMBS = "climbs"
    BOMB = "bomb"
    ENCODING = "encoding"
    TOO_WIDE = "too_wide"
    TOO_MANY_SHEETS = "too_many_sheets"
    NO_TABLE = "no_table"


_DETAILS = {
    TableRefusal.EMPTY: "The file is empty.",
    TableRefusal.TYPE: "This is no table. Taken are CSV, XLSX, XLS and ODS, judged by content.",
    TableRefusal.DAMAGED: "The file is damaged. Open it in its program, save it again, and upload it once more.",
    TableRefusal.ENCRYPTED: "The file is protected by a password. Save it without one.",
    TableRefusal.ACTIVE_CONTENT: "The file contains macros or entities. Save it as a plain table.",
    TableRefusal.CLIMBS: "The archive names files outside itself. Pack the table and its pictures anew.",
    TableRefusal.BOMB: "The file would unpack to far more than its size.",
    TableRefusal.ENCODING: "The text is in an unknown encoding. Save the file as CSV in UTF-8.",
    TableRefusal.TOO_WIDE: "The table has more than 500 columns, or a cell longer than 100,000 characters.",
    TableRefusal.TOO_MANY_SHEETS: "The file has more than 200 sheets.",
    TableRefusal.NO_TABLE: "No row of the sheet looks like the head of a table.",
}


class TableRefusedError(DomainError):
    """The file cannot be read as a table; `meta.reason` says why."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "import.file_refused"
    title = "This file cannot be imported."

    def __init__(self, reason: TableRefusal) -> None:
        super().__init__(_DETAILS[reason], reason=reason.value)
        self.reason = reason
