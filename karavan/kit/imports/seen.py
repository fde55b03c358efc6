"""Which keys a file has had so far, kept on disk: a million of them must not live in memory."""

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path


class SeenKeys:
    """Tells rows whose key stood in the file before. Used from one thread at a time."""

    def __init__(self) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="karavan-import-")
        self._database = sqlite3.connect(
            Path(self._directory.name) / "keys", check_same_thread=False, isolation_level=None
        )
        for statement in (
            "pragma journal_mode = off",
            "pragma synchronous = off",
            "pragma cache_size = -4000",
            "create table keys (key text primary key, number integer) without rowid",
            "begin",
        ):
            self._database.execute(statement)

    def add(self, keys: Sequence[tuple[str, int]]) -> dict[int, int]:
        """Remember keys with the numbers of their rows.

        Returns:
            For each row whose key had come before: its number, and that of the first row.
        """
        repeated: dict[int, int] = {}
        execute = self._database.execute
        for key, number in keys:
            taken = execute("insert or ignore into keys values (?, ?)", (key, number)).rowcount
            if taken != 1:
                row = execute("select number from keys where key = ?", (key,)).fetchone()
                repeated[number] = row[0]
        return repeated

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that have been remembered."""
        execute = self._database.execute
        return {
            key
            for key in set(keys)
            if execute("select 1 from keys where key = ?", (key,)).fetchone() is not None
        }

    def close(self) -> None:
        """Forget all of it."""
        self._database.close()
        self._directory.cleanup()
