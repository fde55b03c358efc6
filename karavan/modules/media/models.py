"""Files that people upload and that the platform makes."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified

ORIGINAL = "original"
"""The variant that every file has; pictures of people and firms have smaller ones besides."""


class Purpose(StrEnum):
    """What a file is for, which decides what it may be."""

    ATTACHMENT = "attachment"
    AVATAR = "avatar"
    LOGO = "logo"
    IMAGE = "image"
    IMPORT = "import"
    GENERATED = "generated"


class FileState(StrEnum):
    """Where the bytes are."""

    UPLOADING = "uploading"
    BUFFERED = "buffered"
    READY = "ready"


class Severity(StrEnum):
    """What a finding asks for: nothing but the owner's attention, or the eyes of a moderator."""

    ADVICE = "advice"
    REVIEW = "review"


class MediaFile(Identified, Base):
    """One file. Its row is written before its bytes, so that a crash leaves nothing that no row knows of."""

    __tablename__ = "media_files"

    organisation_id: Mapped[UUID]
    uploaded_by: Mapped[UUID | None]
    purpose: Mapped[Purpose] = mapped_column(String)
    name: Mapped[str]
    content_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    variants: Mapped[list[str]] = mapped_column(server_default="[]")
    state: Mapped[FileState] = mapped_column(String)
    attached_at: Mapped[datetime | None]
    # When a document let go of it; whether another one has it is found out by the nightly sweep.
    released_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        Index("ix_media_files_organisation_id_id", "organisation_id", "id"),
        Index(
            "ix_media_files_uploading",
            "created_at",
            postgresql_where=text("state = 'uploading'"),
        ),
        Index(
            "ix_media_files_loose",
            text("coalesce(released_at, created_at)"),
            postgresql_where=text("attached_at is null or released_at is not null"),
        ),
    )


class MediaBuffer(Base):
    """Bytes that wait in the database for a job to carry them to the file store.

    A file that is made inside a transaction comes true with it, and no transaction waits for a file store.
    """

    __tablename__ = "media_buffers"

    file_id: Mapped[UUID] = mapped_column(
        ForeignKey("media_files.id", ondelete="CASCADE"), primary_key=True
    )
    variant: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MediaPicture(Base):
    """What is known of a picture of goods beyond its being a file: its public address, and what a look at it found.

    Attributes:
        key: random; whoever knows it may see the picture, so it can be kept for long by browsers and caches.
        sizes: longest sides in pixels, ascending; each is there as WebP and AVIF once `prepared_at` is set.
        fingerprint: perceptual hash of 64 bits; nothing for a picture without features.
        bands: its four quarters, each with its place, for the search for look-alikes.
        codes: barcodes and QR codes in the picture.
    """

    __tablename__ = "media_pictures"

    file_id: Mapped[UUID] = mapped_column(
        ForeignKey("media_files.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(unique=True)
    blurhash: Mapped[str]
    sizes: Mapped[list[Any]]
    prepared_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    sharpness: Mapped[float | None] = mapped_column(Float)
    fingerprint: Mapped[int | None]
    bands: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    codes: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")

    __table_args__ = (
        Index("ix_media_pictures_organisation_id", "organisation_id"),
        Index("ix_media_pictures_bands", "bands", postgresql_using="gin"),
    )


class MediaCheck(Identified, Base):
    """One thing that a check found in a picture, or that could not be checked.

    Attributes:
        facts: what the owner may be shown.
        related_file_id: the picture of somebody else that it resembles; for moderators alone.
    """

    __tablename__ = "media_checks"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("media_files.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID]
    code: Mapped[str]
    severity: Mapped[Severity] = mapped_column(String)
    facts: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    related_file_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        UniqueConstraint("file_id", "code"),
        Index("ix_media_checks_organisation_id", "organisation_id"),
    )


def storage_key(file: MediaFile, variant: str = ORIGINAL) -> str:
    """Where a variant's bytes are kept; made of ids alone, never of a name from outside."""
    return f"media/{file.organisation_id}/{file.id}/{variant}"
