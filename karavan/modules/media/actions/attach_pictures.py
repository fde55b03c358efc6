"""Attach uploaded pictures to goods."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import FieldError, ValidationError
from karavan.modules.media.actions.attach import attach
from karavan.modules.media.models import MediaFile, MediaPicture
from karavan.modules.media.schemas import PictureSnapshot


async def attach_pictures(
    session: AsyncSession,
    actor: Actor,
    media_ids: Sequence[UUID],
    *,
    alts: Sequence[str] = (),
    pointer: str = "#/images",
) -> list[PictureSnapshot]:
    """Mark pictures as attached and return what a product stores of them, in the given order.

    They may be shown at once: the sizes come a moment later under the addresses that the snapshot foretells.

    Args:
        alts: what each picture shows, for those who do not see it; missing ones are empty.
        pointer: where in the body the ids stand; errors name the element.

    Raises:
        ValidationError: an id names no file of the actor's organisation, or one that was not uploaded as an `image`.
    """
    described = {
        media_id: alts[index] if index < len(alts) else ""
        for index, media_id in reversed(list(enumerate(media_ids)))
    }
    attached = await attach(session, actor, media_ids, pointer=pointer)
    wanted = [UUID(one["id"]) for one in attached]
    rows = await session.execute(
        select(MediaPicture, MediaFile)
        .join(MediaFile, MediaFile.id == MediaPicture.file_id)
        .where(
            MediaPicture.file_id.in_(wanted), MediaPicture.organisation_id == actor.organisation_id
        )
    )
    found = {picture.file_id: (picture, file) for picture, file in rows}
    others = [
        FieldError(
            pointer=f"{pointer}/{index}",
            code="media.not_a_picture",
            detail="This file was not uploaded as a picture. Upload it again with the purpose `image`.",
        )
        for index, media_id in enumerate(media_ids)
        if media_id not in found
    ]
    if others:
        raise ValidationError(errors=others)
    return [picture_snapshot(*found[media_id], alt=described[media_id]) for media_id in wanted]


def picture_snapshot(picture: MediaPicture, file: MediaFile, *, alt: str = "") -> PictureSnapshot:
    """What a product stores of a picture."""
    return PictureSnapshot(
        id=str(file.id),
        key=picture.key,
        width=file.width or 0,
        height=file.height or 0,
        sizes=list(picture.sizes),
        blurhash=picture.blurhash,
        alt=alt,
    )
