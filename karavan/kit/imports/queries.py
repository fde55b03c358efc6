"""Reading imports."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.imports.kinds import ImportKind
from karavan.kit.imports.mapping import Mapping
from karavan.kit.imports.models import ImportRowError, ImportRun
from karavan.kit.imports.schemas import (
    CellErrorView,
    ImportSummary,
    ImportView,
    RowErrorView,
)
from karavan.kit.locks import find_row
from karavan.kit.pagination import CursorParameters, Feed, Page, PageParameters, count_rows
from karavan.kit.tenancy import caller_is


async def get_run(
    session: AsyncSession, actor: Actor, kind: ImportKind, import_id: UUID
) -> ImportRun:
    """An import of the actor's organisation.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(
        session,
        select(ImportRun).where(
            ImportRun.id == import_id,
            ImportRun.kind == kind.name,
            ImportRun.organisation_id == actor.organisation_id,
            caller_is(ImportRun.organisation_id),
        ),
    )


async def view_of(
    session: AsyncSession, actor: Actor, kind: ImportKind, run: ImportRun
) -> ImportView:
    """The import with what the actor may do now."""
    actions = kind.lifecycle.actions(run, actor, await database_now(session))
    values = {name: getattr(run, name) for name in ImportView.model_fields if hasattr(run, name)}
    values["mapping"] = run.mapping or None
    return ImportView.model_validate({**values, "actions": actions})


async def list_runs(
    session: AsyncSession, actor: Actor, kind: ImportKind, paging: PageParameters
) -> Page[ImportSummary]:
    """Imports of the organisation, newest first."""
    statement = select(ImportRun).where(
        ImportRun.kind == kind.name,
        ImportRun.organisation_id == actor.organisation_id,
        caller_is(ImportRun.organisation_id),
    )
    total = await count_rows(session, statement)
    rows = await session.scalars(
        statement.order_by(ImportRun.id.desc()).offset(paging.offset).limit(paging.size)
    )
    return paging.answer([ImportSummary.model_validate(row) for row in rows], total)


async def row_errors(
    session: AsyncSession,
    kind: ImportKind,
    run: ImportRun,
    cursor: CursorParameters,
    *,
    checked: bool,
    locale: str,
) -> Feed[RowErrorView]:
    """What is wrong with rows, in their order and in the reader's language."""
    after = cursor.position() or 0
    rows = list(
        await session.scalars(
            select(ImportRowError)
            .where(
                ImportRowError.import_id == run.id,
                ImportRowError.checked.is_(checked),
                ImportRowError.row_number > after,
                caller_is(ImportRowError.organisation_id),
            )
            .order_by(ImportRowError.row_number)
            .limit(cursor.size + 1)
        )
    )
    columns = {
        column.field: column.index
        for column in (Mapping.model_validate(run.mapping).columns if run.mapping else ())
        if column.field is not None
    }
    shown = rows[: cursor.size]
    return Feed(
        items=[
            RowErrorView(
                row=row.row_number,
                refused=not all(error.get("warning") for error in row.errors),
                errors=[
                    CellErrorView(
                        field=error["field"],
                        column=columns.get(error["field"]),
                        code=error["code"],
                        detail=kind.remarks.said(error, locale),
                        warning=error.get("warning", False),
                    )
                    for error in row.errors
                ],
            )
            for row in shown
        ],
        next=cursor.encode(shown[-1].row_number) if len(rows) > cursor.size else None,
    )
