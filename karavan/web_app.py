"""The built web app, served by the API's own process: one origin, one command."""

import gzip
import mimetypes
import re
from hashlib import sha256
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from msgspec import Struct

from karavan.first_paint import FirstPaint
from karavan.kit.errors import NotFoundError
from karavan.web_heads import PageHeads

_HASHED = "assets/"
_IMMUTABLE = "public, max-age=31536000, immutable"
_COMPRESSIBLE = (
    "text/",
    "application/javascript",
    "application/json",
    "image/svg+xml",
    "application/manifest",
)
_COMPRESSED_MIN_BYTES = 1024
# A file is compressed once for all, a page for each of its readers.
_LEVEL_ONCE, _LEVEL_EACH_TIME = 9, 6

# Addresses that belong to the API: an unknown one answers a problem, never the web app.
RESERVED = ("api/", "dev/", "health/", "ready/", "metrics/", "ping/")

_REFERENCE = {"docs": "reference/docs.html", "redoc": "reference/redoc.html"}

# ReDoc makes its styles while it runs. Nothing that a user has written stands on its page.
_REFERENCE_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# A worker has the policy of its own script's answer: only the reader of barcodes may run WebAssembly, and no page may.
_WASM_WORKER = re.compile(r"assets/wasm-worker-[\w-]+\.js")
_WASM_WORKER_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'"

_NOT_BUILT = (
    "<!doctype html><title>Karavan</title><p>The web app has not been built. Run <code>make build</code>, "
    'or read the <a href="/docs">API</a>.'
)


class _Asset(Struct, frozen=True):
    content: bytes
    compressed: bytes | None
    media_type: str
    etag: str
    cache_control: str


class WebApp:
    """Files of `web/dist`, each read and compressed once; every other address is a page of the app.

    Only names found by listing the directory are ever opened, so no path can climb out of it. A new build is noticed
    by the time of its page.
    """

    def __init__(self, dist: Path, heads: PageHeads, first_paint: FirstPaint) -> None:
        self._dist = dist
        self._heads = heads
        self._first_paint = first_paint
        self._built_at_ns = -1
        self._names: dict[str, Path] = {}
        self._read: dict[str, _Asset] = {}

    async def serve(self, request: Request) -> Response:
        """The file of that name, what searchers look for, or the app's page with the head of the address."""
        name = request.path_params.get("path", "")
        if f"{name}/".startswith(RESERVED):
            raise NotFoundError
        if (told := await self._heads.for_searchers(request, name)) is not None:
            return told
        self._notice_build()
        file = _REFERENCE.get(name, name)
        if file in self._names:
            answer = _answer(request, self._asset(file))
            if file != name:
                answer.headers["Content-Security-Policy"] = _REFERENCE_POLICY
            elif _WASM_WORKER.fullmatch(file):
                answer.headers["Content-Security-Policy"] = _WASM_WORKER_POLICY
            return answer
        if name.startswith(_HASHED) or "." in name.rsplit("/", 1)[-1]:
            return Response(status_code=404, media_type="text/plain")
        if "index.html" not in self._names:
            return HTMLResponse(_NOT_BUILT, status_code=503)
        page = self._asset("index.html")
        texts = self._asset("heads.json").content if "heads.json" in self._names else b"{}"
        headed, status = await self._heads.put_into(page.content, texts, request)
        if headed is None:
            return _answer(request, page, status)
        if "first-paint.json" in self._names:
            drawn = self._asset("first-paint.json").content
            headed = await self._first_paint.put_into(headed, drawn, request)
        return _answer(request, _asset_of("index.html", headed), status)

    def _notice_build(self) -> None:
        try:
            built_at_ns = (self._dist / "index.html").stat().st_mtime_ns
        except FileNotFoundError:
            return
        if built_at_ns != self._built_at_ns:
            files = (path for path in self._dist.rglob("*") if path.is_file())
            self._names = {path.relative_to(self._dist).as_posix(): path for path in files}
            self._read.clear()
            self._built_at_ns = built_at_ns

    def _asset(self, name: str) -> _Asset:
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = _load(name, self._names[name])
        return found


def _answer(request: Request, asset: _Asset, status: int = 200) -> Response:
    headers = {
        "ETag": asset.etag,
        "Cache-Control": asset.cache_control,
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    if status == 200 and request.headers.get("if-none-match") == asset.etag:
        return Response(status_code=304, headers=headers)
    content = asset.content
    if asset.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content = asset.compressed
        headers["Content-Encoding"] = "gzip"
    return Response(content, status, media_type=asset.media_type, headers=headers)


def _load(name: str, path: Path) -> _Asset:
    return _asset_of(name, path.read_bytes(), level=_LEVEL_ONCE)


def _asset_of(name: str, content: bytes, *, level: int = _LEVEL_EACH_TIME) -> _Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".webmanifest"):
        media_type = "application/manifest+json"
    small = len(content) < _COMPRESSED_MIN_BYTES or not media_type.startswith(_COMPRESSIBLE)
    return _Asset(
        content=content,
        compressed=None if small else gzip.compress(content, level, mtime=0),
        media_type=media_type,
        etag=f'"{sha256(content).hexdigest()[:32]}"',
        cache_control=_IMMUTABLE if name.startswith(_HASHED) else "no-cache",
    )
