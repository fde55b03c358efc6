"""Open contracting: import of OCDS 1.1 packages, their history, and export."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from starlette.datastructures import UploadFile

from karavan.kit.authz import Actor, requires
from karavan.kit.errors import BadRequestError, PayloadTooLargeError, UnauthenticatedError, invalid
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import Moment
from karavan.kit.unit_of_work import Tx
from karavan.modules.procurement.ocds.exporting import export_organisation, export_request
from karavan.modules.procurement.ocds.importing import import_package
from karavan.modules.procurement.ocds.reading import FILE_MAX_BYTES, canonical
from karavan.modules.procurement.ocds.reports import imported_history
from karavan.modules.procurement.ocds.schemas import ImportedHistory, ImportReport
from karavan.modules.procurement.permissions import OCDS_IMPORT, REQUEST_READ

requests = make_router("/requests", "requests")
feed = make_router("/ocds", "requests")
routers = [requests, feed]

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            "application/json": {"schema": {"type": "object"}},
        },
    }
}
_PACKAGE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A release package of OCDS 1.1.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


async def _content(request: Request) -> bytes:
    """The file: a form's field `file`, or the body itself. Strangers are refused before anything is read.

    Raises:
        UnauthenticatedError: nobody is signed in.
        PayloadTooLargeError: the file is too large.
        ValidationError: the form has no file.
    """
    if request.state.credentials is None:
        raise UnauthenticatedError
    if not request.headers.get("content-type", "").lower().startswith("multipart/"):
        # Read as a whole, not as a stream: whoever claims the request's idempotency key reads it again.
        received = await request.body()
        if len(received) > FILE_MAX_BYTES:
            raise PayloadTooLargeError(max_bytes=FILE_MAX_BYTES)
        return received
    try:
        form = await request.form(max_files=1, max_fields=4)
    except UnicodeError as error:
        raise BadRequestError("The form's character set cannot be read; use UTF-8.") from error
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise invalid("#/file", "missing", "Send the file in a form field named `file`.")
        content = await file.read(FILE_MAX_BYTES + 1)
    finally:
        await form.close()
    if len(content) > FILE_MAX_BYTES:
        raise PayloadTooLargeError(max_bytes=FILE_MAX_BYTES)
    return content


@requests.post("/import", openapi_extra=_BODY)
async def import_requests(
    content: Annotated[bytes, Depends(_content)],
    actor: Annotated[Actor, requires(OCDS_IMPORT)],
    session: Tx,
) -> ImportReport:
    """Import an OCDS 1.1 release package or record package. The same file again changes nothing.

    Open processes become drafts, ended ones history. The answer says of each release what became of it and why.
    """
    return await import_package(session, actor, content)


@requests.get("/{request_id}/ocds", responses=_PACKAGE, response_class=Response)
async def export_one_request(
    request_id: UUID,
    http: Request,
    actor: Annotated[Actor, requires(REQUEST_READ)],
    session: Tx,
) -> Response:
    """A request with its quotes, deals and invoices as an OCDS 1.1 release package: as much of it as you may read."""
    package = await export_request(session, actor, http.app.state.settings, request_id)
    return _download(package, f"{package['releases'][0]['ocid']}.json")


@requests.get("/{request_id}/ocds/history")
async def get_imported_history(
    request_id: UUID, actor: Annotated[Actor, requires(REQUEST_READ)], session: Tx
) -> ImportedHistory:
    """What was imported about a request of yours: releases, organisations, bids, awards, contracts."""
    return await imported_history(session, actor, request_id)


@feed.get("/releases", responses=_PACKAGE, response_class=Response)
async def export_releases(
    http: Request,
    actor: Annotated[Actor, requires(REQUEST_READ)],
    session: Tx,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 50,
    updated_from: Annotated[
        Moment | None, Query(description="Only requests changed since then.")
    ] = None,
) -> Response:
    """Requests of your organisation as one OCDS 1.1 release package, the latest changed first, a page at a time."""
    package = await export_organisation(
        session, actor, http.app.state.settings, page=page, size=size, updated_from=updated_from
    )
    return _download(package, "releases.json")


def _download(package: dict[str, Any], name: str) -> Response:
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "_" for c in name)[-120:]
    return Response(
        canonical(package),
        media_type="application/json",
        headers={"content-disposition": f'attachment; filename="{safe}"'},
    )
