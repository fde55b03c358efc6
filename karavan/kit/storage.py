"""The port for files: bytes under keys of our own making."""

import re
from collections.abc import AsyncIterator
from typing import BinaryIO, Protocol

from karavan.kit.errors import UnavailableError
from karavan.kit.services import Port

# Keys are made by the program, never by people; this is the last line against a path that climbs out.
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*(\.[a-z0-9]+)?")
_KEY_MAX_CHARACTERS = 200


class StorageKeyError(ValueError):
    """The key is not one that the program makes."""


class FileMissingError(Exception):
    """There is no file under this key."""


class StorageUnavailableError(UnavailableError, OSError):
    """The store does not answer, or refuses to be written."""


def checked_key(key: str) -> str:
    """The key, when it cannot name anything outside the store.

    Raises:
        StorageKeyError: it could, or is no key of ours.
    """
    if len(key) > _KEY_MAX_CHARACTERS or not _KEY.fullmatch(key):
        raise StorageKeyError(f"not a storage key: {key[:80]!r}")
    return key


class Storage(Protocol):
    """Where files are kept. A file is written whole or not at all, and a key is written once.

    Every method raises `StorageUnavailableError` when the store does not work.
    """

    async def put(self, key: str, content: bytes | BinaryIO) -> None:
        """Keep the bytes, or those of an open file, under `key`."""

    async def read(self, key: str) -> bytes:
        """All bytes of a small file.

        Raises:
            FileMissingError: there is none.
        """

    async def stream(
        self, key: str, start: int = 0, end: int | None = None
    ) -> AsyncIterator[bytes]:
        """Bytes `start` to before `end`, in pieces. Opens the file at once, so that its absence shows before any byte.

        Raises:
            FileMissingError: there is none.
        """

    async def delete(self, key: str) -> None:
        """Forget a file; one that is not there is no error."""

    async def check(self) -> None:
        """Prove that files can be written and read.

        Raises:
            StorageUnavailableError: they cannot.
        """


STORAGE = Port[Storage]("file storage")
