"""Delete a file that no document needs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import NotFoundError
from karavan.kit.jobs import enqueue
from karavan.modules.media.errors import FileAttachedError
from karavan.modules.media.models import ORIGINAL, MediaFile, storage_key

ERASE = "media.erase"


async def delete(session: AsyncSession, actor: Actor, media_id: UUID) -> None:
    """Delete the row now and the bytes once that has committed.

    Raises:
        NotFoundError: no such file in the actor's organisation.
        FileAttachedError: a document has it.
    """
    file = await session.scalar(
        select(MediaFile)
        .where(MediaFile.id == media_id, MediaFile.organisation_id == actor.organisation_id)
        .with_for_update()
    )
    if file is None:
        raise NotFoundError
    if file.attached_at is not None:
        raise FileAttachedError
    record_audit(
        session,
        actor,
        "media.delete",
        target_type="media",
        target_id=file.id,
        target_label=file.name,
        before={"name": file.name, "sha256": file.sha256},
    )
    await erase_with(session, [file])


async def erase_with(session: AsyncSession, files: Sequence[MediaFile]) -> None:
    """Delete the rows of locked files, and their bytes by a job that exists if and only if that commits.

    A process that dies in between leaves the job, never bytes that no row knows of.
    """
    keys = [storage_key(file, variant) for file in files for variant in (ORIGINAL, *file.variants)]
    for file in files:
        await session.delete(file)
    await session.flush()
    await enqueue(session, ERASE, keys=keys)
