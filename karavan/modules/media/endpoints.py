"""Routes of files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.datastructures import FormData, UploadFile

from karavan.kit.authz import Actor, Permission, current_actor, requires
from karavan.kit.errors import BadRequestError, UnauthenticatedError, invalid
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as module_router
from karavan.kit.scopes import Scope
from karavan.kit.storage import STORAGE
from karavan.kit.unit_of_work import Tx, database_of
from karavan.modules.media import queries
from karavan.modules.media.actions import delete as deleting
from karavan.modules.media.actions import upload as uploading
from karavan.modules.media.links import check_link
from karavan.modules.media.models import ORIGINAL, MediaFile, Purpose
from karavan.modules.media.names import content_disposition, variant_type
from karavan.modules.media.permissions import MEDIA_READ, MEDIA_WRITE
from karavan.modules.media.ranges import parse_range
from karavan.modules.media.schemas import MediaFileView, view_of

router = module_router("/media", "media")

Reader = Annotated[Actor, requires(MEDIA_READ)]
Writer = Annotated[Actor, requires(MEDIA_WRITE)]

_FIELDS_MAX = 4
_CONTENT_POLICY = "default-src 'none'; sandbox"
_UPLOADABLE = frozenset(Purpose) - {Purpose.GENERATED}

_UPLOAD_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "purpose": {
                            "type": "string",
                            "enum": sorted(_UPLOADABLE),
                            "default": Purpose.ATTACHMENT.value,
                        },
                    },
                }
            }
        },
    }
}


def _requires_before_body(wanted: Permission) -> Any:
    """A guard whose transaction ends before the body is read, so that a slow upload holds no connection."""

    async def guard(request: Request) -> Actor:
        credentials = request.state.credentials
        if credentials is None:
            raise UnauthenticatedError
        scope = Scope(credentials.organisation_id, credentials.user_id)
        async with database_of(request).transaction(scope) as session:
            actor = await current_actor(request, session)
        actor.require(wanted)
        return actor

    guard.permission = wanted  # type: ignore[attr-defined]  # read by the test that every route has a guard
    return Depends(guard)


@asynccontextmanager
async def _form_of(request: Request) -> AsyncIterator[FormData]:
    """The form, its file on disk as soon as it is larger than a megabyte, and gone afterwards.

    Raises:
        BadRequestError: the form names a character set that cannot be read.
    """
    try:
        form = await request.form(max_files=1, max_fields=_FIELDS_MAX)
    except UnicodeError as error:
        raise BadRequestError("The form's character set cannot be read; use UTF-8.") from error
    try:
        yield form
    finally:
        await form.close()


@router.post("", status_code=201, openapi_extra=_UPLOAD_BODY)
async def upload_file(
    request: Request, actor: Annotated[Actor, _requires_before_body(MEDIA_WRITE)]
) -> MediaFileView:
    """Upload one file, to be attached elsewhere by its id.

    The content decides what it is; name and declared type do not. Avatars and logos are drawn anew as WebP.
    """
    settings = request.app.state.settings
    async with _form_of(request) as form:
        file, purpose = form.get("file"), str(form.get("purpose", Purpose.ATTACHMENT))
        if not isinstance(file, UploadFile):
            raise invalid("#/file", "missing", "Send the file in a form field named `file`.")
        if purpose not in _UPLOADABLE:
            raise invalid("#/purpose", "enum", f"One of {', '.join(sorted(_UPLOADABLE))}.")
        row = await uploading.upload(
            database_of(request),
            request.app.state.services[STORAGE],
            actor,
            file=file.file,
            name=file.filename or "",
            purpose=Purpose(purpose),
            max_bytes=settings.import_max_bytes
            if purpose == Purpose.IMPORT
            else settings.upload_max_bytes,
        )
    return view_of(row)


@router.get("")
async def list_files(
    session: Tx,
    actor: Reader,
    paging: Paging,
    purpose: Purpose | None = None,
    search: Annotated[str | None, Query(max_length=100, description="In the name.")] = None,
) -> Page[MediaFileView]:
    """Files of the organisation, newest first."""
    files, total = await queries.list_files(
        session, actor.organisation_id, paging, purpose=purpose, search=search
    )
    return paging.answer([view_of(file) for file in files], total)


@router.get("/images")
async def list_images(session: Tx, actor: Reader, paging: Paging) -> Page[MediaFileView]:
    """Pictures of the organisation, newest first."""
    files, total = await queries.list_files(
        session, actor.organisation_id, paging, images_only=True
    )
    return paging.answer([view_of(file) for file in files], total)


@router.get("/{media_id}")
async def get_file(session: Tx, actor: Reader, media_id: UUID) -> MediaFileView:
    """One file of the organisation, with a fresh link."""
    return view_of(await queries.get_file(session, actor.organisation_id, media_id))


@router.delete("/{media_id}", status_code=204)
async def delete_file(session: Tx, actor: Writer, media_id: UUID) -> None:
    """Delete a file that no document has."""
    await deleting.delete(session, actor, media_id)


@router.get("/{media_id}/content", response_class=StreamingResponse)
async def read_file(
    request: Request,
    media_id: UUID,
    expires: Annotated[int, Query(ge=0, le=2**40)],
    signature: Annotated[str, Query(max_length=100)],
    variant: Annotated[str, Query(max_length=20)] = ORIGINAL,
) -> Response:
    """The bytes of a file. The signed link is the right to read them; nobody needs to be signed in."""
    check_link(media_id, variant, expires, signature)
    database = database_of(request)
    file = await queries.find_linked(database, media_id, variant)
    headers = _content_headers(file, variant)
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    span = None
    if variant == ORIGINAL:
        headers |= {"accept-ranges": "bytes", "content-length": str(file.size_bytes)}
        span = parse_range(request.headers.get("range"), file.size_bytes)
        if span is not None:
            headers["content-range"] = f"bytes {span[0]}-{span[1] - 1}/{file.size_bytes}"
            headers["content-length"] = str(span[1] - span[0])
    content = await queries.open_content(
        database, request.app.state.services[STORAGE], file, variant, span
    )
    return StreamingResponse(
        content,
        status_code=200 if span is None else 206,
        headers=headers,
        media_type=variant_type(file, variant),
    )


def _content_headers(file: MediaFile, variant: str) -> dict[str, str]:
    # Only pictures are shown in place: everything else is downloaded, and even opened in a tab it could do nothing.
    inline = file.content_type.startswith("image/")
    return {
        "content-disposition": content_disposition(file.name, inline=inline),
        "content-security-policy": _CONTENT_POLICY,
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-site",
        "cache-control": "private, max-age=3600, immutable",
        "etag": f'"{file.sha256[:32]}-{variant}"',
    }
