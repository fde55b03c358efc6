"""A stored file on this machine's disk, for as long as it is read."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from karavan.kit.storage import Storage

_WRITE_BYTES = 4 * 1024 * 1024


@asynccontextmanager
async def on_disk(storage: Storage, key: str) -> AsyncIterator[Path]:
    """Fetch a file and forget it when the block ends. Table files are read back and forth, and several times.

    Args:
        key: of the file in the store.

    Raises:
        FileMissingError: the store has none of this key.
    """
    with tempfile.TemporaryDirectory(prefix="karavan-import-") as directory:
        path = Path(directory) / "file"
        with path.open("wb") as target:
            waiting = bytearray()
            async for piece in await storage.stream(key):
                waiting += piece
                if len(waiting) >= _WRITE_BYTES:
                    await asyncio.to_thread(target.write, bytes(waiting))
                    waiting.clear()
            await asyncio.to_thread(target.write, bytes(waiting))
        yield path
