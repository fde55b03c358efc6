"""What a file really is, judged by its content. Its name and the type that the sender claims decide nothing.

A short list is taken and everything else refused: no SVG or HTML (they run scripts), no programs, no macros, no archives
but the two office formats, no file that is also a file of another kind.
"""

import re
import zipfile
from collections.abc import Callable
from typing import BinaryIO

from lxml import etree
from msgspec import Struct

from karavan.modules.media.errors import FileRefusedError, Refusal

_HEAD_BYTES = 4096
_TAIL_BYTES = 66_000  # a zip archive's end record stands within the last 65,557 bytes
_UNPACKED_MAX_BYTES = 300 * 1024 * 1024
_RATIO_MAX = 200
_RATIO_FREE_BYTES = 10 * 1024 * 1024
_ENTRIES_MAX = 10_000

_MARKUP = re.compile(
    rb"<\s*(script|html|svg|iframe|object|embed|body|head|\?php|!doctype\s+html)\b|<\?php",
    re.IGNORECASE,
)
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\0asm",
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Judged(Struct, frozen=True):
    """What a file is.

    Attributes:
        extensions: those that suit it, the usual one first.
    """

    content_type: str
    extensions: tuple[str, ...]
    width: int | None = None
    height: int | None = None

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.content_type.startswith("image/")


_IMAGES: tuple[tuple[Callable[[bytes], bool], str, Judged], ...] = (
    (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), "PNG", Judged("image/png", ("png",))),
    (lambda head: head.startswith(b"\xff\xd8\xff"), "JPEG", Judged("image/jpeg", ("jpg", "jpeg"))),
    (
        lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
        "WEBP",
        Judged("image/webp", ("webp",)),
    ),
    (lambda head: head.startswith((b"GIF87a", b"GIF89a")), "GIF", Judged("image/gif", ("gif",))),
)
_PDF = Judged("application/pdf", ("pdf",))
_XLSX = Judged("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
_DOCX = Judged("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
_XML = Judged("application/xml", ("xml",))
_CSV = Judged("text/csv", ("csv", "tsv", "txt"))
_TXT = Judged("text/plain", ("txt", "log", "md"))


def judge(file: BinaryIO, size_bytes: int, name: str) -> Judged:
    """Find out what `file` is.

    Args:
        name: tells plain text that is a table from plain text that is none; nothing else.

    Raises:
        FileRefusedError: it is nothing that is taken, or not sound.
    """
    if size_bytes == 0:
        raise FileRefusedError(Refusal.EMPTY)
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    file.seek(max(size_bytes - _TAIL_BYTES, 0))
    tail = file.read()
    for matches, image_format, judged in _IMAGES:
        if matches(head):
            _refuse_stowaways(head, tail)
            # The library of pictures is read in with the first of them.
            from karavan.modules.media.images import image_size

            width, height = image_size(file, image_format)
            return Judged(judged.content_type, judged.extensions, width, height)
    if head.startswith(b"%PDF-"):
        if b"%%EOF" not in tail[-2048:]:
            raise FileRefusedError(Refusal.DAMAGED)
        if b"PK\x05\x06" in tail:
            raise FileRefusedError(Refusal.DISGUISED)
        return _PDF
    if head.startswith(b"PK\x03\x04"):
        return _judge_office(file, size_bytes)
    if head.startswith(_PROGRAMS) or b"%PDF-" in head[:1024]:
        raise FileRefusedError(Refusal.TYPE)
    return _judge_text(file, size_bytes, name)


def _refuse_stowaways(head: bytes, tail: bytes) -> None:
    """Refuse a picture that is at the same time an archive, a document or a page."""
    if b"PK\x05\x06" in tail or b"%PDF-" in head[:1024] or _MARKUP.search(head):
        raise FileRefusedError(Refusal.DISGUISED)


def _judge_office(file: BinaryIO, size_bytes: int) -> Judged:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileRefusedError(Refusal.DAMAGED) from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    ratio_broken = unpacked > max(size_bytes * _RATIO_MAX, _RATIO_FREE_BYTES)
    # Entries that overlap add up to more packed bytes than the file has.
    if (
        len(entries) > _ENTRIES_MAX
        or unpacked > _UNPACKED_MAX_BYTES
        or ratio_broken
        or packed > size_bytes
    ):
        raise FileRefusedError(Refusal.ZIP_BOMB)
    names = {entry.filename for entry in entries}
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise FileRefusedError(Refusal.CLIMBS)
    lowered = {name.lower() for name in names}
    if any(name.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) for name in lowered):
        raise FileRefusedError(Refusal.ACTIVE_CONTENT)
    if "[Content_Types].xml" in names:
        if "xl/workbook.xml" in names:
            return _XLSX
        if "word/document.xml" in names:
            return _DOCX
    raise FileRefusedError(Refusal.TYPE)


def _judge_text(file: BinaryIO, size_bytes: int, name: str) -> Judged:
    file.seek(0)
    text = _decoded(file.read(size_bytes))
    start = text[:_HEAD_BYTES].lstrip()
    if start.startswith("<"):
        return _judge_xml(file)
    if _MARKUP.search(text[:_HEAD_BYTES].encode()):
        raise FileRefusedError(Refusal.ACTIVE_CONTENT)
    return _CSV if name.lower().endswith((".csv", ".tsv")) else _TXT


def _decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or the Cyrillic code page that old spreadsheets write.

    Raises:
        FileRefusedError: the bytes are no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text) and (encoding != "cp1251" or _reads_as_words(text)):
            return text
    raise FileRefusedError(Refusal.TYPE)


def _reads_as_words(text: str) -> bool:
    """Whether text in a code page, where nearly any bytes are valid, is made of letters, digits and spaces."""
    sample = text[:20_000]
    ordinary = sum(character.isalnum() or character.isspace() for character in sample)
    return ordinary >= len(sample) * 0.7


class _XmlInspector:
    """Sees the document pass without keeping any of it: flat memory, whatever its size."""

    _NAMESPACES = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}")
    _NAMES = frozenset({"html", "svg", "script", "foreignobject", "stylesheet"})

    def start(self, tag: str, *_: object) -> None:
        local = tag.rpartition("}")[2].rpartition(":")[2].lower()
        if tag.startswith(self._NAMESPACES) or local in self._NAMES:
            raise FileRefusedError(Refusal.ACTIVE_CONTENT)

    def pi(self, target: str, *_: object) -> None:
        if target == "xml-stylesheet":
            raise FileRefusedError(Refusal.ACTIVE_CONTENT)

    def doctype(self, *_: object) -> None:
        raise FileRefusedError(Refusal.ACTIVE_CONTENT)

    def close(self) -> None:
        pass


def _judge_xml(file: BinaryIO) -> Judged:
    parser = etree.XMLParser(  # type: ignore[call-overload]  # the stubs ask for methods that lxml leaves optional
        target=_XmlInspector(),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    file.seek(0)
    try:
        etree.parse(file, parser)
    except etree.XMLSyntaxError as error:
        file.seek(0)
        markup = _MARKUP.search(file.read(_HEAD_BYTES))
        raise FileRefusedError(Refusal.ACTIVE_CONTENT if markup else Refusal.DAMAGED) from error
    return _XML
