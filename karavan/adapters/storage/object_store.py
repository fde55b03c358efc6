"""Files in a directory of this machine, or in S3, Google Cloud Storage or Azure, through obstore."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from karavan.kit.ids import new_id
from karavan.kit.storage import FileMissingError, StorageUnavailableError, checked_key
from karavan.settings import Settings

if TYPE_CHECKING:
    from obstore import GetOptions, GetResult  # exist in the stubs alone

log = structlog.get_logger()

_PIECE_BYTES = 256 * 1024


@contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileMissingError(key) from error
    except (BaseError, OSError) as error:
        log.warning("storage_failed", error=str(error)[:300])
        raise StorageUnavailableError("The file store does not answer.") from error


class ObjectStorage:
    """The port on any store that obstore speaks to."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, key: str, content: bytes | BinaryIO) -> None:
        """Keep a file; obstore writes to a temporary name and renames, or uploads in parts and completes."""
        with _translated(checked_key(key)):
            await obstore.put_async(self._store, key, content)

    async def read(self, key: str) -> bytes:
        """All bytes of a small file."""
        with _translated(checked_key(key)):
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())

    async def stream(
        self, key: str, start: int = 0, end: int | None = None
    ) -> AsyncIterator[bytes]:
        """Pieces of a file."""
        options: GetOptions | None = None
        if end is not None:
            options = {"range": (start, end)}
        elif start:
            options = {"range": {"offset": start}}
        with _translated(checked_key(key)):
            found = await obstore.get_async(self._store, key, options=options)
        return _pieces(found)

    async def delete(self, key: str) -> None:
        """Forget a file."""
        with suppress(FileMissingError), _translated(checked_key(key)):
            await obstore.delete_async(self._store, key)

    async def check(self) -> None:
        """Write, read and delete a small file."""
        key = f"checks/{new_id()}"
        await self.put(key, b"karavan")
        try:
            kept = await self.read(key)
        except FileMissingError as error:
            raise StorageUnavailableError("The file store loses what it is given.") from error
        if kept != b"karavan":
            raise StorageUnavailableError("The file store gave back other bytes than it was given.")
        await self.delete(key)


async def _pieces(found: "GetResult") -> AsyncIterator[bytes]:
    async for piece in found.stream(_PIECE_BYTES):
        yield bytes(piece)


def open_storage(settings: Settings) -> ObjectStorage:
    """The store that the settings name; without one, `files` in the data directory, for our eyes only.

    Raises:
        StorageUnavailableError: there is no store of such an address.
        OSError: the directory cannot be made.
    """
    if settings.storage_url:
        try:
            return ObjectStorage(from_url(settings.storage_url))
        except (BaseError, ValueError) as error:
            raise StorageUnavailableError(
                "KARAVAN_STORAGE_URL is no address of a file store, such as s3://bucket/prefix."
            ) from error
    directory = settings.data_dir.resolve() / "files"
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    return ObjectStorage(LocalStore(prefix=directory))


def memory_storage() -> ObjectStorage:
    """A store that forgets: for tests of what stands on the port."""
    return ObjectStorage(MemoryStore())
