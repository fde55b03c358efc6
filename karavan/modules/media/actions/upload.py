"""Take a file that somebody uploads."""

import asyncio
import hashlib
import os
from typing import BinaryIO

from karavan.kit.authz import Actor
from karavan.kit.db import Database
from karavan.kit.errors import PayloadTooLargeError
from karavan.kit.ids import new_id
from karavan.kit.scopes import Scope
from karavan.kit.storage import Storage
from karavan.modules.media.actions.save import keep_buffered, picture_of
from karavan.modules.media.actions.save_image import add_picture
from karavan.modules.media.errors import FileRefusedError, Refusal
from karavan.modules.media.import_files import judge_import
from karavan.modules.media.models import FileState, MediaFile, Purpose, storage_key
from karavan.modules.media.names import safe_name
from karavan.modules.media.picture_forms import Description
from karavan.modules.media.sniffing import Judged, judge

_PICTURES = frozenset({Purpose.AVATAR, Purpose.LOGO})
_IMAGES_ONLY = frozenset({Purpose.AVATAR, Purpose.LOGO, Purpose.IMAGE})
_READ_BYTES = 1024 * 1024


async def upload(
    database: Database,
    storage: Storage,
    actor: Actor,
    *,
    file: BinaryIO,
    name: str,
    purpose: Purpose,
    max_bytes: int,
) -> MediaFile:
    """Judge a file by its content and keep it.

    Opens transactions of its own, because none may be open while bytes travel. The row is written first; a crash before
    the bytes are kept leaves a row that the sweep removes together with whatever was written.

    Raises:
        PayloadTooLargeError: more than `max_bytes`.
        FileRefusedError: it is not of a kind that is taken, or not sound.
        TableRefusedError: it is to be imported and is no table, or not sound.
    """
    size_bytes = await asyncio.to_thread(file.seek, 0, os.SEEK_END)
    if size_bytes > max_bytes:
        raise PayloadTooLargeError(max_bytes=max_bytes)
    look = judge_import if purpose is Purpose.IMPORT else judge
    judged = await asyncio.to_thread(look, file, size_bytes, name)
    if purpose in _IMAGES_ONLY and not judged.is_image:
        raise FileRefusedError(Refusal.NOT_AN_IMAGE)
    scope = Scope(actor.organisation_id, actor.user_id)
    if purpose in _PICTURES:
        await asyncio.to_thread(file.seek, 0)
        content = await asyncio.to_thread(file.read)
        row, variants = await picture_of(
            actor.organisation_id, actor.user_id, name, content, purpose
        )
        async with database.transaction(scope) as session:
            return await keep_buffered(session, row, variants, attached=False)
    description = await asyncio.to_thread(_described, file) if purpose is Purpose.IMAGE else None
    row = await asyncio.to_thread(_row_of, actor, file, size_bytes, name, purpose, judged)
    if description is not None:
        row.width, row.height = description.width, description.height
    async with database.transaction(scope) as session:
        session.add(row)
    await asyncio.to_thread(file.seek, 0)
    await storage.put(storage_key(row), file)
    async with database.transaction(scope) as session:
        row.state = FileState.READY
        session.add(row)
        if description is not None:
            await add_picture(session, row, description)
    return row


def _row_of(
    actor: Actor, file: BinaryIO, size_bytes: int, name: str, purpose: Purpose, judged: Judged
) -> MediaFile:
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_READ_BYTES):
        digest.update(piece)
    return MediaFile(
        id=new_id(),
        organisation_id=actor.organisation_id,
        uploaded_by=actor.user_id,
        purpose=purpose,
        name=safe_name(name, judged.extensions),
        content_type=judged.content_type,
        size_bytes=size_bytes,
        sha256=digest.hexdigest(),
        width=judged.width,
        height=judged.height,
        variants=[],
        state=FileState.UPLOADING,
    )


def _described(file: BinaryIO) -> Description:
    from karavan.modules.media.pictures import describe

    return describe(file)
