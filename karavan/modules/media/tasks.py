"""Bytes on their way: into the file store, and out of it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from karavan.kit.db import SYSTEM
from karavan.kit.jobs import JobContext, job, scheduled
from karavan.kit.storage import STORAGE
from karavan.modules.media.actions.delete import ERASE
from karavan.modules.media.actions.save import STORE
from karavan.modules.media.models import ORIGINAL, FileState, MediaBuffer, MediaFile, storage_key

ABANDONED_AFTER = timedelta(hours=6)


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
    async with context.database.transaction(SYSTEM) as session:
        abandoned = list(
            await session.scalars(
                select(MediaFile)
                .where(
                    MediaFile.state == FileState.UPLOADING,
                    MediaFile.created_at < func.now() - ABANDONED_AFTER,
                )
                .limit(500)
                .with_for_update(skip_locked=True)
            )
        )
        for file in abandoned:
            await session.delete(file)
    await _erase(context, [storage_key(file, ORIGINAL) for file in abandoned])
