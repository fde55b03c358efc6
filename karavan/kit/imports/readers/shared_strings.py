"""The shared texts of a workbook, kept on disk: a million different names must not live in memory."""

import mmap
import tempfile
from array import array
from collections.abc import Iterator
from typing import Any

from lxml import etree

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.archives import elements
from karavan.kit.imports.readers.cells import CELL_MAX_CHARACTERS

_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT = f"{_NAMESPACE}t"
_PHONETIC = f"{_NAMESPACE}rPh"
_RECENT_MAX = 4096


class SharedStrings:
    """Texts by number. They are unpacked only as far as they are asked for: the first rows need the first texts.

    A text takes eight bytes of memory and its own bytes on disk; the latest ones asked for are kept decoded.
    """

    def __init__(self, stream: Any) -> None:
        self._items: Iterator[etree._Element] = iter(())
        if stream is not None:
            self._items = elements(stream, [f"{_NAMESPACE}si", "si"])
        self._file = tempfile.TemporaryFile(prefix="karavan-strings-")  # noqa: SIM115  # closed by `close`
        self._ends = array("Q", [0])
        self._map: mmap.mmap | None = None
        self._mapped_bytes = 0
        self._recent: dict[int, str] = {}

    def __getitem__(self, index: int) -> str:
        """The text of a number.

        Raises:
            TableRefusedError: the workbook has no such text.
        """
        recent = self._recent.get(index)
        if recent is not None:
            return recent
        if index + 1 >= len(self._ends):
            self._unpack(index)
        if index < 0 or index + 1 >= len(self._ends):
            raise TableRefusedError(TableRefusal.DAMAGED)
        text = self._read(self._ends[index], self._ends[index + 1])
        if len(self._recent) >= _RECENT_MAX:
            self._recent.clear()
        self._recent[index] = text
        return text

    def _unpack(self, index: int) -> None:
        # A good stretch further than asked: the next rows will want the next texts.
        wanted = index + 10_000
        for item in self._items:
            content = text_of(item).encode("utf-8", "replace")
            self._file.write(content)
            self._ends.append(self._ends[-1] + len(content))
            if len(self._ends) > wanted:
                break
        self._file.flush()

    def _read(self, start: int, end: int) -> str:
        if start == end:
            return ""
        if self._map is None or end > self._mapped_bytes:
            if self._map is not None:
                self._map.close()
            self._map = mmap.mmap(self._file.fileno(), self._ends[-1], access=mmap.ACCESS_READ)
            self._mapped_bytes = self._ends[-1]
        return self._map[start:end].decode()

    def close(self) -> None:
        """Forget the texts."""
        if self._map is not None:
            self._map.close()
            self._map = None
        self._file.close()


def text_of(item: etree._Element) -> str:
    """The text of a shared or inline string: all its runs, without the reading aid of East Asian scripts.

    Raises:
        TableRefusedError: it is longer than any cell.
    """
    first = item[0] if len(item) else None
    if first is not None and len(item) == 1 and str(first.tag).endswith("}t"):
        text = first.text or ""
    else:
        text = "".join(
            part.text or ""
            for part in item.iter(_TEXT)
            if not any(above.tag == _PHONETIC for above in part.iterancestors())
        )
    if len(text) > CELL_MAX_CHARACTERS:
        raise TableRefusedError(TableRefusal.TOO_WIDE)
    return text
