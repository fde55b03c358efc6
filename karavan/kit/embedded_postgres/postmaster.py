"""One run of the PostgreSQL server: starting it, waiting for it, ending it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct

from karavan.kit.embedded_postgres.account import ServerAccount
from karavan.kit.embedded_postgres.errors import EmbeddedPostgresError, disk_full
from karavan.kit.embedded_postgres.processes import PostmasterFile, kill_sessions, send

Tie = Literal["signal", "watch"]
DEFAULT_TIE: Tie = "signal" if sys.platform == "linux" else "watch"

_LAUNCHER = Path(__file__).with_name("launcher.py")
# Recovery after a crash replays at most `max_wal_size` of log.
_START_LIMIT_S = 120.0
_FAST_SHUTDOWN_LIMIT_S = 25.0
_IMMEDIATE_SHUTDOWN_LIMIT_S = 5.0
_READY_POLL_S = 0.005
_LOG_LIMIT_BYTES = 2 * 1024 * 1024


class PortTakenError(Exception):
    """Somebody else took the port between our look and the server's."""


class StartAbandonedError(Exception):
    """The supervisor was asked to stop while the server was starting."""


class Launch(Struct, frozen=True):
    """How programs are started: as whom, and how their life is tied to ours."""

    account: ServerAccount | None
    tie: Tie = DEFAULT_TIE

    def order(self, program: list[str], directory: Path) -> list[str]:
        """The command that makes the launcher start `program` in `directory`."""
        account = self.account
        order = {
            "program": program,
            "directory": str(directory),
            "account": None if account is None else {"uid": account.uid, "gid": account.gid},
            "parent_pid": os.getpid(),
            "tie": self.tie,
        }
        return [sys.executable, "-I", "-S", str(_LAUNCHER), json.dumps(order)]

    def run(self, program: list[str], directory: Path) -> tuple[int, str]:
        """Run a program to its end.

        Returns:
            its exit code and everything it said.
        """
        with subprocess.Popen(  # noqa: S603 - our own command, no shell
            self.order(program, directory),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            assert process.stdout is not None
            # Not communicate(): it would close the program's input, which means "stop" to a watcher.
            output = process.stdout.read()
            return process.wait(), output


class Postmaster:
    """A started server process.

    It must be made by a thread that lives as long as the server should: to Linux the parent of a
    process is the thread that forked it, and the server stops when that thread ends.
    """

    def __init__(
        self, program: list[str], *, cluster: Path, launch: Launch, log_file: Path
    ) -> None:
        """Start the server; `wait_until_ready` tells how that went.

        Args:
            program: the command with all its options.
            cluster: PostgreSQL's own directory.
            launch: how to start it.
            log_file: where its messages go; kept small.
        """
        self._cluster = cluster
        self._tie = launch.tie
        self._log_file = log_file
        stale = PostmasterFile.read(cluster)
        self._stale_pid = stale.pid if stale else None
        rotate_log(log_file)
        log_flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with os.fdopen(os.open(log_file, log_flags, 0o600), "ab") as log:
            self._log_start = log.tell()
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                launch.order(program, cluster),
                stdin=subprocess.PIPE if launch.tie == "watch" else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C in a terminal reaches the whole group; the server must outlive the
                # application's own shutdown, which still writes.
                start_new_session=True,
            )

    @property
    def is_alive(self) -> bool:
        """Whether the server process runs."""
        return self._process.poll() is None

    def wait_until_ready(self, is_abandoned: Callable[[], bool]) -> None:
        """Wait until the server accepts connections.

        Args:
            is_abandoned: asked often; once it is true the waiting ends.

        Raises:
            PortTakenError: another port may work.
            StartAbandonedError: `is_abandoned` said so; the server still runs.
            EmbeddedPostgresError: the server gave up or took too long.
        """
        deadline = time.monotonic() + _START_LIMIT_S
        while True:
            if self._own_file_says_ready():
                return
            if not self.is_alive:
                raise self._explain_failure()
            if is_abandoned():
                raise StartAbandonedError
            if time.monotonic() > deadline:
                self.stop()
                raise EmbeddedPostgresError(
                    "start_timeout",
                    f"PostgreSQL did not become ready within {_START_LIMIT_S:.0f} seconds.",
                    f"Its log is {self._log_file}.",
                )
            time.sleep(_READY_POLL_S)

    def _own_file_says_ready(self) -> bool:
        file = PostmasterFile.read(self._cluster)
        if file is None or not file.is_ready:
            return False
        # Under a watcher our child is the watcher, not the server.
        return file.pid == self._process.pid or (
            self._tie == "watch" and file.pid != self._stale_pid
        )

    def _explain_failure(self) -> Exception:
        with self._log_file.open("rb") as log:
            log.seek(self._log_start)
            said = log.read().decode(errors="replace").strip()
        if "Address already in use" in said or "could not bind" in said:
            return PortTakenError()
        if "No space left on device" in said or "Disk quota exceeded" in said:
            return disk_full(self._cluster)
        return EmbeddedPostgresError(
            "start_failed",
            f"PostgreSQL did not start: {said[-800:]}",
            f"Its whole log is {self._log_file}.",
        )

    def stop(self) -> None:
        """End the server: politely, then firmly, then by force. Returns once it is gone."""
        for number, limit_s in (
            (signal.SIGINT, _FAST_SHUTDOWN_LIMIT_S),
            (signal.SIGQUIT, _IMMEDIATE_SHUTDOWN_LIMIT_S),
        ):
            if self._process.poll() is None:
                self._process.send_signal(number)
            try:
                self._process.wait(limit_s)
                break
            except subprocess.TimeoutExpired:
                continue
        else:
            file = PostmasterFile.read(self._cluster)
            if file is not None and file.pid != self._stale_pid:
                send(file.pid, signal.SIGKILL)
            self._process.kill()
            self._process.wait()
            kill_sessions(self._cluster)
        if self._process.stdin is not None:
            self._process.stdin.close()


def rotate_log(log_file: Path) -> None:
    """Keep the log small: beyond its limit it becomes `.1`, and the last `.1` is forgotten.

    The content is copied and the file emptied, because the running server keeps it open; it writes
    in append mode, so it goes on at the new end.
    """
    try:
        if log_file.stat().st_size <= _LOG_LIMIT_BYTES:
            return
    except FileNotFoundError:
        return
    older = log_file.with_name(f"{log_file.name}.1")
    older.unlink(missing_ok=True)
    descriptor = os.open(older, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target, log_file.open("rb") as source:
        # The end is what a reader wants, and a server in trouble can write a lot.
        source.seek(-min(log_file.stat().st_size, 4 * _LOG_LIMIT_BYTES), os.SEEK_END)
        shutil.copyfileobj(source, target)
    os.truncate(log_file, 0)
