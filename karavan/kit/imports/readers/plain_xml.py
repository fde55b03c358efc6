"""A shorter way through the XML that all common programs write: no namespaces' prefixes, comments or sections of raw text.

A parser makes an object of every element; here one expression takes a cell. Whether a document is so plain is asked of
the whole of it beforehand, and any piece that the expressions do not know goes to the parser alone, with the document's
own first tag around it. What is read is the same either way.
"""

import codecs
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.archives import refusing_damage

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PIECE_BYTES = 256 * 1024
_PIECE_MAX_CHARACTERS = 16 * 1024**2
_PROLOGUE = re.compile(
    r'\s*(?:<\?xml version="1\.[01]"(?: encoding="(?i:utf-8)")?(?: standalone="(?:yes|no)")?\s*\?>\s*)?'
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PARSER_OPTIONS: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}


def surely_plain(head: bytes, root: str) -> bool:
    """Whether a document begins as one of UTF-8 whose `root` has the main namespace without a prefix.

    Args:
        head: its first bytes, 4096 or so.
    """
    text = head.decode("utf-8", "ignore").removeprefix("\ufeff")
    prologue = _PROLOGUE.match(text)
    rest = text[prologue.end() :] if prologue else text
    first, _, _ = rest.partition(">")
    return (
        first.startswith((f"<{root} ", f"<{root}\n"))
        and f'xmlns="{MAIN}"' in first
        and not first.endswith("/")
    )


def is_plain(archive: zipfile.ZipFile, part: str, root: str) -> bool:
    """Whether the shorter way is open to a part: it is read through once, and nothing of it kept."""
    with refusing_damage(), archive.open(part) as stream:
        piece = stream.read(PIECE_BYTES)
        if not surely_plain(piece[:4096], root):
            return False
        piece = piece[2:].lstrip(b"?")
        while piece:
            if b"<!" in piece or b"<?" in piece:
                return False
            following = stream.read(PIECE_BYTES)
            # A sign of two letters may lie across two pieces.
            if piece[-1:] == b"<" and following[:1] in {b"!", b"?"}:
                return False
            piece = following
    return True


class PlainPieces:
    """The repeated elements of a plain document, as text between the end tags.

    Args:
        stream: gives bytes by `read`.
        root: of the document, such as `worksheet`.
        container: the element around the repeated ones, the root itself for none.
        tag: of the repeated elements.

    Attributes:
        remainder: what stands behind the last end tag, such as elements without content; known at the end.
    """

    def __init__(self, stream: Any, *, root: str, container: str, tag: str) -> None:
        self._stream = stream
        self._root = root
        self._container = container
        self._end_tag = f"</{tag}>"
        self._opening = ""
        self.remainder = ""

    def __iter__(self) -> Iterator[str]:
        """Each element with whatever stands before it, without its end tag.

        Raises:
            TableRefusedError: the document is not sound.
        """
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        rest, begun = "", False
        while True:
            with refusing_damage():
                content = self._stream.read(PIECE_BYTES)
                text = decoder.decode(content, final=not content)
            if _CONTROL.search(text):
                raise TableRefusedError(TableRefusal.DAMAGED)
            if not content:
                break
            rest += text
            if not begun:
                begun, rest = self._begin(rest)
            if begun:
                *whole, rest = rest.split(self._end_tag)
                yield from whole
            if len(rest) > _PIECE_MAX_CHARACTERS:
                raise TableRefusedError(TableRefusal.TOO_WIDE)
            if f"</{self._container}>" in rest:
                self._end(rest + self._tail(decoder))
                return
        self._end(rest)

    def _begin(self, text: str) -> tuple[bool, str]:
        """Whether the elements have begun, and what is left to be read of them."""
        start = text.find(f"<{self._root}")
        close = text.find(">", start)
        if start < 0 or close < 0:
            return False, text
        self._opening = text[start : close + 1]
        if self._container != self._root:
            found = re.search(f"<{self._container}(?: [^<>]*)?(/?)>", text)
            if found is None:
                return False, text
            if found[1]:
                return True, f"</{self._container}>" + text[found.end() :]
            close = found.end() - 1
        return True, text[close + 1 :]

    def _tail(self, decoder: codecs.IncrementalDecoder) -> str:
        """The end of what follows the elements; what lies between is of no interest."""
        tail = ""
        with refusing_damage():
            while content := self._stream.read(PIECE_BYTES):
                tail = (tail + decoder.decode(content))[-200:]
        return tail

    def _end(self, text: str) -> None:
        between, closed, _ = text.partition(f"</{self._container}>")
        if not closed or not text.rstrip().endswith(f"</{self._root}>"):
            raise TableRefusedError(TableRefusal.DAMAGED)
        self.remainder = between.strip()

    def parsed(self, piece: str, *, ended: bool = False) -> list[etree._Element]:
        """The elements of a piece that the expressions do not know, made by the parser.

        Args:
            ended: whether the piece is the remainder, whose elements are whole.

        Raises:
            TableRefusedError: the piece is not sound.
        """
        with refusing_damage():
            end_tag = "" if ended else self._end_tag
            document = f"{self._opening}{piece}{end_tag}</{self._root}>"
            return list(etree.fromstring(document, etree.XMLParser(**_PARSER_OPTIONS)))
