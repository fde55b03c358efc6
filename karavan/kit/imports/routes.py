"""The routes of one kind of import: made from its declaration, so that every kind is used alike."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, requires
from karavan.kit.imports import desk, queries
from karavan.kit.imports.desk import StoredFile
from karavan.kit.imports.errors_file import errors_file
from karavan.kit.imports.kinds import ImportKind
from karavan.kit.imports.models import ImportRun
from karavan.kit.imports.schemas import (
    FieldView,
    ImportBody,
    ImportSummary,
    ImportView,
    MappingBody,
    RowErrorView,
    TargetView,
)
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Cursor, Feed, Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.scopes import Scope
from karavan.kit.storage import STORAGE
from karavan.kit.unit_of_work import Tx, database_of
from karavan.kit.versions import versioned

FindFile = Callable[[AsyncSession, Actor, UUID, str], Awaitable[StoredFile]]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The rows that were refused or warned of, with a column of remarks.",
        "content": {
            "text/csv": {"schema": {"type": "string", "format": "binary"}},
            _XLSX: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


def import_router(kind: ImportKind, prefix: str, tag: str, find_file: FindFile) -> APIRouter:
    """All routes of a kind of import.

    Args:
        prefix: such as `/products/import`.
        find_file: attaches an uploaded file by its id; raises `ValidationError` naming the given pointer.
    """
    router = make_router(prefix, tag)
    writer = Annotated[Actor, requires(kind.permission)]
    reader = Annotated[Actor, requires(kind.read_permission)]
    _add_resource_routes(router, kind, find_file, reader, writer)
    _add_error_routes(router, kind, reader)

    def command(action: Callable[..., Awaitable[ImportRun]], body: Any = TransitionBody) -> Command:
        async def run(
            session: AsyncSession, actor: Actor, import_id: UUID, given: Any
        ) -> ImportRun:
            return await action(session, actor, kind, import_id, given)

        run.__doc__ = action.__doc__
        return Command(run, body)

    async def view(session: AsyncSession, actor: Actor, run: ImportRun) -> ImportView:
        return await queries.view_of(session, actor, kind, run)

    add_transition_routes(
        router,
        kind.lifecycle,
        {
            "map": command(desk.change_mapping, MappingBody),
            "check": command(desk.check),
            "start": command(desk.start),
            "resume": command(desk.resume),
            "cancel": command(desk.cancel),
        },
        view=view,
        response_model=ImportView,
    )
    return router


def _add_resource_routes(
    router: APIRouter, kind: ImportKind, find_file: FindFile, reader: Any, writer: Any
) -> None:
    noun = kind.lifecycle.name

    async def begin(session: Tx, actor: Any, body: ImportBody) -> ImportView:
        """Take an uploaded file. It is read at once; follow it until its state is `draft`."""
        file = await find_file(session, actor, body.media_id, "#/media_id")
        archive = (
            await find_file(session, actor, body.archive_media_id, "#/archive_media_id")
            if body.archive_media_id
            else None
        )
        run = await desk.begin(session, actor, kind, body, file=file, archive=archive)
        return await queries.view_of(session, actor, kind, run)

    async def list_all(session: Tx, actor: Any, paging: Paging) -> Page[ImportSummary]:
        """Imports of the organisation, newest first."""
        return await queries.list_runs(session, actor, kind, paging)

    async def fields(session: Tx, actor: Any) -> TargetView:
        """What a column can be, and what an import may do."""
        target = await kind.target_in(session)
        return TargetView(
            fields=[
                FieldView(
                    name=one.name,
                    required=one.required,
                    repeated=one.repeated,
                    key=one.name == target.key,
                    label=one.labels.get(actor.locale) or next(iter(one.labels.values()), None),
                )
                for one in target.fields
            ],
            modes=list(kind.modes),
        )

    async def read(session: Tx, actor: Any, import_id: UUID) -> ImportView:
        """An import, with how far it has come."""
        run = await queries.get_run(session, actor, kind, import_id)
        return await queries.view_of(session, actor, kind, run)

    async def put_mapping(session: Tx, actor: Any, import_id: UUID, body: Any) -> ImportView:
        """Say how the file is to be read; the same as `map`."""
        run = await desk.change_mapping(session, actor, kind, import_id, body)
        await session.flush()
        return await queries.view_of(session, actor, kind, run)

    guards: list[tuple[Callable[..., Any], Any]] = [
        (begin, writer),
        (put_mapping, writer),
        (list_all, reader),
        (fields, reader),
        (read, reader),
    ]
    for endpoint, guard in guards:
        endpoint.__annotations__["actor"] = guard
    put_mapping.__annotations__["body"] = Annotated[MappingBody, versioned(MappingBody)]
    router.add_api_route("", begin, methods=["POST"], status_code=201, name=f"{noun}_begin")
    router.add_api_route("", list_all, methods=["GET"], name=f"{noun}_list")
    router.add_api_route("/fields", fields, methods=["GET"], name=f"{noun}_fields")
    router.add_api_route("/{import_id}", read, methods=["GET"], name=f"{noun}_read")
    router.add_api_route(
        "/{import_id}/mapping", put_mapping, methods=["PUT"], name=f"{noun}_put_mapping"
    )


def _add_error_routes(router: APIRouter, kind: ImportKind, reader: Any) -> None:
    noun = kind.lifecycle.name

    async def list_errors(
        session: Tx,
        actor: Any,
        import_id: UUID,
        cursor: Cursor,
        *,
        checked: Annotated[bool, Query(description="Of the check, not of the import.")] = False,
    ) -> Feed[RowErrorView]:
        """What is wrong with rows, in their order; those with warnings alone are accepted all the same."""
        run = await queries.get_run(session, actor, kind, import_id)
        return await queries.row_errors(
            session, kind, run, cursor, checked=checked, locale=actor.locale
        )

    async def download(
        request: Request,
        session: Tx,
        actor: Any,
        import_id: UUID,
        *,
        checked: Annotated[bool, Query(description="Of the check, not of the import.")] = False,
    ) -> StreamingResponse:
        """Rows with something wrong as the same table with a column that says what: mend it and import it again."""
        run = await queries.get_run(session, actor, kind, import_id)
        is_csv = run.file_kind == "csv"
        content = errors_file(
            database_of(request),
            request.app.state.services[STORAGE],
            Scope(actor.organisation_id, actor.user_id),
            kind,
            run,
            checked=checked,
            locale=actor.locale,
        )
        ending = "csv" if is_csv else "xlsx"
        name = f"errors-{run.id}.{ending}"
        # Called like the file that came, for who mends several: RFC 8187 carries letters of any language.
        stem = run.file_name.rpartition(".")[0] or "rows"
        called = f"UTF-8''{quote(f'{stem} - errors.{ending}', safe='')}"
        return StreamingResponse(
            content,
            media_type="text/csv; charset=utf-8" if is_csv else _XLSX,
            headers={"content-disposition": f'attachment; filename="{name}"; filename*={called}'},
        )

    for endpoint in (list_errors, download):
        endpoint.__annotations__["actor"] = reader
    router.add_api_route(
        "/{import_id}/errors", list_errors, methods=["GET"], name=f"{noun}_list_errors"
    )
    router.add_api_route(
        "/{import_id}/errors/file",
        download,
        methods=["GET"],
        name=f"{noun}_download_errors",
        response_class=StreamingResponse,
        responses=_FILE,
    )
