"""Pictures of people and firms: their ids are kept here, their links are made by whoever keeps the files."""

from collections.abc import Callable
from uuid import UUID

_link: Callable[[UUID], str] | None = None


def use_picture_links(link: Callable[[UUID], str]) -> None:
    """Say how the id of a picture becomes an address. The composition root does, because files live above people."""
    global _link  # noqa: PLW0603  # chosen once per process, before the first request
    _link = link


def picture_url(media_id: UUID | None) -> str | None:
    """The address of a picture, or nothing where there is none."""
    return None if media_id is None or _link is None else _link(media_id)
