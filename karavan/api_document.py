"""The OpenAPI document as bytes: written and compressed once per process, however often it is read."""

import asyncio
import gzip
import hashlib
import json
from functools import cache

from fastapi import FastAPI, Request, Response
from msgspec import Struct


class _Document(Struct, frozen=True):
    plain: bytes
    packed: bytes
    etag: str


def serve_document(app: FastAPI) -> None:
    """Answer at `app.openapi_url` in the place of the framework, which would serialise a megabyte for each reader."""

    @cache
    def document() -> _Document:
        plain = json.dumps(app.openapi(), ensure_ascii=False, separators=(",", ":")).encode()
        return _Document(
            plain, gzip.compress(plain, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:32]}"'
        )

    async def answer(request: Request) -> Response:
        # Its first reader has it made, for a second or two; whoever asks for something else does not wait for that.
        found = await asyncio.to_thread(document)
        headers = {"etag": found.etag, "cache-control": "no-cache", "vary": "accept-encoding"}
        if found.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            return Response(found.packed, headers=headers, media_type="application/json")
        return Response(found.plain, headers=headers, media_type="application/json")

    assert app.openapi_url is not None
    routes = app.router.routes
    routes[:] = [one for one in routes if getattr(one, "path", None) != app.openapi_url]
    app.add_route(app.openapi_url, answer, include_in_schema=False)
