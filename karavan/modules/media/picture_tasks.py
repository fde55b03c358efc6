"""Pictures on their way: sizes drawn, and checks made, by jobs with no transaction open while they work."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from msgspec.structs import asdict
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import record_event
from karavan.kit.jobs import JobContext, enqueue, job
from karavan.kit.scopes import SYSTEM
from karavan.kit.storage import STORAGE
from karavan.modules.media.actions.save_image import PREPARE
from karavan.modules.media.checks import Finding, find_look_alikes, judge_inspection, judge_labels
from karavan.modules.media.errors import FileRefusedError
from karavan.modules.media.fingerprints import bands_of
from karavan.modules.media.models import MediaCheck, MediaFile, MediaPicture, Severity, storage_key
from karavan.modules.media.picture_forms import variants_of
from karavan.modules.media.pictures import draw, encode
from karavan.modules.media.ports import PICTURE_CLASSIFIER, ClassifierError
from karavan.modules.media.queries import read_content

if TYPE_CHECKING:
    from karavan.modules.media.inspection import Inspection

CHECK = "media.check-picture"
UNREADABLE = "picture.unreadable"
NOT_CLASSIFIED = "picture.not_classified"
_CLASSIFIED_SIDE = 480

log = structlog.get_logger()


@job(PREPARE, retries=8, timeout_s=120)
async def prepare_picture(context: JobContext, *, file_id: str) -> None:
    """Draw the sizes of a picture, look at it, and keep both.

    Killed at any point it begins anew: bytes are written under names that the file's row already foretells, and only the
    last transaction says that they are there.
    """
    async with context.database.transaction(SYSTEM) as session:
        file = await session.get(MediaFile, UUID(file_id))
        picture = await session.get(MediaPicture, UUID(file_id))
    if file is None or picture is None or picture.prepared_at is not None:
        return
    storage = context.services[STORAGE]
    content = await read_content(context.database, storage, file)
    try:
        encoded, seen = await asyncio.to_thread(_work, content, list(picture.sizes))
    except FileRefusedError as error:
        async with context.database.transaction(SYSTEM) as session:
            reason = {"reason": error.meta["reason"]}
            await _finish(session, file, [Finding(UNREADABLE, Severity.REVIEW, reason)])
        return
    for variant, variant_content in encoded.items():
        await storage.put(storage_key(file, variant), variant_content)
    async with context.database.transaction(SYSTEM) as session:
        kept = await session.get(MediaFile, file.id, with_for_update=True)
        prepared = await session.get(MediaPicture, file.id)
        if kept is not None and prepared is not None:
            kept.variants = variants_of(list(prepared.sizes))
            _write_down(prepared, seen)
            await enqueue(session, CHECK, file_id=file_id)
            return
    # Deleted meanwhile: its erasure may have come before these bytes.
    for variant in encoded:
        await storage.delete(storage_key(file, variant))


def _work(content: bytes, sizes: list[int]) -> "tuple[dict[str, bytes], Inspection]":
    # Its libraries of numbers and codes take a while to import, which no start has to wait for.
    from karavan.modules.media.inspection import inspect

    drawn = draw(content)
    return encode(drawn, sizes), inspect(drawn)


def _write_down(picture: MediaPicture, seen: "Inspection") -> None:
    picture.prepared_at = func.now()
    picture.sharpness = seen.sharpness
    picture.fingerprint = seen.fingerprint
    picture.bands = None if seen.fingerprint is None else bands_of(seen.fingerprint)
    picture.codes = [asdict(code) for code in seen.codes]


@job(CHECK, retries=4, timeout_s=120)
async def check_picture(context: JobContext, *, file_id: str) -> None:
    """Judge a prepared picture by what was seen, by its look-alikes, and by the classifier if there is one."""
    async with context.database.transaction(SYSTEM) as session:
        file = await session.get(MediaFile, UUID(file_id))
        picture = await session.get(MediaPicture, UUID(file_id))
        if file is None or picture is None or picture.checked_at is not None:
            return
        findings = judge_inspection(file, picture)
        findings += await find_look_alikes(session, picture)
    findings += await _classified(context, file, list(picture.sizes))
    async with context.database.transaction(SYSTEM) as session:
        await _finish(session, file, findings)


async def _classified(context: JobContext, file: MediaFile, sizes: list[int]) -> list[Finding]:
    """What the classifier says. One that stays silent to the last attempt holds up nothing, and that is written down."""
    classifier = context.services[PICTURE_CLASSIFIER]
    if classifier is None:
        return [Finding(NOT_CLASSIFIED, Severity.ADVICE, {"reason": "no_classifier"})]
    side = max(size for size in sizes if size <= _CLASSIFIED_SIDE)
    content = await context.services[STORAGE].read(storage_key(file, f"{side}.webp"))
    try:
        labels = await classifier.classify(content)
    except ClassifierError as error:
        if not context.last_attempt:
            raise
        log.warning("picture_not_classified", error=str(error)[:300])
        return [Finding(NOT_CLASSIFIED, Severity.ADVICE, {"reason": "unavailable"})]
    return judge_labels(labels, context.settings.vision)


async def _finish(session: AsyncSession, file: MediaFile, findings: Sequence[Finding]) -> None:
    """Replace what earlier checks found and say that the picture has been checked."""
    picture = await session.scalar(
        select(MediaPicture).where(MediaPicture.file_id == file.id).with_for_update()
    )
    if picture is None or picture.checked_at is not None:
        return
    await session.execute(delete(MediaCheck).where(MediaCheck.file_id == file.id))
    for finding in findings:
        session.add(
            MediaCheck(
                file_id=file.id,
                organisation_id=file.organisation_id,
                code=finding.code,
                severity=finding.severity,
                facts=finding.facts,
                related_file_id=finding.related_file_id,
            )
        )
    picture.checked_at = func.now()
    record_event(
        session,
        "picture.checked",
        organisation_id=file.organisation_id,
        aggregate_id=file.id,
        payload={
            "media_id": str(file.id),
            "codes": sorted(finding.code for finding in findings),
            "needs_review": any(one.severity is Severity.REVIEW for one in findings),
        },
    )
