"""Reading files and their bytes."""

from collections.abc import AsyncIterator, Iterable
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database
from karavan.kit.errors import NotFoundError
from karavan.kit.locks import find_row
from karavan.kit.pagination import PageParameters, count_rows
from karavan.kit.scopes import SYSTEM
from karavan.kit.storage import FileMissingError, Storage
from karavan.kit.tenancy import caller_is
from karavan.modules.media.models import (
    ORIGINAL,
    FileState,
    MediaBuffer,
    MediaCheck,
    MediaFile,
    MediaPicture,
    Purpose,
    storage_key,
)
from karavan.modules.media.schemas import FindingView, PictureReport


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
    return await find_row(session, _files_of(organisation_id).where(MediaFile.id == media_id))


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


async def find_picture(database: Database, key: str, variant: str) -> MediaFile:
    """The picture that a key opens.

    Raises:
        NotFoundError: none, or its sizes are not drawn yet, or it has no such one.
    """
    async with database.transaction(SYSTEM) as session:
        file = await session.scalar(
            select(MediaFile)
            .join(MediaPicture, MediaPicture.file_id == MediaFile.id)
            .where(MediaPicture.key == key)
        )
    if file is None or variant not in file.variants:
        raise NotFoundError
    return file


async def picture_findings(
    session: AsyncSession, media_ids: Iterable[UUID]
) -> dict[UUID, PictureReport]:
    """What checks found in pictures, by their ids; what is no picture, or not the caller's to see, is left out.

    Args:
        session: of the pictures' owner, or the system's for moderators.
    """
    wanted = list(media_ids)
    pictures = await session.scalars(
        select(MediaPicture).where(
            MediaPicture.file_id.in_(wanted), caller_is(MediaPicture.organisation_id)
        )
    )
    reports = {
        picture.file_id: PictureReport(
            media_id=picture.file_id, checked=picture.checked_at is not None, findings=[]
        )
        for picture in pictures
    }
    checks = await session.scalars(
        select(MediaCheck)
        .where(MediaCheck.file_id.in_(reports), caller_is(MediaCheck.organisation_id))
        .order_by(MediaCheck.severity.desc(), MediaCheck.code)
    )
    for check in checks:
        reports[check.file_id].findings.append(FindingView.model_validate(check))
    return reports


async def look_alikes(
    session: AsyncSession, media_ids: Iterable[UUID]
) -> dict[UUID, dict[str, UUID]]:
    """Pictures that resemble the given ones, by code of the finding. For moderators: they may be of other firms.

    Args:
        session: the system's.
    """
    checks = await session.scalars(
        select(MediaCheck).where(
            MediaCheck.file_id.in_(list(media_ids)), MediaCheck.related_file_id.is_not(None)
        )
    )
    found: dict[UUID, dict[str, UUID]] = {}
    for check in checks:
        if check.related_file_id is not None:
            found.setdefault(check.file_id, {})[check.code] = check.related_file_id
    return found
