"""Zip files from strangers: judged by their directory before anything is unpacked, and unpacked as a stream."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO

from lxml import etree

from karavan.kit.imports.errors import TableRefusal, TableRefusedError

UNPACKED_MAX_BYTES = 4 * 1024**3
RATIO_MAX = 200
RATIO_FREE_BYTES = 10 * 1024**2
ENTRIES_MAX = 10_000
_SMALL_MAX_BYTES = 16 * 1024**2
_PROLOGUE_BYTES = 4096
_ACTIVE = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)

DAMAGES = (
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    UnicodeError,
    ValueError,
    zlib.error,
)
"""What libraries raise about archives and documents that are not sound."""


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turn what the libraries raise about a broken file into our refusal."""
    try:
        yield
    except DAMAGES as error:
        raise TableRefusedError(TableRefusal.DAMAGED) from error


def open_archive(file: BinaryIO, size_bytes: int) -> zipfile.ZipFile:
    """A zip file whose directory promises nothing absurd.

    `zipfile` itself stops at the size that the directory names, so what was promised is what can come.

    Raises:
        TableRefusedError: it is damaged, encrypted, carries programs, names files outside itself, or would unpack to far more than its size.
    """
    with refusing_damage():
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > ENTRIES_MAX
        or unpacked > min(UNPACKED_MAX_BYTES, max(size_bytes * RATIO_MAX, RATIO_FREE_BYTES))
        # Entries that overlap add up to more packed bytes than the file has.
        or packed > size_bytes
    ):
        raise TableRefusedError(TableRefusal.BOMB)
    for entry in entries:
        if entry.flag_bits & 1:
            raise TableRefusedError(TableRefusal.ENCRYPTED)
        climbs = entry.filename.startswith(("/", "\\")) or ".." in re.split(
            r"[/\\]", entry.filename
        )
        if climbs:
            raise TableRefusedError(TableRefusal.CLIMBS)
        if entry.filename.lower().endswith(_ACTIVE):
            raise TableRefusedError(TableRefusal.ACTIVE_CONTENT)
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A small document of the archive, whole; nothing when there is none of this name.

    Raises:
        TableRefusedError: it is damaged, too large for what it is, or declares entities.
    """
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    if entry.file_size > _SMALL_MAX_BYTES:
        raise TableRefusedError(TableRefusal.BOMB)
    with refusing_damage():
        content = archive.read(name)
        refuse_doctype(content[:_PROLOGUE_BYTES])
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(content, parser)


def refuse_doctype(prologue: bytes) -> None:
    """Refuse a document type: office programs write none, and entities hide in them.

    Raises:
        TableRefusedError: there is one.
    """
    if _DOCTYPE.search(prologue.replace(b"\0", b"")):
        raise TableRefusedError(TableRefusal.ACTIVE_CONTENT)


class Counted:
    """A stream that knows how much of it was read."""

    def __init__(self, stream: IO[bytes], size_bytes: int) -> None:
        self._stream = stream
        self._size_bytes = max(size_bytes, 1)
        self._read_bytes = 0

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        piece = self._stream.read(size)
        if self._read_bytes == 0:
            refuse_doctype(piece[:_PROLOGUE_BYTES])
        self._read_bytes += len(piece)
        return piece

    @property
    def fraction(self) -> float:
        """How much lies behind, from 0 to 1."""
        return min(self._read_bytes / self._size_bytes, 1.0)


def elements(stream: Any, tags: Iterable[str]) -> Iterator[etree._Element]:
    """Elements of a long document, one after another; each is forgotten when the next is asked for.

    Raises:
        TableRefusedError: the document is not sound.
    """
    with refusing_damage():
        events = etree.iterparse(
            stream,
            events=("end",),
            tag=list(tags),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for _, element in events:
            yield element
            element.clear()
            parent = element.getparent()
            if parent is not None:
                while element.getprevious() is not None:
                    del parent[0]
