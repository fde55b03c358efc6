"""Identifiers: UUID version 7 (RFC 9562), so that rows made together stand together in an index."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last_ms = 0
_counter = 0
_RANDOM = 0x3FFF_FFFF_FFFF_FFFF


def _stamp() -> int:
    """The upper half of the next identifier, without its random part. Call it under the lock."""
    global _last_ms, _counter  # noqa: PLW0603  # the counter is the process's, under its lock
    now_ms = time.time_ns() // 1_000_000
    if now_ms > _last_ms:
        _last_ms, _counter = now_ms, int.from_bytes(os.urandom(1), "big")
    else:
        _counter += 1
        if _counter > 0xFFF:
            _last_ms, _counter = _last_ms + 1, 0
    return _last_ms << 80 | 0x7 << 76 | _counter << 64 | 0b10 << 62


def new_id() -> UUID:
    """A new UUIDv7, strictly increasing within this process (RFC 9562 § 6.2, method 1: a 12-bit counter)."""
    with _lock:
        stamp = _stamp()
    return UUID(int=stamp | int.from_bytes(os.urandom(8), "big") & _RANDOM)


def new_ids(count: int) -> list[UUID]:
    """Many of them, in ascending order, for the price of few calls of the system."""
    with _lock:
        stamps = [_stamp() for _ in range(count)]
    random = os.urandom(8 * count)
    return [
        UUID(int=stamp | int.from_bytes(random[8 * place : 8 * place + 8], "big") & _RANDOM)
        for place, stamp in enumerate(stamps)
    ]
