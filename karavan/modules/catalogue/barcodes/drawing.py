"""Symbols as SVG and PNG."""

import io
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from karavan.modules.catalogue.barcodes.symbols import Caption, Symbol, runs

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_BARS_RATIO = 0.55
"""Height of bars to the width of the symbol, near that of a nominal EAN-13."""
_BARS_MIN, _BARS_MAX = 30, 69
_GUARD_DROP = 5
_CAPTION_HEIGHT = 11
_FONT_MODULES = 9.5

SCALE_MAX = 20


def bars_height(symbol: Symbol) -> int:
    """Height of the bars of a linear symbol in modules."""
    return max(_BARS_MIN, min(_BARS_MAX, round(symbol.width * _BARS_RATIO)))


def total_height(symbol: Symbol) -> int:
    """Height in modules with captions and quiet zones."""
    if not symbol.is_linear:
        return len(symbol.rows) + 2 * symbol.quiet_y
    return 2 + bars_height(symbol) + (_CAPTION_HEIGHT if symbol.captions else 2)


def bars(symbol: Symbol) -> list[tuple[int, int, int, int]]:
    """Dark rectangles in modules: x, y, width, height."""
    if not symbol.is_linear:
        return [
            (symbol.quiet_left + start, symbol.quiet_y + y, width, 1)
            for y, row in enumerate(symbol.rows)
            for start, width in runs(row)
        ]
    height = bars_height(symbol)
    return [
        (
            symbol.quiet_left + start,
            2,
            width,
            height + (_GUARD_DROP if symbol.is_guard(start) else 0),
        )
        for start, width in runs(symbol.rows[0])
    ]


def draw_svg(symbol: Symbol, *, module_mm: float = 0.33) -> bytes:
    """The symbol as SVG with a size in millimetres: bars are one path, digits are text.

    Args:
        module_mm: width of the narrowest bar; 0.33 is the nominal size of an EAN-13.
    """
    width, height = symbol.width, total_height(symbol)
    path = "".join(f"M{x} {y}h{w}v{h}h-{w}z" for x, y, w, h in bars(symbol))
    texts = "".join(
        f'<text x="{_middle(symbol, caption):g}" y="{height - 1.5:g}" font-size="{_font_modules(caption):g}"'
        f' text-anchor="middle">{escape(caption.text)}</text>'
        for caption in symbol.captions
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width * module_mm:.2f}mm" height="{height * module_mm:.2f}mm" role="img"'
        f' aria-label="{escape(symbol.content, quote=True)}">'
        f'<path fill="#fff" d="M0 0h{width}v{height}h-{width}z"/>'
        f'<path fill="#000" shape-rendering="crispEdges" d="{path}"/>'
        f'<g fill="#000" font-family="OCR-B, Roboto Mono, monospace">{texts}</g></svg>'
    ).encode()


def draw_png(symbol: Symbol, *, scale: int = 4) -> bytes:
    """The symbol as a black and white PNG whose modules are whole pixels.

    Args:
        scale: pixels of a module, 1 to `SCALE_MAX`.
    """
    width, height = symbol.width * scale, total_height(symbol) * scale
    from PIL import Image, ImageDraw

    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for x, y, w, h in bars(symbol):
        draw.rectangle((x * scale, y * scale, (x + w) * scale - 1, (y + h) * scale - 1), fill=0)
    for caption in symbol.captions:
        middle = (_middle(symbol, caption) * scale, (total_height(symbol) - 1.5) * scale)
        font = _font(max(6, round(_font_modules(caption) * scale)))
        draw.text(middle, caption.text, fill=0, font=font, anchor="ms")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _middle(symbol: Symbol, caption: Caption) -> float:
    return symbol.quiet_left + (caption.start + caption.end) / 2


def _font_modules(caption: Caption) -> float:
    """Size of type that keeps a caption between its bars; digits are at most 0.62 of their size wide."""
    return min(_FONT_MODULES, (caption.end - caption.start) / (0.62 * max(1, len(caption.text))))


@lru_cache(maxsize=8)
def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    content = (files("font_roboto") / "files" / "Roboto-Regular.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(content), size)
