"""Files in a directory of this machine, or in S3, Google Cloud Storage or Azure, through obstore."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
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
    from obstore.store import ClientConfig, RetryConfig

log = structlog.get_logger()

_PIECE_BYTES = 256 * 1024
_ANSWER_CODE = re.compile(r"<Code>(\w+)</Code>")


# A person waits for the answer: obstore's own patience of ten attempts and three minutes is a job's, which tries again anyway.
_RETRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=10)}
# Silence is measured, not the whole: a table of a million rows takes as long as it takes.
_CLIENT: "ClientConfig" = {
    # Whoever writes http:// into the endpoint means it; these options would hide the variable that allows it.
    "allow_http": True,
    "connect_timeout": timedelta(seconds=5),
    "read_timeout": timedelta(seconds=10),
    "timeout": timedelta(minutes=10),
}

# A bucket that is not there is answered like a file that is not there, and only these words tell them apart.
_NO_BUCKET = ("NoSuchBucket", "ContainerNotFound", "specified bucket does not exist")


@contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if any(words in str(error) for words in _NO_BUCKET):
            raise _unavailable(error) from error
        raise FileMissingError(key) from error
    except (BaseError, OSError) as error:
        raise _unavailable(error) from error


def _unavailable(error: Exception) -> StorageUnavailableError:
    log.warning("storage_failed", error=str(error)[:300])
    return StorageUnavailableError("The file store does not answer.")


def why(error: StorageUnavailableError) -> str:
    """What the store itself said, for the operator alone: it names addresses and buckets."""
    told = str(error.__cause__ or error)
    code = _ANSWER_CODE.search(told)
    # What follows is the library's own state.
    first = told.split("\n", 1)[0].split("<?xml", 1)[0].strip(" :")
    return f"{first}: {code[1]}" if code else first


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
            return ObjectStorage(_store_at(settings.storage_url))
        except (BaseError, ValueError) as error:
            raise StorageUnavailableError(
                "KARAVAN_STORAGE_URL is no address of a file store, such as s3://bucket/prefix."
            ) from error
    directory = settings.data_dir.resolve() / "files"
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    return ObjectStorage(LocalStore(prefix=directory))


def _store_at(address: str) -> ObjectStore:
    if address.startswith(("file:", "memory:")):
        return from_url(address)
    return from_url(address, client_options=_CLIENT, retry_config=_RETRIES)


def memory_storage() -> ObjectStorage:
    """A store that forgets: for tests of what stands on the port."""
    return ObjectStorage(MemoryStore())
