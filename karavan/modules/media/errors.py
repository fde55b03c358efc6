"""Refusals about files."""

from enum import StrEnum
from http import HTTPStatus

from karavan.kit.errors import DomainError


class Refusal(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TYPE = "type"
    DAMAGED = "damaged"
    DISGUISED = "disguised"
    ACTIVE_CONTENT = "active_content"
    CLIMBS = "climbs"
    TOO_MANY_PIXELS = "too_many_pixels"
    ZIP_BOMB = "zip_bomb"
    NOT_AN_IMAGE = "not_an_image"


_DETAILS = {
    Refusal.EMPTY: "The file is empty.",
    Refusal.TYPE: "Files of this kind are not taken. Taken are PNG, JPEG, WebP, GIF, PDF, CSV, TXT, XLSX, DOCX and XML.",
    Refusal.DAMAGED: "The file is damaged. Open it in its program, save it again, and upload it once more.",
    Refusal.DISGUISED: "The file is of two kinds at once. Save it again as one kind.",
    Refusal.ACTIVE_CONTENT: "The file contains macros, scripts or references to other files. Save it without them.",
    Refusal.CLIMBS: "The file holds names of files outside itself. Save it again in its program.",
    Refusal.TOO_MANY_PIXELS: "The picture is too large. Scale it down to at most 50 megapixels.",
    Refusal.ZIP_BOMB: "The file would unpack to far more than its size.",
    Refusal.NOT_AN_IMAGE: "A picture is needed here: PNG, JPEG, WebP or GIF.",
}


class FileRefusedError(DomainError):
    """The file's content is not taken; `meta.reason` says why."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "media.refused"
    title = "This file cannot be taken."

    def __init__(self, reason: Refusal) -> None:
        super().__init__(_DETAILS[reason], reason=reason.value)


class FileAttachedError(DomainError):
    """The file stands in a document that others rely on."""

    status = HTTPStatus.CONFLICT
    code = "media.attached"
    title = "This file is attached to a document and stays with it."


class LinkInvalidError(DomainError):
    """The link was not signed by us, or was changed."""

    status = HTTPStatus.FORBIDDEN
    code = "media.link_invalid"
    title = "This link is not valid."


class LinkExpiredError(DomainError):
    """The link was good once."""

    status = HTTPStatus.FORBIDDEN
    code = "media.link_expired"
    title = "This link has expired. Open the page again to get a new one."
