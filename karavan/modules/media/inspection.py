"""What a look at a picture tells: how sharp it is, what it resembles, and which codes stand in it."""

import re

import imagehash
import numpy as np
import zxingcpp
from msgspec import Struct
from PIL import Image

from karavan.modules.media.pictures import on_white

_TILES = 8
_TILE_MIN_PIXELS = 8
_FLAT_DEVIATION = 4.0
_CODE_TEXT_MAX = 300

# What a buyer could use to go round the platform. Numbers alone are not: every package has some.
_CONTACT = re.compile(
    r"https?://|www\.|\b(?:t|wa)\.me/|(?:mailto|tel|sms|geo|smsto|whatsapp|tg):|BEGIN:VCARD|MECARD:|WIFI:"
    r"|[\w.+-]+@[\w-]+\.[a-z]{2,}|\+\d[\d\s()-]{8,}\d",
    re.IGNORECASE,
)


class FoundCode(Struct, frozen=True):
    """A barcode or QR code in a picture.

    Attributes:
        contact: it leads to a page, a person or a number instead of naming goods.
    """

    kind: str
    text: str
    contact: bool


class Inspection(Struct, frozen=True):
    """What was seen.

    Attributes:
        sharpness: variance of the Laplacian in the sharpest twentieth of the picture.
        fingerprint: perceptual hash as a signed 64-bit number; nothing when the picture has no features.
    """

    sharpness: float
    fingerprint: int | None
    codes: tuple[FoundCode, ...]


def inspect(drawn: Image.Image) -> Inspection:
    """Look at a picture that `pictures.draw` has drawn."""
    plain = on_white(drawn)
    grey = plain.convert("L")
    return Inspection(sharpness(grey), fingerprint(grey), tuple(find_codes(grey)))


def sharpness(grey: Image.Image) -> float:
    """Variance of the Laplacian, the 95th percentile over 8 × 8 tiles.

    Over the whole picture it would call a sharp thing on a white ground blurred. Source: J. Pech-Pacheco and others,
    “Diatom autofocusing in brightfield microscopy”, 2000.
    """
    values = np.asarray(grey, dtype=np.float32)
    if min(values.shape) < 3:
        return 0.0
    edges = (
        values[:-2, 1:-1] + values[2:, 1:-1] + values[1:-1, :-2] + values[1:-1, 2:]
    ) - 4 * values[1:-1, 1:-1]
    tiles = max(1, min(_TILES, min(edges.shape) // _TILE_MIN_PIXELS))
    variances = [
        float(tile.var())
        for band in np.array_split(edges, tiles, axis=0)
        for tile in np.array_split(band, tiles, axis=1)
    ]
    return round(float(np.percentile(variances, 95)), 2)


def fingerprint(grey: Image.Image) -> int | None:
    """The perceptual hash of a picture: alike for pictures that look alike, whatever their size and format."""
    if float(np.asarray(grey, dtype=np.float32).std()) < _FLAT_DEVIATION:
        return None
    unsigned = int(str(imagehash.phash(grey)), 16)
    return unsigned - 2**64 if unsigned >= 2**63 else unsigned


def find_codes(grey: Image.Image) -> list[FoundCode]:
    """Codes of all kinds that zxing reads, each text once."""
    found: dict[str, FoundCode] = {}
    for code in zxingcpp.read_barcodes(grey):
        text = code.text.replace("\x00", "")[:_CODE_TEXT_MAX]
        found.setdefault(text, FoundCode(str(code.format), text, bool(_CONTACT.search(text))))
    return list(found.values())
