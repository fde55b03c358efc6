"""What is wrong with a picture of goods, and who should look at it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct, field
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Integer

from karavan.modules.media.fingerprints import DISTANCE_MAX, probes_of
from karavan.modules.media.models import MediaFile, MediaPicture, Severity
from karavan.modules.media.ports import Label
from karavan.settings import VisionSettings

SIDE_MIN = 300
"""A longer side below this cannot be seen on a page."""
SIDE_RECOMMENDED = 800
SHARPNESS_MIN = 12.0
SHARPNESS_RECOMMENDED = 60.0
"""Measured on product photographs blurred by a Gaussian of 4 and of 2 pixels at 1,080 pixels."""


class Finding(Struct, frozen=True):
    """One thing that was found.

    Attributes:
        facts: what the owner may be shown.
        related_file_id: for moderators alone.
    """

    code: str
    severity: Severity
    facts: dict[str, Any] = field(default_factory=dict)
    related_file_id: UUID | None = None


def judge_inspection(file: MediaFile, picture: MediaPicture) -> list[Finding]:
    """What size, sharpness and codes say."""
    findings = []
    facts: dict[str, Any]
    longest = max(file.width or 0, file.height or 0)
    if longest < SIDE_RECOMMENDED:
        severity = Severity.REVIEW if longest < SIDE_MIN else Severity.ADVICE
        facts = {"width": file.width, "height": file.height, "recommended": SIDE_RECOMMENDED}
        findings.append(Finding("picture.small", severity, facts))
    sharpness = picture.sharpness or 0.0
    if sharpness < SHARPNESS_RECOMMENDED:
        severity = Severity.REVIEW if sharpness < SHARPNESS_MIN else Severity.ADVICE
        facts = {"sharpness": sharpness, "recommended": SHARPNESS_RECOMMENDED}
        findings.append(Finding("picture.blurred", severity, facts))
    contacts = [code for code in picture.codes if code["contact"]]
    if contacts:
        facts = {"codes": [{"kind": one["kind"], "text": one["text"]} for one in contacts]}
        findings.append(Finding("picture.contact_code", Severity.REVIEW, facts))
    return findings


_LOOK_ALIKES = text(
    """
    select near.file_id, near.organisation_id = :organisation_id as own,
           bit_count((near.fingerprint # :fingerprint)::bit(64)) as distance
    from media_pictures near join media_files file on file.id = near.file_id
    where near.bands && :probes and near.file_id <> :file_id
      and bit_count((near.fingerprint # :fingerprint)::bit(64)) <= :distance_max
      and file.attached_at is not null
    order by distance, near.file_id
    limit 50
    """
).bindparams(bindparam("probes", type_=ARRAY(Integer)))


async def find_look_alikes(session: AsyncSession, picture: MediaPicture) -> list[Finding]:
    """The nearest picture of the same firm and of another one that is nearly this one and stands somewhere already.

    Whose the other one is, its owner is not told.

    Args:
        session: the system's, as it looks across firms.
    """
    if picture.fingerprint is None:
        return []
    values = {
        "file_id": picture.file_id,
        "organisation_id": picture.organisation_id,
        "fingerprint": picture.fingerprint,
        "probes": probes_of(picture.fingerprint),
        "distance_max": DISTANCE_MAX,
    }
    rows = (await session.execute(_LOOK_ALIKES, values)).all()
    own = next((row for row in rows if row.own), None)
    others = next((row for row in rows if not row.own), None)
    findings = []
    if own is not None:
        facts = {"media_id": str(own.file_id), "distance": own.distance}
        findings.append(Finding("picture.duplicate_own", Severity.ADVICE, facts, own.file_id))
    if others is not None:
        facts = {"distance": others.distance}
        findings.append(Finding("picture.duplicate_other", Severity.REVIEW, facts, others.file_id))
    return findings


def judge_labels(labels: Sequence[Label], settings: VisionSettings) -> list[Finding]:
    """A finding when the classifier is sure of something that the operator does not want to see."""
    unwanted = {name.strip().casefold() for name in settings.unwanted.split(",") if name.strip()}
    found = [
        {"label": label.name, "score": round(label.score, 4)}
        for label in sorted(labels, key=lambda one: -one.score)
        if label.score >= settings.threshold and label.name.casefold() in unwanted
    ]
    return [Finding("picture.unwanted", Severity.REVIEW, {"labels": found})] if found else []
