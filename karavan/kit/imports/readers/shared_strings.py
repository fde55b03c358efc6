"""The shared texts of a workbook, kept on disk: a million different names must not live in memory."""

import os
import re
import tempfile
from array import array
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from typing import Any

from lxml import etree

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.archives import elements
from karavan.kit.imports.readers.cells import CELL_MAX_CHARACTERS
from karavan.kit.imports.readers.plain_xml import PlainPieces

_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT = f"{_NAMESPACE}t"
_PHONETIC = f"{_NAMESPACE}rPh"
_RECENT_MAX = 4096
_STRETCH = 10_000
_NUMBER_BYTES = 8
_ITEM = re.compile(r'\s*<si><t(?: xml:space="preserve")?>([^<&\r]*)</t>')


class SharedStrings:
    """Texts by number. They are unpacked only as far as they are asked for: the first rows need the first texts.

    What was unpacked lies on disk; the latest stretch, and the latest ones asked for beside it, are kept decoded.

    Args:
        stream: of the part, nothing when the workbook has none.
        plain: whether the shorter way is open to the part.
    """

    def __init__(self, stream: Any, plain: Callable[[], bool]) -> None:
        self._stream = stream
        self._plain = plain
        self._items: Iterator[str] | None = None
        self._texts = tempfile.TemporaryFile(prefix="karavan-strings-")  # noqa: SIM115  # closed by `close`
        self._ends = tempfile.TemporaryFile(prefix="karavan-strings-")  # noqa: SIM115  # closed by `close`
        self._count = 0
        self._end = 0
        self._first = 0
        self._stretch: list[str] = []
        self._recent: dict[int, str] = {}

    def __getitem__(self, index: int) -> str:
        """The text of a number.

        Raises:
            TableRefusedError: the workbook has no such text.
        """
        offset = index - self._first
        if 0 <= offset < len(self._stretch):
            return self._stretch[offset]
        recent = self._recent.get(index)
        if recent is not None:
            return recent
        while index >= self._count and self._unpack():
            pass
        if not 0 <= index < self._count:
            raise TableRefusedError(TableRefusal.DAMAGED)
        if index >= self._first:
            return self._stretch[index - self._first]
        text = self._read(index)
        if len(self._recent) >= _RECENT_MAX:
            self._recent.clear()
        self._recent[index] = text
        return text

    def text(self, number: str) -> str | None:
        """The text of a number as a cell writes it; nothing for an empty one."""
        offset = int(number) - self._first
        if 0 <= offset < len(self._stretch):
            return self._stretch[offset] or None
        return self[offset + self._first] or None

    def _unpack(self) -> bool:
        """The next stretch; false when there is none."""
        if self._items is None:
            self._items = self._written()
        stretch = list(islice(self._items, _STRETCH))
        if not stretch:
            return False
        contents = [text.encode("utf-8", "replace") for text in stretch]
        ends = array("Q", accumulate(map(len, contents), initial=self._end))
        self._texts.write(b"".join(contents))
        self._ends.write(ends[1:].tobytes())
        self._texts.flush()
        self._ends.flush()
        self._first, self._stretch = self._count, stretch
        self._count += len(stretch)
        self._end = ends[-1]
        return True

    def _written(self) -> Iterator[str]:
        if self._stream is None:
            return
        if not self._plain():
            for item in elements(self._stream, [f"{_NAMESPACE}si", "si"]):
                yield text_of(item)
            return
        pieces = PlainPieces(self._stream, root="sst", container="sst", tag="si")
        for piece in pieces:
            found = _ITEM.fullmatch(piece)
            if found is None:
                for element in pieces.parsed(piece):
                    yield text_of(element)
            elif len(found[1]) > CELL_MAX_CHARACTERS:
                raise TableRefusedError(TableRefusal.TOO_WIDE)
            else:
                yield found[1]
        for element in pieces.parsed(pieces.remainder, ended=True):
            yield text_of(element)

    def _read(self, index: int) -> str:
        before = max(index - 1, 0) * _NUMBER_BYTES
        numbers = array(
            "Q", os.pread(self._ends.fileno(), _NUMBER_BYTES * min(index + 1, 2), before)
        )
        start, end = (0, numbers[0]) if index == 0 else (numbers[0], numbers[1])
        return os.pread(self._texts.fileno(), end - start, start).decode()

    def close(self) -> None:
        """Forget the texts."""
        self._texts.close()
        self._ends.close()


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
