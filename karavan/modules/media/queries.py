"""Reading files and their bytes."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import SYSTEM, Database
from karavan.kit.errors import NotFoundError
from karavan.kit.pagination import PageParameters, count_rows
from karavan.kit.storage import FileMissingError, Storage
from karavan.modules.media.models import (
    ORIGINAL,
    FileState,
    MediaBuffer,
    MediaFile,
    Purpose,
    storage_key,
)


def _files_of(organisation_id: UUID) -> Select[MediaFile]:
    return select(MediaFile).where(
        MediaFile.organisation_id == organisation_id, MediaFile.state != FileState.UPLOADING
    )


async def list_files(
    session: AsyncSession,
    organisation_id: UUID,
    paging: PageParameters,
    *,
    purpose: Purpose | None = None,
    images_only: bool = False,
    search: str | None = None,
) -> tuple[list[MediaFile], int]:
    """One page of an organisation's files, newest first, and how many there are."""
    statement = _files_of(organisation_id)
    if purpose is not None:
        statement = statement.where(MediaFile.purpose == purpose)
    if images_only:
        statement = statement.where(MediaFile.content_type.startswith("image/"))
    if search:
        statement = statement.where(MediaFile.name.icontains(search, autoescape=True))
    total = await count_rows(session, statement)
    page = statement.order_by(MediaFile.id.desc()).limit(paging.size).offset(paging.offset)
    return list(await session.scalars(page)), total


async def get_file(session: AsyncSession, organisation_id: UUID, media_id: UUID) -> MediaFile:
    """One file of an organisation.

    Raises:
        NotFoundError: it has none with this id.
    """
    file = await session.scalar(_files_of(organisation_id).where(MediaFile.id == media_id))
    if file is None:
        raise NotFoundError
    return file


async def find_linked(database: Database, media_id: UUID, variant: str) -> MediaFile:
    """The file behind a link, whose signature has been checked and stands for the right to read it.

    Raises:
        NotFoundError: it is gone, or has no such variant.
    """
    async with database.transaction(SYSTEM) as session:
        file = await session.get(MediaFile, media_id)
    if (
        file is None
        or file.state == FileState.UPLOADING
        or variant not in {ORIGINAL, *file.variants}
    ):
        raise NotFoundError
    return file


async def open_content(
    database: Database,
    storage: Storage,
    file: MediaFile,
    variant: str,
    span: tuple[int, int] | None = None,
) -> AsyncIterator[bytes]:
    """The bytes of a file, or those from `span[0]` to before `span[1]`, wherever they are at the moment.

    Raises:
        NotFoundError: nowhere.
    """
    start, end = span or (0, None)
    if file.state == FileState.BUFFERED:
        async with database.transaction(SYSTEM) as session:
            buffer = await session.get(MediaBuffer, (file.id, variant))
        if buffer is not None:
            return _once(buffer.content[start:end])
    try:
        return await storage.stream(storage_key(file, variant), start, end)
    except FileMissingError as error:
        raise NotFoundError from error


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def read_content(database: Database, storage: Storage, file: MediaFile) -> bytes:
    """All bytes of a file, for imports and for sending it on.

    Raises:
        NotFoundError: it is gone.
    """
    return b"".join(
        [piece async for piece in await open_content(database, storage, file, ORIGINAL)]
    )
