"""Keep pictures of goods: the file as it came, what can be shown at once, and the job that draws its sizes."""

import asyncio
import hashlib
import io
import secrets
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.ids import new_id
from karavan.kit.jobs import enqueue
from karavan.modules.media.actions.save import keep_buffered
from karavan.modules.media.errors import FileRefusedError, Refusal
from karavan.modules.media.models import ORIGINAL, MediaFile, MediaPicture, Purpose
from karavan.modules.media.names import safe_name
from karavan.modules.media.picture_forms import Description, sizes_for
from karavan.modules.media.sniffing import Judged, judge

PREPARE = "media.prepare-picture"
_KEY_BYTES = 16


class ReadImage(Struct, frozen=True):
    """A picture that has been judged and can be kept."""

    name: str
    content: bytes
    judged: Judged
    description: Description


async def read_image(content: bytes, name: str) -> ReadImage:
    """Judge the bytes of a picture by what they are, before any transaction is opened.

    Args:
        content: at most a few megabytes, because it will pass through the database.

    Raises:
        FileRefusedError: it is no picture, not sound, or too large.
    """
    return await asyncio.to_thread(_read, content, name)


def _read(content: bytes, name: str) -> ReadImage:
    from karavan.modules.media.pictures import describe

    judged = judge(io.BytesIO(content), len(content), name)
    if not judged.is_image:
        raise FileRefusedError(Refusal.NOT_AN_IMAGE)
    return ReadImage(name, content, judged, describe(io.BytesIO(content)))


async def save_image(
    session: AsyncSession, organisation_id: UUID, image: ReadImage, *, uploaded_by: UUID | None
) -> MediaFile:
    """Keep a picture that an import has fetched, if and only if the current transaction commits."""
    file = MediaFile(
        id=new_id(),
        organisation_id=organisation_id,
        uploaded_by=uploaded_by,
        purpose=Purpose.IMAGE,
        name=safe_name(image.name, image.judged.extensions),
        content_type=image.judged.content_type,
        size_bytes=len(image.content),
        sha256=hashlib.sha256(image.content).hexdigest(),
        width=image.description.width,
        height=image.description.height,
        variants=[],
    )
    await keep_buffered(session, file, {ORIGINAL: image.content}, attached=False)
    await add_picture(session, file, image.description)
    return file


async def add_picture(session: AsyncSession, file: MediaFile, description: Description) -> None:
    """Write down what can be shown of a kept picture, and have its sizes drawn."""
    session.add(
        MediaPicture(
            file_id=file.id,
            organisation_id=file.organisation_id,
            key=secrets.token_urlsafe(_KEY_BYTES),
            blurhash=description.blurhash,
            sizes=sizes_for(description.width, description.height),
        )
    )
    await session.flush()
    await enqueue(session, PREPARE, file_id=str(file.id))
