"""Pictures: checked before they are decoded, and made anew where they stand for a person or a firm."""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from karavan.modules.media.errors import FileRefusedError, Refusal
from karavan.modules.media.models import ORIGINAL

PIXELS_MAX = 50_000_000
_SIDES = {ORIGINAL: 512, "256": 256, "64": 64}
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def image_size(file: BinaryIO, expected_format: str) -> tuple[int, int]:
    """Width and height in pixels, after the structure has been checked but before anything is decoded.

    Raises:
        FileRefusedError: too many pixels, damaged, or of another format than its first bytes say.
    """
    with opened(file) as image:
        if image.format != expected_format:
            raise FileRefusedError(Refusal.DAMAGED)
        check_pixels(image)
        size = image.size
        try:
            image.verify()
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise FileRefusedError(Refusal.DAMAGED) from error
    return size


def square_variants(content: bytes) -> dict[str, bytes]:
    """Square WebP pictures of 512, 256 and 64 pixels, the middle of the given one.

    They are drawn anew: neither EXIF (which may tell where somebody lives) nor anything hidden in the file survives.

    Raises:
        FileRefusedError: no picture, damaged, or too many pixels.
    """
    with opened(io.BytesIO(content)) as image:
        check_pixels(image)
        try:
            image.seek(0)
            upright = ImageOps.exif_transpose(image).convert("RGBA")
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise FileRefusedError(Refusal.DAMAGED) from error
    variants = {}
    for name, side in _SIDES.items():
        fitted = ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        fitted.save(buffer, "WEBP", quality=85, method=4)
        variants[name] = buffer.getvalue()
    return variants


def opened(file: BinaryIO) -> Image.Image:
    """The picture in a file, its pixels not yet read.

    Raises:
        FileRefusedError: it is none of a kind that is taken.
    """
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Our own limit is lower than the one that Pillow warns of.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(file, formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise FileRefusedError(Refusal.TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise FileRefusedError(Refusal.DAMAGED) from error


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would fill the memory: before it is decoded, by what it says of itself.

    Raises:
        FileRefusedError: too many pixels, in one frame or in all of them.
    """
    frames = getattr(image, "n_frames", 1)
    width, height = image.size
    if width * height * min(frames, 1000) > PIXELS_MAX * (10 if frames > 1 else 1):
        raise FileRefusedError(Refusal.TOO_MANY_PIXELS)
    if width * height > PIXELS_MAX:
        raise FileRefusedError(Refusal.TOO_MANY_PIXELS)
