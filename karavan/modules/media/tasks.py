"""Bytes on their way: into the file store, and out of it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.jobs import JobContext, job, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.kit.storage import STORAGE
from karavan.modules.media import picture_tasks  # noqa: F401  # declares what is done with pictures
from karavan.modules.media.actions.delete import ERASE, erase_with
from karavan.modules.media.actions.save import STORE
from karavan.modules.media.holders import held
from karavan.modules.media.models import FileState, MediaBuffer, MediaFile, storage_key

ABANDONED_AFTER = timedelta(hours=6)
LOOSE_FOR = timedelta(days=30)
RELEASED_FOR = timedelta(days=1)
BATCH = 500


@job(STORE, retries=10)
async def store(context: JobContext, *, file_id: str) -> None:
    """Carry a buffered file to the store. Until it is there, its bytes are read from the database."""
    async with context.database.transaction(SYSTEM) as session:
        file = await session.get(MediaFile, UUID(file_id))
        statement = select(MediaBuffer).where(MediaBuffer.file_id == UUID(file_id))
        buffers = list(await session.scalars(statement))
    if file is None or file.state != FileState.BUFFERED:
        return
    storage = context.services[STORAGE]
    for buffer in buffers:
        await storage.put(storage_key(file, buffer.variant), buffer.content)
    async with context.database.transaction(SYSTEM) as session:
        stored = await session.get(MediaFile, file.id, with_for_update=True)
        if stored is None:
            # Deleted meanwhile: its erasure may have come before these bytes.
            await _erase(context, [storage_key(file, buffer.variant) for buffer in buffers])
            return
        stored.state = FileState.READY
        for buffer in buffers:
            await session.delete(await session.merge(buffer, load=False))


@job(ERASE, retries=10)
async def erase(context: JobContext, *, keys: list[str]) -> None:
    """Remove the bytes of a deleted file."""
    await _erase(context, keys)


async def _erase(context: JobContext, keys: Sequence[str]) -> None:
    storage = context.services[STORAGE]
    for key in keys:
        await storage.delete(key)


@scheduled("23 * * * *", name="media.sweep")
async def sweep_abandoned_uploads(context: JobContext) -> None:
    """Remove uploads whose server stopped before their bytes were kept, every hour."""
    abandoned = (
        MediaFile.state == FileState.UPLOADING,
        MediaFile.created_at < func.now() - ABANDONED_AFTER,
    )
    async with context.database.transaction(SYSTEM) as session:
        if files := await _locked(session, *abandoned):
            await erase_with(session, files)


@scheduled("17 3 * * *", name="media.sweep-loose", timeout_s=3600)
async def sweep_loose_files(context: JobContext) -> None:
    """Remove files that no document has, every night.

    Those are uploads that were never attached, after `LOOSE_FOR`, because somebody may be writing the document still;
    and files that a document let go of, after `RELEASED_FOR`, unless another document has them.
    """
    loose_since = func.coalesce(MediaFile.released_at, MediaFile.created_at)
    loose = (
        or_(MediaFile.attached_at.is_(None), MediaFile.released_at.is_not(None)),
        loose_since < func.now() - RELEASED_FOR,
        or_(MediaFile.released_at.is_not(None), MediaFile.created_at < func.now() - LOOSE_FOR),
        MediaFile.state != FileState.UPLOADING,
    )
    while True:
        # Locked, then looked for: a document that attaches one of them now waits, and is then told that it is gone.
        async with context.database.transaction(SYSTEM) as session:
            files = await _locked(session, *loose)
            if not files:
                return
            kept = await held(session, [file.id for file in files])
            for file in files:
                if file.id in kept:
                    file.released_at = None
                    file.attached_at = file.attached_at or func.now()
            if unwanted := [file for file in files if file.id not in kept]:
                await erase_with(session, unwanted)


async def _locked(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[MediaFile]:
    found = await session.scalars(
        select(MediaFile)
        .where(*conditions)
        .order_by(MediaFile.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return list(found)
