"""Pictures made by the project itself: marks of companies and faces of people, drawn from their names."""

import hashlib
import io

from PIL import Image, ImageDraw

_SIZE = 256
_PALETTES = (
    ("#0f766e", "#5eead4", "#f0fdfa"),
    ("#9a3412", "#fdba74", "#fff7ed"),
    ("#1e3a8a", "#93c5fd", "#eff6ff"),
    ("#3f6212", "#bef264", "#f7fee7"),
    ("#86198f", "#f0abfc", "#fdf4ff"),
    ("#7c2d12", "#fcd34d", "#fffbeb"),
)


def company_mark(name: str) -> bytes:
    """A company's logo as PNG: a five by five pattern, mirrored, in two colours of one palette."""
    digest = hashlib.sha256(name.encode()).digest()
    dark, light, ground = _PALETTES[digest[0] % len(_PALETTES)]
    image = Image.new("RGB", (_SIZE, _SIZE), ground)
    draw = ImageDraw.Draw(image)
    cell, margin = 40, 28
    for row in range(5):
        for column in range(3):
            value = digest[1 + row * 3 + column]
            if value % 5 < 2:
                continue
            colour = dark if value % 2 else light
            for x in {column, 4 - column}:
                left, top = margin + x * cell, margin + row * cell
                draw.rounded_rectangle(
                    (left + 2, top + 2, left + cell - 3, top + cell - 3), 9, fill=colour
                )
    return _png(image)


def portrait(name: str) -> bytes:
    """A person's picture as PNG: a simple bust before a coloured ground."""
    digest = hashlib.sha256(name.encode()).digest()
    dark, light, ground = _PALETTES[digest[1] % len(_PALETTES)]
    skin = ("#f2d3b1", "#e0ac69", "#c68642", "#f6dfc8")[digest[2] % 4]
    hair = ("#2c1b10", "#4a2f1b", "#1b1b1f", "#7b4a21")[digest[3] % 4]
    image = Image.new("RGB", (_SIZE, _SIZE), light)
    draw = ImageDraw.Draw(image)
    draw.ellipse((-40, 150, _SIZE + 40, _SIZE + 190), fill=dark)
    draw.rectangle((110, 140, 146, 190), fill=skin)
    draw.ellipse((82, 50, 174, 168), fill=skin)
    if digest[4] % 2:
        draw.pieslice((74, 38, 182, 150), 180, 360, fill=hair)
    else:
        draw.chord((72, 36, 184, 176), 165, 15, fill=hair)
        draw.ellipse((94, 74, 162, 166), fill=skin)
    draw.polygon(((100, 196), (128, 226), (156, 196)), fill=ground)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
