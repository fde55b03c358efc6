"""Keep files that come true together with something else: documents that the platform makes, and pictures of people."""

import asyncio
import base64
import binascii
import hashlib
import re
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import invalid
from karavan.kit.ids import new_id
from karavan.kit.jobs import enqueue
from karavan.modules.media.errors import FileRefusedError, Refusal
from karavan.modules.media.models import ORIGINAL, FileState, MediaBuffer, MediaFile, Purpose
from karavan.modules.media.names import safe_name

STORE = "media.store"
_DATA_URL = re.compile(r"data:image/[a-z0-9.+-]+;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
PICTURE_SIDE = 512


async def save_generated(
    session: AsyncSession,
    organisation_id: UUID,
    *,
    name: str,
    content_type: str,
    content: bytes,
    uploaded_by: UUID | None = None,
) -> MediaFile:
    """Keep a file that the platform made, such as a contract, if and only if the current transaction commits.

    It is attached from the start: nobody deletes it.

    Args:
        name: with an extension, which is kept.
        content: at most a few megabytes, because it passes through the database.
    """
    file = MediaFile(
        id=new_id(),
        organisation_id=organisation_id,
        uploaded_by=uploaded_by,
        purpose=Purpose.GENERATED,
        name=safe_name(name, (name.rpartition(".")[2].lower() or "bin",)),
        content_type=content_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return await keep_buffered(session, file, {ORIGINAL: content}, attached=True)


async def save_picture(
    session: AsyncSession, actor: Actor, data_url: str, *, purpose: Purpose = Purpose.AVATAR
) -> MediaFile:
    """Keep a picture of a person or a firm given as a data URL (RFC 2397), drawn anew in three sizes.

    Raises:
        ValidationError: it is no base64 data URL of an image.
        FileRefusedError: the bytes are no sound picture.
    """
    match = _DATA_URL.fullmatch(data_url.strip())
    try:
        content = base64.b64decode(match[1], validate=False) if match else b""
    except binascii.Error:
        content = b""
    if not content:
        raise invalid(f"#/{purpose.value}", "data_url", "This is not a picture as a data URL.")
    file, variants = await picture_of(
        actor.organisation_id, actor.user_id, purpose.value, content, purpose
    )
    return await keep_buffered(session, file, variants, attached=True)


async def picture_of(
    organisation_id: UUID, user_id: UUID, name: str, content: bytes, purpose: Purpose
) -> tuple[MediaFile, dict[str, bytes]]:
    """The row and the bytes of a picture in its three sizes, not yet kept.

    Raises:
        FileRefusedError: the bytes are no sound picture.
    """
    try:
        variants = await asyncio.to_thread(_squared, content)
    except FileRefusedError as error:
        if error.meta["reason"] == Refusal.DAMAGED:
            raise FileRefusedError(Refusal.NOT_AN_IMAGE) from error
        raise
    file = MediaFile(
        id=new_id(),
        organisation_id=organisation_id,
        uploaded_by=user_id,
        purpose=purpose,
        name=safe_name(name.rpartition(".")[0] or name, ("webp",)),
        content_type="image/webp",
        size_bytes=len(variants[ORIGINAL]),
        sha256=hashlib.sha256(variants[ORIGINAL]).hexdigest(),
        width=PICTURE_SIDE,
        height=PICTURE_SIDE,
        variants=sorted((name for name in variants if name != ORIGINAL), key=int),
    )
    return file, variants


async def keep_buffered(
    session: AsyncSession, file: MediaFile, contents: dict[str, bytes], *, attached: bool
) -> MediaFile:
    """Write a file's row and bytes in the current transaction, and a job that carries the bytes to the store."""
    file.state = FileState.BUFFERED
    session.add(file)
    await session.flush()
    for variant, content in contents.items():
        session.add(
            MediaBuffer(
                file_id=file.id,
                variant=variant,
                organisation_id=file.organisation_id,
                content=content,
            )
        )
    if attached:
        file.attached_at = file.created_at
    await session.flush()
    await enqueue(session, STORE, file_id=str(file.id))
    return file


def _squared(content: bytes) -> dict[str, bytes]:
    # The library of pictures is read in with the first of them.
    from karavan.modules.media.images import square_variants

    return square_variants(content)
