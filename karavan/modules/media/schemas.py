"""Answers about files, and the snapshot that documents keep of their attachments."""

from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from pydantic import Field

from karavan.kit.schemas import View
from karavan.modules.media.links import content_url
from karavan.modules.media.models import MediaFile, Purpose, Severity


class AttachmentSnapshot(TypedDict):
    """What a document stores of an attachment, in a JSONB column: enough to show it for ever."""

    id: str
    name: str
    size_bytes: int
    content_type: str
    sha256: str


class AttachmentView(View):
    """An attachment of a document, with a link that is good for an hour or two."""

    id: UUID
    name: str
    size_bytes: int
    content_type: str
    sha256: str
    url: str


class PictureSnapshot(TypedDict):
    """What goods store of a picture, in a JSONB column: just what `PictureView` shows."""

    id: str
    key: str
    width: int
    height: int
    sizes: list[int]
    blurhash: str
    alt: str


class PictureView(View):
    """A picture of goods. Its addresses are `/api/v1/media/pictures/{key}/{size}.webp` and `….avif`, and never change."""

    id: UUID
    key: str
    width: int = Field(description="Of the original, upright, in pixels.")
    height: int
    sizes: list[int] = Field(description="Longest sides in pixels, ascending.")
    blurhash: str = Field(description="Shown until the picture has come.")
    alt: str = Field(description="What it shows, for those who do not see it.")


class FindingView(View):
    """What a check of a picture found."""

    code: str = Field(description="Such as `picture.blurred` or `picture.contact_code`.")
    severity: Severity
    facts: dict[str, Any]


class PictureReport(View):
    """What is known of a picture's fitness."""

    media_id: UUID
    checked: bool = Field(description="False until the checks have run, a moment after the upload.")
    findings: list[FindingView]

    @property
    def needs_review(self) -> bool:
        """Whether a moderator has to look."""
        return any(finding.severity is Severity.REVIEW for finding in self.findings)


class MediaFileView(View):
    """A file of the organisation."""

    id: UUID
    name: str
    purpose: Purpose
    content_type: str
    size_bytes: int
    sha256: str = Field(description="Of the bytes that the link gives, in hexadecimal.")
    width: int | None
    height: int | None
    attached: bool = Field(description="Stands in a document, so it cannot be deleted.")
    created_at: datetime
    url: str = Field(description="Signed link, good for one to two hours.")
    variants: dict[str, str] = Field(
        description="Links to smaller pictures by their side in pixels."
    )


def view_of(file: MediaFile) -> MediaFileView:
    """A file as its organisation sees it."""
    return MediaFileView(
        id=file.id,
        name=file.name,
        purpose=file.purpose,
        content_type=file.content_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        width=file.width,
        height=file.height,
        attached=file.attached_at is not None,
        created_at=file.created_at,
        url=content_url(file.id),
        variants={variant: content_url(file.id, variant) for variant in file.variants},
    )
