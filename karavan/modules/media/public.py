"""Files, for the modules above.

A document stores the snapshots that `attach` returns, in a JSONB column, and shows them by `attachment_views`, which adds
links. Whoever may read the document may follow its links; nobody asks again whose file it is.

Goods store what `attach_pictures` returns, which is a `PictureView` as it is: nothing is signed, nothing added. What checks
found is told by `picture_findings`, and the event `picture.checked` says when.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.tenancy import caller_is
from karavan.modules.media.actions.attach import attach, snapshot_of
from karavan.modules.media.actions.attach_pictures import attach_pictures, picture_snapshot
from karavan.modules.media.actions.release import release
from karavan.modules.media.actions.save import save_generated, save_picture
from karavan.modules.media.actions.save_image import ReadImage, read_image, save_image
from karavan.modules.media.errors import FileRefusedError
from karavan.modules.media.holders import declare_reference, declare_snapshots
from karavan.modules.media.links import content_url
from karavan.modules.media.models import (
    FileState,
    MediaFile,
    MediaPicture,
    Purpose,
    Severity,
    storage_key,
)
from karavan.modules.media.ports import (
    PICTURE_CLASSIFIER,
    ClassifierError,
    Label,
    PictureClassifier,
)
from karavan.modules.media.queries import look_alikes, picture_findings, read_content
from karavan.modules.media.schemas import (
    AttachmentSnapshot,
    AttachmentView,
    FindingView,
    PictureReport,
    PictureSnapshot,
    PictureView,
)

__all__ = [
    "PICTURE_CLASSIFIER",
    "AttachmentSnapshot",
    "AttachmentView",
    "ClassifierError",
    "FileRefusedError",
    "FindingView",
    "Label",
    "PictureClassifier",
    "PictureReport",
    "PictureSnapshot",
    "PictureView",
    "Purpose",
    "ReadImage",
    "Severity",
    "attach",
    "attach_pictures",
    "attachment_views",
    "content_url",
    "declare_reference",
    "declare_snapshots",
    "find_file",
    "look_alikes",
    "picture_findings",
    "picture_snapshot",
    "picture_snapshots",
    "picture_url",
    "read_content",
    "read_image",
    "release",
    "save_generated",
    "save_image",
    "save_picture",
    "snapshot_of",
    "storage_key",
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


async def picture_snapshots(
    session: AsyncSession, media_ids: Iterable[UUID]
) -> dict[UUID, PictureSnapshot]:
    """What goods would store of pictures that an import has saved, by their ids."""
    rows = await session.execute(
        select(MediaPicture, MediaFile)
        .join(MediaFile, MediaFile.id == MediaPicture.file_id)
        .where(MediaPicture.file_id.in_(list(media_ids)), caller_is(MediaFile.organisation_id))
    )
    return {file.id: picture_snapshot(picture, file) for picture, file in rows}


def picture_url(snapshot: Mapping[str, Any], size: int = 480, extension: str = "webp") -> str:
    """The address of a stored picture in the size nearest above `size`, relative to the site; it never changes."""
    sizes = snapshot["sizes"]
    chosen = next((one for one in sizes if one >= size), sizes[-1])
    return f"/api/v1/media/pictures/{snapshot['key']}/{chosen}.{extension}"
