"""Import of products from table files."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, requires
from karavan.kit.errors import invalid
from karavan.kit.imports import queries
from karavan.kit.imports.desk import StoredFile
from karavan.kit.imports.routes import import_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.catalogue.importing.kind import PRODUCT_IMPORTS
from karavan.modules.catalogue.permissions import PRODUCT_READ
from karavan.modules.catalogue.queries.import_pictures import import_pictures
from karavan.modules.catalogue.schemas.imports import ImportPictures
from karavan.modules.media.public import Purpose, attach, find_file, storage_key


async def find_import_file(
    session: AsyncSession, actor: Actor, media_id: UUID, pointer: str
) -> StoredFile:
    """An uploaded file of the actor's organisation; the import keeps it.

    Raises:
        ValidationError: there is none, or it was not uploaded to be imported.
    """
    file = await find_file(session, actor.organisation_id, media_id)
    if file is None or file.purpose != Purpose.IMPORT:
        raise invalid(pointer, "media.unknown", "Upload the file with the purpose `import` first.")
    await attach(session, actor, [media_id], pointer=pointer)
    return StoredFile(
        media_id=file.id,
        name=file.name,
        size_bytes=file.size_bytes,
        storage_key=storage_key(file),
    )


router = import_router(PRODUCT_IMPORTS, "/products/import", "imports", find_import_file)


@router.get("/{import_id}/pictures", response_model=ImportPictures)
async def read_pictures(
    import_id: UUID, actor: Annotated[Actor, requires(PRODUCT_READ)], session: Tx
) -> Response:
    """What became of the pictures that an import has named: they are fetched after their products were written."""
    run = await queries.get_run(session, actor, PRODUCT_IMPORTS, import_id)
    return Response(await import_pictures(session, actor, run.id), media_type="application/json")
