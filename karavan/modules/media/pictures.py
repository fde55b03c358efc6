"""Pictures of goods: made upright, in the colours of the web, in a few sizes and two formats.

What is served is drawn anew: neither EXIF, which may tell where somebody lives, nor anything hidden in a file survives.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import blurhash
from PIL import Image, ImageCms, ImageOps

from karavan.modules.media.errors import FileRefusedError, Refusal
from karavan.modules.media.images import check_pixels, opened
from karavan.modules.media.picture_forms import CONTENT_TYPES, SIZES, Description

_SAVE: dict[str, dict[str, Any]] = {
    "webp": {"quality": 82, "method": 4},
    "avif": {"quality": 60, "speed": 8},
}
_BLURHASH_SIDE = 32
_BLURHASH_PARTS = (4, 3)
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def describe(file: BinaryIO) -> Description:
    """Size and blur-hash of a picture.

    Raises:
        FileRefusedError: it cannot be decoded to its end.
    """
    with _decoding(file) as image:
        sideways = image.getexif().get(0x0112, 1) >= 5
        width, height = image.size[::-1] if sideways else image.size
        image.draft("RGB", (_BLURHASH_SIDE * 4, _BLURHASH_SIDE * 4))
        small = _in_web_colours(image)
    small.thumbnail((_BLURHASH_SIDE, _BLURHASH_SIDE), Image.Resampling.BOX)
    upright = on_white(ImageOps.exif_transpose(small))
    colours = upright.tobytes()
    pixels = [
        [colours[at : at + 3] for at in range(row, row + upright.width * 3, 3)]
        for row in range(0, len(colours), upright.width * 3)
    ]
    return Description(width, height, blurhash.encode(pixels, *_BLURHASH_PARTS))


def draw(content: bytes) -> Image.Image:
    """A picture upright, in sRGB, its longest side at most the largest of `SIZES`.

    Raises:
        FileRefusedError: it cannot be decoded.
    """
    side = SIZES[-1]
    with _decoding(io.BytesIO(content)) as image:
        # A JPEG of many megapixels is decoded at a fraction of its size; half of what is thrown away smooths the rest.
        image.draft("RGB", (side * 2, side * 2))
        drawn = _in_web_colours(image)
    drawn = ImageOps.exif_transpose(drawn)
    drawn.thumbnail((side, side), Image.Resampling.LANCZOS)
    return drawn


def encode(drawn: Image.Image, sizes: list[int]) -> dict[str, bytes]:
    """The variants of a drawn picture by their names."""
    encoded = {}
    for size in sizes:
        fitted = drawn.copy()
        fitted.thumbnail((size, size), Image.Resampling.LANCZOS)
        fitted.info.clear()
        for extension in CONTENT_TYPES:
            buffer = io.BytesIO()
            fitted.save(buffer, extension.upper(), **_SAVE[extension])
            encoded[f"{size}.{extension}"] = buffer.getvalue()
    return encoded


def on_white(image: Image.Image) -> Image.Image:
    """What is transparent shows white, as on most pages."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


@contextmanager
def _decoding(file: BinaryIO) -> Iterator[Image.Image]:
    with opened(file) as image:
        check_pixels(image)
        try:
            yield image
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise FileRefusedError(Refusal.DAMAGED) from error


def _in_web_colours(image: Image.Image) -> Image.Image:
    """The first frame as RGB, or RGBA where it is transparent, converted by its own colour profile if it has one."""
    image.seek(0)
    image.load()
    orientation = image.getexif()
    # Of sixteen bits a channel, web formats show the upper eight.
    deep = image.mode.startswith("I")
    converted = image.convert("I").point(lambda value: value / 256).convert("L") if deep else image
    transparent = converted.mode in {"RGBA", "LA", "PA"} or "transparency" in converted.info
    profiled = _by_profile(converted)
    drawn = profiled.convert("RGBA" if transparent else "RGB")
    drawn.getexif().update(orientation)
    return drawn


def _by_profile(image: Image.Image) -> Image.Image:
    """Colours as the embedded profile means them; a broken profile is as good as none."""
    embedded = image.info.get("icc_profile")
    if not embedded or image.mode not in {"RGB", "CMYK", "L", "RGBA"}:
        return image
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(embedded))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, profile, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return image if converted is None else converted
