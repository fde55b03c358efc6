"""The job that looks at an uploaded file and proposes how to read it."""

import asyncio
from collections.abc import Mapping as Words
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.imports.endings import fail, tell
from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.files import on_disk
from karavan.kit.imports.kinds import kind_named
from karavan.kit.imports.models import ImportHeading, ImportRun, ImportState
from karavan.kit.imports.readers import Sheet, as_text, open_table
from karavan.kit.imports.recognising import Recognised, recognise
from karavan.kit.imports.target import Target
from karavan.kit.jobs import JobContext, job
from karavan.kit.scopes import SYSTEM
from karavan.kit.storage import STORAGE, FileMissingError
from karavan.kit.tenancy import caller_is

READ = "imports.read"
PREVIEW_ROWS = 30
PREVIEW_COLUMNS = 60
PREVIEW_CHARACTERS = 120


@job(READ, retries=5)
async def read_import(
    context: JobContext,
    *,
    import_id: str,
    sheet: int | None = None,
    header_row: int | None = None,
) -> None:
    """Recognise a file, or another sheet or head of it that a person has chosen."""
    async with context.database.transaction(SYSTEM) as session:
        run = await session.get(ImportRun, UUID(import_id))
        if run is None or run.state != ImportState.READING:
            return
        remembered = await remembered_headings(session, run.organisation_id, run.kind)
        kind = kind_named(run.kind)
        target = await kind.target_in(session)
    try:
        async with on_disk(context.services[STORAGE], run.storage_key) as path:
            file_kind, sheets, found = await asyncio.to_thread(
                _look, path, target, remembered, sheet, header_row
            )
    except TableRefusedError as error:
        await fail(context.database, run, error.reason.value)
        return
    except FileMissingError:
        await fail(context.database, run, "missing")
        return
    async with context.database.transaction(SYSTEM) as session:
        locked = await session.get(ImportRun, run.id, with_for_update=True)
        if locked is None or locked.state != ImportState.READING:
            return
        move = kind.lifecycle.check(locked, "recognise", None, await database_now(session))
        locked.file_kind = file_kind
        locked.sheets = [{"name": one.name[:200], "hidden": one.hidden} for one in sheets]
        locked.preview = preview_of(found)
        locked.mapping = found.mapping.stored()
        kind.lifecycle.apply(session, move)
    await tell(context.database, run)


def _look(
    path: Path,
    target: Target,
    remembered: Words[str, str | None],
    sheet: int | None,
    header_row: int | None,
) -> tuple[str, list[Sheet], Recognised]:
    table = open_table(path)
    try:
        if sheet is not None and sheet >= len(table.sheets):
            raise TableRefusedError(TableRefusal.NO_TABLE)
        found = recognise(table, target, remembered, sheet=sheet, header_row=header_row)
        return table.kind, table.sheets, found
    finally:
        table.close()


async def remembered_headings(
    session: AsyncSession, organisation_id: UUID, kind: str
) -> dict[str, str | None]:
    """What the organisation means by headings, as it has chosen before."""
    rows = await session.execute(
        select(ImportHeading.heading, ImportHeading.field).where(
            ImportHeading.organisation_id == organisation_id,
            ImportHeading.kind == kind,
            caller_is(ImportHeading.organisation_id),
        )
    )
    return {key: value for key, value in rows}  # noqa: C416  # a row is no pair to the type checker


def preview_of(found: Recognised) -> list[dict[str, Any]]:
    """The first rows as text."""
    return [
        {
            "number": row.number,
            "cells": [
                as_text(cell).replace("\0", "")[:PREVIEW_CHARACTERS]
                for cell in row.cells[:PREVIEW_COLUMNS]
            ],
        }
        for row in found.rows[:PREVIEW_ROWS]
    ]
