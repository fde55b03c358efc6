"""In which sizes and formats a picture of goods is kept: known without the library that draws."""

from msgspec import Struct

SIZES = (160, 480, 1080)
"""Longest sides in pixels."""

CONTENT_TYPES = {"webp": "image/webp", "avif": "image/avif"}


class Description(Struct, frozen=True):
    """What can be shown before the picture itself has come.

    Attributes:
        width, height: in pixels, upright.
        blurhash: a few colours in 28 characters; https://github.com/woltapp/blurhash.
    """

    width: int
    height: int
    blurhash: str


def sizes_for(width: int, height: int) -> list[int]:
    """The sizes that a picture gets: none is drawn larger than it is, so small ones have fewer."""
    longest = max(width, height)
    return [size for index, size in enumerate(SIZES) if index == 0 or SIZES[index - 1] < longest]


def variants_of(sizes: list[int]) -> list[str]:
    """Names of the files that these sizes are kept as, such as `480.webp`."""
    return [f"{size}.{extension}" for size in sizes for extension in CONTENT_TYPES]
