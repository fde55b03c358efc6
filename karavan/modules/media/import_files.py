"""Files that are uploaded to be imported: tables of every kind that can be read, and archives of pictures beside them."""

import io
from typing import BinaryIO, cast

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.readers import kind_of, open_table
from karavan.kit.imports.readers.archives import open_archive
from karavan.modules.media.sniffing import Judged

_KINDS = {
    "csv": Judged("text/csv", ("csv", "tsv", "txt")),
    "xlsx": Judged("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    "xls": Judged("application/vnd.ms-excel", ("xls",)),
    "ods": Judged("application/vnd.oasis.opendocument.spreadsheet", ("ods",)),
}
_ZIP = Judged("application/zip", ("zip",))
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")


def judge_import(file: BinaryIO, size_bytes: int, name: str) -> Judged:
    """Find out what a file is that somebody wants to import. Nothing of it is kept in memory.

    Raises:
        TableRefusedError: it is neither a table nor an archive of pictures, or not sound.
    """
    del name
    try:
        kind = kind_of(file, size_bytes)
    except TableRefusedError as error:
        if error.reason is TableRefusal.TYPE and _is_album(file, size_bytes):
            return _ZIP
        raise
    # The reader closes what it has read: it gets a view of its own.
    open_table(cast("BinaryIO", _Unclosed(file))).close()
    return _KINDS[kind]


def _is_album(file: BinaryIO, size_bytes: int) -> bool:
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return False
    entries = [one for one in open_archive(file, size_bytes).infolist() if not one.is_dir()]
    pictures = sum(one.filename.lower().endswith(_PICTURES) for one in entries)
    return pictures > 0 and pictures * 2 >= len(entries)


class _Unclosed(io.BufferedIOBase):
    """A file that stays open when a reader has finished with it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to `size` bytes."""
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The present place."""
        return self._file.tell()

    def seekable(self) -> bool:
        """It is."""
        return True

    def readable(self) -> bool:
        """It is."""
        return True

    def close(self) -> None:
        """Leave the file open."""
