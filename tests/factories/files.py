"""Small real files of every kind that is taken, and some that are not."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import httpx
from PIL import Image

from karavan.settings import Settings


def picture(image_format: str = "PNG", size: tuple[int, int] = (40, 30), **save: object) -> bytes:
    """A picture of two colours."""
    image = Image.new("RGB", size, (163, 72, 27))
    image.paste((244, 241, 236), (0, 0, size[0] // 2, size[1]))
    buffer = io.BytesIO()
    image.save(buffer, image_format, **save)
    return buffer.getvalue()


def picture_with_place() -> bytes:
    """A photograph on its side whose EXIF says where and on what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn by 90 degrees
    exif[0x0110] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", (60, 40), exif=exif)


def png_header_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing: what a decompression bomb looks like from outside."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
        + b"\0\0\0\0IDAT"
        + struct.pack(">I", zlib.crc32(b"IDAT"))
        + b"\0\0\0\0IEND\xaeB`\x82"
    )


def archive(entries: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as opened:
        for name, content in entries.items():
            opened.writestr(name, content)
    return buffer.getvalue()


XLSX = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
DOCX = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
XML = b'<?xml version="1.0" encoding="UTF-8"?><Invoice><ID>1</ID></Invoice>'
CSV = "Название;Количество\nТруба 57х3;120\n".encode()


async def upload(
    client: httpx.AsyncClient,
    content: bytes = PDF,
    name: str = "Смета.pdf",
    purpose: str | None = None,
) -> httpx.Response:
    """Upload a file under a false content type, which must not matter."""
    data = {} if purpose is None else {"purpose": purpose}
    return await client.post(
        "/api/v1/media", files={"file": (name, content, "text/html")}, data=data
    )


def kept_files(settings: Settings) -> list[Path]:
    """What lies in the file store."""
    return [path for path in (settings.data_dir / "files").rglob("*") if path.is_file()]
