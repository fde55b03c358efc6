"""Attach uploaded files to a document."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import FieldError, ValidationError
from karavan.modules.media.models import FileState, MediaFile
from karavan.modules.media.schemas import AttachmentSnapshot


async def attach(
    session: AsyncSession,
    actor: Actor,
    media_ids: Sequence[UUID],
    *,
    pointer: str = "#/attachment_ids",
    known: Collection[UUID] = (),
) -> list[AttachmentSnapshot]:
    """Mark files as attached and return what the document stores of them, in the given order.

    Attaching again is no error, so a document can be saved with the attachments it already has. A file named twice is
    attached once.

    Args:
        pointer: where in the body the ids stand; errors name the element.
        known: ids among them that the document has already; they are left out.

    Raises:
        ValidationError: an id names no file of the actor's organisation, or one that has not arrived.
    """
    wanted = [one for one in dict.fromkeys(media_ids) if one not in known]
    if not wanted:
        return []
    # Locked in key order: two documents that attach the same files cannot wait for each other.
    found = await session.scalars(
        select(MediaFile)
        .where(
            MediaFile.id.in_(wanted),
            MediaFile.organisation_id == actor.organisation_id,
            MediaFile.state != FileState.UPLOADING,
        )
        .order_by(MediaFile.id)
        .with_for_update()
    )
    files = {file.id: file for file in found}
    unknown = [
        FieldError(
            pointer=f"{pointer}/{index}",
            code="media.unknown",
            detail="There is no such file. Upload it again.",
        )
        for index, media_id in enumerate(media_ids)
        if media_id not in files and media_id not in known
    ]
    if unknown:
        raise ValidationError(errors=unknown)
    for file in files.values():
        if file.attached_at is None:
            file.attached_at = func.now()
        file.released_at = None
    await session.flush()
    return [snapshot_of(files[media_id]) for media_id in wanted]


def snapshot_of(file: MediaFile) -> AttachmentSnapshot:
    """What a document stores of a file."""
    return AttachmentSnapshot(
        id=str(file.id),
        name=file.name,
        size_bytes=file.size_bytes,
        content_type=file.content_type,
        sha256=file.sha256,
    )
