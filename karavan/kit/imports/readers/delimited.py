"""CSV in whatever dialect and encoding it comes."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.cells import CELL_MAX_CHARACTERS, Cell, Row, Sheet, checked_width

_SAMPLE_BYTES = 256 * 1024
# Small enough that the progress of a file of some thousand rows is seen.
_CHUNK_BYTES = 64 * 1024
_DELIMITERS = ";,\t|"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def sniff_encoding(file: BinaryIO) -> str:
    """The encoding: by its mark, else UTF-16 by its zeros, else UTF-8 when all is valid, else Windows-1251.

    Reads the whole file once, in pieces.

    Raises:
        TableRefusedError: the bytes are no text.
    """
    file.seek(0)
    head = file.read(_SAMPLE_BYTES)
    if head.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif (guess := _utf16_without_mark(head)) is not None:
        encodings = [guess]
    else:
        encodings = ["utf-8", "cp1251"]
    for encoding in encodings:
        if _decodes(file, encoding):
            return encoding
    raise TableRefusedError(
        TableRefusal.ENCODING if encodings[0].startswith("utf-16") else TableRefusal.TYPE
    )


def _utf16_without_mark(head: bytes) -> str | None:
    even, odd = head[:4096:2].count(0), head[1:4096:2].count(0)
    few = len(head[:4096]) // 10
    if odd > few > even:
        return "utf-16-le"
    return "utf-16-be" if even > few > odd else None


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    letters = seen = 0
    try:
        while piece := file.read(_CHUNK_BYTES):
            text = decoder.decode(piece)
            if _CONTROL.search(text):
                return False
            if seen < 50_000:
                sample = text[:50_000]
                letters += sum(c.isalnum() or c.isspace() or c in ";,|" for c in sample)
                seen += len(sample)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    # Nearly any bytes are valid in a code page: a table is made of letters, digits, spaces and delimiters.
    return encoding != "cp1251" or letters >= seen * 0.7


def sniff_delimiter(sample: str) -> str:
    """The delimiter under which most lines have the same, and the greatest, number of fields."""
    declared = _SEPARATOR_LINE.match(sample)
    if declared and declared[1] in _DELIMITERS:
        return declared[1]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(sample), delimiter=delimiter)
        widths: Counter[int] = Counter()
        try:
            for index, row in enumerate(reader):
                if index >= 200:
                    break
                widths[len(row)] += 1
        except csv.Error:
            continue
        widths.pop(0, None)
        widths.pop(1, None)
        if not widths:
            continue
        width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = lines * (1 + min(width, 50) / 50)
        if score > best_score:
            best, best_score = delimiter, score
    return best


class DelimitedTable:
    """A CSV file, read with the quotes of RFC 4180."""

    kind = "csv"

    def __init__(self, file: BinaryIO, size_bytes: int) -> None:
        self._file = file
        self._size_bytes = max(size_bytes, 1)
        self.sheets = [Sheet("")]
        self.encoding = sniff_encoding(file)
        file.seek(0)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        sample = decoder.decode(file.read(_SAMPLE_BYTES))
        if not sample.strip("\ufeff \r\n\t"):
            raise TableRefusedError(TableRefusal.EMPTY)
        self.delimiter = sniff_delimiter(sample)

    def rows(self, sheet: int) -> Iterator[Row]:
        """The rows that have any content; one that spans lines has the number of a record, not of a line."""
        del sheet
        self._file.seek(0)
        lines = self._lines()
        reader = csv.reader(lines, delimiter=self.delimiter)
        number = 0
        fraction = 0.0
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = TableRefusal.TOO_WIDE if "limit" in str(error) else TableRefusal.DAMAGED
                raise TableRefusedError(reason) from error
            number += 1
            if number == 1 and fields and _SEPARATOR_LINE.fullmatch(self.delimiter.join(fields)):
                continue
            if number & 63 == 0:
                fraction = min(self._file.tell() / self._size_bytes, 1.0)
            cells: list[Cell] = [field or None for field in fields]
            if any(cells):
                yield Row(number, checked_width(cells), fraction)

    def _lines(self) -> Iterator[str]:
        """Lines with their ends, decoded in pieces; no line longer than any sensible record."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        rest = ""
        while piece := self._file.read(_CHUNK_BYTES):
            text = rest + decoder.decode(piece)
            if "\n" not in text:
                # Old programs of one maker ended lines with CR alone.
                text = text.replace("\r", "\n")
            *whole, rest = text.split("\n")
            yield from (line + "\n" for line in whole)
            if len(rest) > CELL_MAX_CHARACTERS * 10:
                raise TableRefusedError(TableRefusal.TOO_WIDE)
        rest += decoder.decode(b"", final=True)
        if rest:
            yield rest

    def close(self) -> None:
        """Close the file."""
        self._file.close()


csv.field_size_limit(CELL_MAX_CHARACTERS)
