"""Reading a table file of any kind, judged by its content."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers.archives import open_archive
from karavan.kit.imports.readers.cells import Cell, Row, Sheet, Table, as_text
from karavan.kit.imports.readers.delimited import DelimitedTable
from karavan.kit.imports.readers.ods import OdsTable
from karavan.kit.imports.readers.xlsx import XlsxTable, is_workbook

__all__ = ["Cell", "Row", "Sheet", "Table", "as_text", "kind_of", "open_table"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BM",
)


def kind_of(file: BinaryIO, size_bytes: int) -> str:
    """Which kind of table a file is: `csv`, `xlsx`, `xls` or `ods`. Its name decides nothing.

    Raises:
        TableRefusedError: it is none, or not sound.
    """
    if size_bytes == 0:
        raise TableRefusedError(TableRefusal.EMPTY)
    file.seek(0)
    head = file.read(4096)
    if head.startswith(_OLE):
        # A workbook with a password wears the same coat, as a package of its own.
        if "EncryptedPackage".encode("utf-16-le") in head + file.read(1024 * 1024):
            raise TableRefusedError(TableRefusal.ENCRYPTED)
        return "xls"
    if head.startswith(b"PK\x03\x04"):
        archive = open_archive(file, size_bytes)
        if is_workbook(archive):
            return "xlsx"
        if _is_ods(archive):
            return "ods"
        raise TableRefusedError(TableRefusal.TYPE)
    if head.startswith(_OTHERS) or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise TableRefusedError(TableRefusal.TYPE)
    return "csv"


def _is_ods(archive: zipfile.ZipFile) -> bool:
    try:
        declared = archive.read("mimetype")[:80]
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError):
        return False
    return declared.startswith(b"application/vnd.oasis.opendocument.spreadsheet")


def _binary(file: BinaryIO, size_bytes: int) -> Table:
    # Few files are of the years before 2007: their library is read in with the first.
    from karavan.kit.imports.readers.xls import XlsTable

    return XlsTable(file, size_bytes)


_READERS: dict[str, Callable[[BinaryIO, int], Table]] = {
    "csv": DelimitedTable,
    "xlsx": XlsxTable,
    "xls": _binary,
    "ods": OdsTable,
}


def open_table(source: Path | BinaryIO) -> Table:
    """Open a table file for reading; the caller closes it.

    Args:
        source: its path, or the open file itself.

    Raises:
        TableRefusedError: it is no table, or not sound.
    """
    file = source.open("rb") if isinstance(source, Path) else source
    try:
        size_bytes = file.seek(0, io.SEEK_END)
        table = _READERS[kind_of(file, size_bytes)](file, size_bytes)
    except BaseException:
        file.close()
        raise
    return table
