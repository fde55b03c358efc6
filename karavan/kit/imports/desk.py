"""What a person does with an import: begin, map, check, start, resume, cancel. Each is one transition of its lifecycle."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct
from pydantic import ValidationError as PydanticError
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import FieldError, NotFoundError, ValidationError, invalid
from karavan.kit.imports.kinds import ImportKind
from karavan.kit.imports.mapping import ColumnMapping, check_mapping
from karavan.kit.imports.mapping import Mapping as TableMapping
from karavan.kit.imports.models import ImportHeading, ImportRowError, ImportRun, ImportState
from karavan.kit.imports.recognition import READ
from karavan.kit.imports.running import RUN
from karavan.kit.imports.schemas import ImportBody, MappingBody
from karavan.kit.imports.words import normalised
from karavan.kit.jobs import enqueue
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.tenancy import caller_is

_SECTION_CHARACTERS = 600


class StoredFile(Struct, frozen=True, kw_only=True):
    """An uploaded file, as the module that keeps files tells of it."""

    media_id: UUID
    name: str
    size_bytes: int
    storage_key: str


def checked_mode(kind: ImportKind, mode: str | None) -> str:
    """The mode, or the usual one.

    Raises:
        ValidationError: there is no such mode.
    """
    if mode is not None and mode not in kind.modes:
        raise invalid("#/mode", "enum", f"One of {', '.join(kind.modes)}.")
    return mode or kind.modes[0]


async def checked_options(
    session: AsyncSession, actor: Actor, kind: ImportKind, options: dict[str, Any]
) -> dict[str, Any]:
    """The options with their defaults.

    Raises:
        ValidationError: one of them is wrong, or names something that is not there.
    """
    try:
        chosen = kind.options.model_validate(options)
    except PydanticError as error:
        raise ValidationError(
            errors=[
                FieldError(
                    pointer="#/options/" + "/".join(map(str, one["loc"])),
                    code=one["type"],
                    detail=one["msg"],
                )
                for one in error.errors()
            ]
        ) from error
    if kind.check_options is not None:
        await kind.check_options(session, actor, chosen)
    return chosen.model_dump(mode="json")


async def begin(
    session: AsyncSession,
    actor: Actor,
    kind: ImportKind,
    body: ImportBody,
    *,
    file: StoredFile,
    archive: StoredFile | None,
) -> ImportRun:
    """Take an uploaded file; a job looks at it and proposes how to read it.

    Raises:
        ValidationError: the mode or an option is wrong.
    """
    run = ImportRun(
        organisation_id=actor.organisation_id,
        kind=kind.name,
        mode=checked_mode(kind, body.mode),
        options=await checked_options(session, actor, kind, body.options),
        media_id=file.media_id,
        storage_key=file.storage_key,
        archive_media_id=archive.media_id if archive else None,
        archive_storage_key=archive.storage_key if archive else None,
        file_name=file.name,
        size_bytes=file.size_bytes,
        mapping={},
        created_by=actor.user_id,
        created_by_name=actor.display_name,
    )
    session.add(run)
    await session.flush()
    record_audit(
        session,
        actor,
        f"{kind.lifecycle.name}.create",
        target_type=kind.lifecycle.name,
        target_id=run.id,
        target_label=run.file_name,
        after={"file": run.file_name, "mode": run.mode},
    )
    await enqueue(session, READ, import_id=str(run.id))
    return run


async def locked_run(
    session: AsyncSession, actor: Actor, kind: ImportKind, import_id: UUID
) -> ImportRun:
    """An import of the actor's organisation, locked.

    Raises:
        NotFoundError: there is none.
    """
    run = await session.scalar(
        select(ImportRun)
        .where(
            ImportRun.id == import_id,
            ImportRun.kind == kind.name,
            ImportRun.organisation_id == actor.organisation_id,
            caller_is(ImportRun.organisation_id),
        )
        .with_for_update()
    )
    if run is None:
        raise NotFoundError
    return run


async def change_mapping(
    session: AsyncSession,
    actor: Actor,
    kind: ImportKind,
    import_id: UUID,
    body: MappingBody,
) -> ImportRun:
    """Say how the file is to be read. What headings mean is remembered for the next file.

    Raises:
        ValidationError: a column, field, sheet, mode or option that does not exist.
    """
    run = await locked_run(session, actor, kind, import_id)
    move = kind.lifecycle.check(run, "map", actor, await database_now(session), body)
    mapping = _mapping_of(run)
    sheet = mapping.sheet if body.sheet is None else body.sheet
    header_row = mapping.header_row if body.header_row is None else body.header_row
    run.mode = checked_mode(kind, body.mode or run.mode)
    if body.options is not None:
        run.options = await checked_options(session, actor, kind, body.options)
        await _remember_sections(session, kind, run)
    run.check_report, run.report, run.position, run.progress, run.failure = {}, {}, 0, 0.0, None
    if (sheet, header_row) != (mapping.sheet, mapping.header_row):
        if body.columns is not None:
            raise invalid("#/columns", "unread", "Choose sheet and head first, then the columns.")
        if sheet >= len(run.sheets):
            raise invalid("#/sheet", "unknown", "The file has no such sheet.")
        await enqueue(session, READ, import_id=str(run.id), sheet=sheet, header_row=body.header_row)
        return kind.lifecycle.apply(session, move, target=ImportState.READING)
    if body.columns is not None:
        mapping.columns = _with_headers(body.columns, mapping.columns)
    if body.sections is not None:
        mapping.sections = body.sections
    if "currency" in body.model_fields_set:
        mapping.currency = body.currency
    check_mapping(mapping, await kind.target_in(session), sheets=len(run.sheets))
    run.mapping = mapping.stored()
    if body.columns is not None:
        await _remember(session, run, mapping)
    return kind.lifecycle.apply(session, move)


def _with_headers(chosen: list[ColumnMapping], read: list[ColumnMapping]) -> list[ColumnMapping]:
    """The columns as a person chose them; what stands in the file is not theirs to say."""
    known = {column.index: column for column in read}
    for column in chosen:
        column.header = known[column.index].header if column.index in known else ""
        column.samples = known[column.index].samples if column.index in known else []
    return chosen


def _mapping_of(run: ImportRun) -> TableMapping:
    """The mapping.

    Raises:
        ValidationError: the file could not be read.
    """
    if not run.mapping:
        raise invalid("#/columns", "unread", "The file has not been read.")
    return TableMapping.model_validate(run.mapping)


async def _remember(session: AsyncSession, run: ImportRun, mapping: TableMapping) -> None:
    headings = {
        known[:200]: column.field
        for column in mapping.columns
        if (known := normalised(column.header))
    }
    await _keep_headings(session, run.organisation_id, run.kind, headings)


async def _remember_sections(session: AsyncSession, kind: ImportKind, run: ImportRun) -> None:
    if kind.chosen_sections is None:
        return
    chosen = {
        normalised(path)[:_SECTION_CHARACTERS]: str(match)
        for path, match in kind.chosen_sections(kind.options_of(run)).items()
    }
    await _keep_headings(session, run.organisation_id, kind.sections_kind, chosen)


async def _keep_headings(
    session: AsyncSession, organisation_id: UUID, kind: str, headings: Mapping[str, str | None]
) -> None:
    if not headings:
        return
    statement = insert(ImportHeading).values(
        [
            {"organisation_id": organisation_id, "kind": kind, "heading": heading, "field": field}
            for heading, field in sorted(headings.items())
        ]
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["organisation_id", "kind", "heading"],
            set_={"field": statement.excluded.field},
        )
    )


async def check(
    session: AsyncSession, actor: Actor, kind: ImportKind, import_id: UUID, body: TransitionBody
) -> ImportRun:
    """Go through the file without changing anything, and report what an import would do."""
    run = await locked_run(session, actor, kind, import_id)
    move = kind.lifecycle.check(run, "check", actor, await database_now(session), body)
    check_mapping(_mapping_of(run), await kind.target_in(session), sheets=len(run.sheets))
    run.progress, run.failure = 0.0, None
    await enqueue(session, RUN, import_id=str(run.id), dry=True)
    return kind.lifecycle.apply(session, move)


async def start(
    session: AsyncSession, actor: Actor, kind: ImportKind, import_id: UUID, body: TransitionBody
) -> ImportRun:
    """Import the file."""
    run = await locked_run(session, actor, kind, import_id)
    now = await database_now(session)
    move = kind.lifecycle.check(run, "start", actor, now, body)
    check_mapping(_mapping_of(run), await kind.target_in(session), sheets=len(run.sheets))
    run.report, run.position, run.progress, run.failure = {}, 0, 0.0, None
    run.started_at, run.started_by = now, actor.user_id
    await session.execute(
        delete(ImportRowError).where(
            ImportRowError.import_id == run.id,
            ImportRowError.checked.is_(False),
            caller_is(ImportRowError.organisation_id),
        )
    )
    await enqueue(session, RUN, import_id=str(run.id), dry=False)
    return kind.lifecycle.apply(session, move)


async def resume(
    session: AsyncSession, actor: Actor, kind: ImportKind, import_id: UUID, body: TransitionBody
) -> ImportRun:
    """Go on behind the last row that was dealt with."""
    run = await locked_run(session, actor, kind, import_id)
    now = await database_now(session)
    move = kind.lifecycle.check(run, "resume", actor, now, body)
    check_mapping(_mapping_of(run), await kind.target_in(session), sheets=len(run.sheets))
    run.failure, run.started_by = None, actor.user_id
    run.started_at = run.started_at or now
    await enqueue(session, RUN, import_id=str(run.id), dry=False)
    return kind.lifecycle.apply(session, move)


async def cancel(
    session: AsyncSession, actor: Actor, kind: ImportKind, import_id: UUID, body: TransitionBody
) -> ImportRun:
    """Stop. Rows that were imported stay imported."""
    run = await locked_run(session, actor, kind, import_id)
    move = kind.lifecycle.check(run, "cancel", actor, await database_now(session), body)
    run.runner = None
    return kind.lifecycle.apply(session, move)
