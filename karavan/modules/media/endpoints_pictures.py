"""Pictures of goods, as pages show them."""

from typing import Annotated

from fastapi import Path, Request, Response
from fastapi.responses import StreamingResponse

from karavan.kit.routing import router as module_router
from karavan.kit.storage import STORAGE
from karavan.kit.unit_of_work import database_of
from karavan.modules.media import queries
from karavan.modules.media.names import variant_type

router = module_router("/media/pictures", "media")

_KEPT = "public, max-age=31536000, immutable"


@router.get(
    "/{key}/{variant}",
    response_class=StreamingResponse,
    responses={200: {"content": {"image/webp": {}, "image/avif": {}}}},
)
async def read_picture(
    request: Request,
    key: Annotated[str, Path(min_length=16, max_length=64)],
    variant: Annotated[
        str,
        Path(description="Size and format, such as `480.webp` or `1080.avif`.", max_length=20),
    ],
) -> Response:
    """A picture in one of its sizes. Its key is the right to see it; the address never shows anything else.

    404 until its sizes are drawn, a moment after the upload.
    """
    database = database_of(request)
    file = await queries.find_picture(database, key, variant)
    headers = {
        "cache-control": _KEPT,
        "etag": f'"{file.sha256[:32]}-{variant}"',
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "cross-origin",
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    content = await queries.open_content(
        database, request.app.state.services[STORAGE], file, variant
    )
    return StreamingResponse(content, headers=headers, media_type=variant_type(file, variant))
