"""Files, for the modules above.

A document stores the snapshots that `attach` returns, in a JSONB column, and shows them by `attachment_views`, which adds
links. Whoever may read the document may follow its links; nobody asks again whose file it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.media.actions.attach import attach, snapshot_of
from karavan.modules.media.actions.release import release
from karavan.modules.media.actions.save import save_generated, save_picture
from karavan.modules.media.holders import declare_reference, declare_snapshots
from karavan.modules.media.links import content_url
from karavan.modules.media.models import FileState, MediaFile, Purpose
from karavan.modules.media.queries import read_content
from karavan.modules.media.schemas import AttachmentSnapshot, AttachmentView

__all__ = [
    "AttachmentSnapshot",
    "AttachmentView",
    "Purpose",
    "attach",
    "attachment_views",
    "content_url",
    "declare_reference",
    "declare_snapshots",
    "find_file",
    "read_content",
    "release",
    "save_generated",
    "save_picture",
    "snapshot_of",
]


def attachment_views(snapshots: Iterable[Mapping[str, Any]]) -> list[AttachmentView]:
    """Stored snapshots with links that are good for an hour or two."""
    return [
        AttachmentView(**snapshot, url=content_url(str(snapshot["id"]))) for snapshot in snapshots
    ]


async def find_file(
    session: AsyncSession, organisation_id: UUID, media_id: UUID
) -> MediaFile | None:
    """A file of an organisation that has arrived, or nothing; its bytes by `read_content`."""
    return await session.scalar(
        select(MediaFile).where(
            MediaFile.id == media_id,
            MediaFile.organisation_id == organisation_id,
            MediaFile.state != FileState.UPLOADING,
        )
    )
