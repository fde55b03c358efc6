"""Pictures of goods, drawn flat: a thing on the ground of its supplier, in one light, with a word on it.

Everything is drawn twice as large as it is kept, which smooths its edges.
"""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

from karavan.demo.packshot_shapes import SHAPES, Brush
from karavan.demo.packshot_wares import WARES

_SIDE = 1600
_KEPT = 800
_DRAWN = {**SHAPES, **WARES}


def packshot(shape: str, colour: str, *, label: str, scene: str) -> bytes:
    """A picture of a thing as PNG, 800 pixels square.

    Args:
        shape: a name in `SHAPES` or `WARES`.
        colour: of the thing, as `#rrggbb`.
        label: what stands on it; may be empty.
        scene: the supplier, by the key of the company.
    """
    image = Image.new("RGB", (_SIDE, _SIDE))
    draw = ImageDraw.Draw(image)
    _GROUNDS[scene](draw)
    _DRAWN[shape](Brush(draw, colour, _font), label)
    buffer = io.BytesIO()
    # Weak compression: the pictures are drawn anew in their sizes a moment later.
    image.reduce(_SIDE // _KEPT).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def complaint_photograph(shape: str, colour: str, *, label: str, scene: str) -> bytes:
    """The same thing as a buyer would show what is wrong with it: held askew in poor light, the spot circled, as JPEG."""
    sharp = Image.open(io.BytesIO(packshot(shape, colour, label=label, scene=scene)))
    askew = sharp.rotate(11, Image.Resampling.BICUBIC, fillcolor="#4b4640")
    image = askew.point([round(level * 0.78) for level in range(256)] * 3)
    draw = ImageDraw.Draw(image)
    draw.line((330, 430, 390, 470, 360, 520, 430, 580), fill="#2b2622", width=9, joint="curve")
    draw.ellipse((270, 380, 490, 630), outline="#d92d20", width=9)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def _sun(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, _SIDE, _SIDE), fill="#fdf6e7")
    draw.ellipse((180, 90, 1420, 1330), fill="#f8e3b4")
    draw.rectangle((0, 1330, _SIDE, _SIDE), fill="#efd9a7")


def _beams(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, _SIDE, _SIDE), fill="#e6edf3")
    draw.polygon(
        ((0, 1000), (1000, 0), (1600, 0), (1600, 160), (160, 1600), (0, 1600)), fill="#d3dfe9"
    )
    draw.rectangle((0, 1360, _SIDE, _SIDE), fill="#b9c9d6")


def _shelf(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, _SIDE, _SIDE), fill="#e8f4f1")
    draw.rectangle((0, 0, 520, _SIDE), fill="#d5ebe5")
    draw.rectangle((0, 1300, _SIDE, 1390), fill="#9cc4b8")
    draw.rectangle((0, 1390, _SIDE, _SIDE), fill="#c4e0d8")


_GROUNDS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "altyn": _sun,
    "volga": _beams,
    "kaspi_office": _shelf,
}
