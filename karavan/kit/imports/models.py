"""Imports: a file, how it is to be read, how far it has come, and what was wrong with its rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned


class ImportState(StrEnum):
    """How far an import has come."""

    READING = "reading"
    DRAFT = "draft"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ImportRun(Base, Identified, Timestamped, Versioned):
    """One file on its way in.

    `position` is the number of the last row that was dealt with, written in the same transaction as what the row did.
    `runner` names the attempt that works on it: another one that starts takes it over, and the first one stops.
    """

    __tablename__ = "kit_imports"

    organisation_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=ImportState.READING)
    mode: Mapped[str]
    media_id: Mapped[UUID]
    storage_key: Mapped[str]
    archive_media_id: Mapped[UUID | None]
    archive_storage_key: Mapped[str | None]
    file_name: Mapped[str]
    file_kind: Mapped[str] = mapped_column(server_default="")
    size_bytes: Mapped[int]
    sheets: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    # The first rows as text: [{"number": 1, "cells": […]}, …].
    preview: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    mapping: Mapped[dict[str, Any]]
    options: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    # Counts of what would happen, and of what has: {"rows", "created", "updated", "unchanged", "refused", "ignored"}.
    check_report: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    report: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    position: Mapped[int] = mapped_column(server_default=text("0"))
    progress: Mapped[float] = mapped_column(server_default=text("0"))
    runner: Mapped[UUID | None]
    # A code, such as `damaged` or `internal`.
    failure: Mapped[str | None]
    created_by: Mapped[UUID]
    created_by_name: Mapped[str] = mapped_column(server_default="")
    started_by: Mapped[UUID | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_kit_imports_organisation_id", "organisation_id", "kind", "id"),)


class ImportRowError(Base):
    """What is wrong with one row, found by the check or by the import itself."""

    __tablename__ = "kit_import_row_errors"

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("kit_imports.id", ondelete="CASCADE"), primary_key=True
    )
    checked: Mapped[bool] = mapped_column(primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    errors: Mapped[list[dict[str, Any]]]


class ImportHeading(Base):
    """What an organisation means by a heading: chosen once, offered again. Without a field it is left out."""

    __tablename__ = "kit_import_headings"

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    heading: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str | None]
    chosen_at: Mapped[datetime] = mapped_column(server_default=func.now())
