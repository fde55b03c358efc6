"""Let go of files that a document no longer has."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.media.models import MediaFile


async def release(session: AsyncSession, organisation_id: UUID, media_ids: Iterable[UUID]) -> None:
    """Mark files as let go by a document: a draft that was thrown away, a picture that was replaced.

    Another document may still have them, so nothing is deleted here: the nightly sweep looks through all documents, and
    attaching a file again takes the mark away.
    """
    released = list(media_ids)
    if not released:
        return
    await session.execute(
        update(MediaFile)
        .where(MediaFile.id.in_(released), MediaFile.organisation_id == organisation_id)
        .values(released_at=func.now())
    )
