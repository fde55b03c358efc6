"""Finding and ending the server processes that an earlier supervisor left behind."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

logger = logging.getLogger("karavan.embedded_postgres")

# A server whose supervisor has just died is already shutting down; let it finish on its own.
_OWN_SHUTDOWN_LIMIT_S = 5.0
_FAST_SHUTDOWN_LIMIT_S = 20.0
_IMMEDIATE_SHUTDOWN_LIMIT_S = 5.0
_POLL_S = 0.01

# Linux; elsewhere processes are looked up with `ps`.
HAS_PROC = Path("/proc/self/cwd").exists()


class PostmasterFile(Struct, frozen=True):
    """What PostgreSQL's own `postmaster.pid` says."""

    pid: int
    port: int
    socket_directory: str
    is_ready: bool

    @classmethod
    def read(cls, cluster: Path) -> "PostmasterFile | None":
        """The file's content, or None while it is missing or half written."""
        try:
            lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return None
        try:
            is_ready = len(lines) > 7 and lines[7].strip() == "ready"
            return cls(int(lines[0]), int(lines[3]), lines[4], is_ready)
        except (IndexError, ValueError):
            return None


def is_server_of(pid: int, cluster: Path) -> bool:
    """Whether a process is a PostgreSQL server process of this cluster.

    A process id alone proves nothing: after a restart of the machine, or in a container, another
    program may carry it.
    """
    if HAS_PROC:
        try:
            # Every server process works in its data directory.
            directory = Path(f"/proc/{pid}/cwd").readlink()
            program = Path(f"/proc/{pid}/exe").readlink()
        except OSError:
            return False
        return program.name.removesuffix(" (deleted)") == "postgres" and directory == cluster
    listing = subprocess.run(  # noqa: S603 - a fixed command, no shell
        ["ps", "-o", "command=", "-p", str(pid)],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=False,
    )
    return "postgres" in listing.stdout and str(cluster) in listing.stdout


def server_processes(cluster: Path) -> list[int]:
    """Ids of all living server processes of this cluster, as far as the system lets us see."""
    if HAS_PROC:
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    else:
        file = PostmasterFile.read(cluster)
        pids = [file.pid] if file else []
    return [pid for pid in pids if is_server_of(pid, cluster)]


def clear_leftovers(cluster: Path) -> None:
    """End every server process of this cluster and remove a `postmaster.pid` that misleads.

    The caller holds the lock of the data directory, so no living supervisor wants these processes.
    First the orphaned server may finish the shutdown it began when its supervisor died; then it is
    asked, then told, then killed. All three keep acknowledged transactions.
    """
    file = PostmasterFile.read(cluster)
    if file is not None and is_server_of(file.pid, cluster):
        _end_server(file.pid, cluster)
    kill_sessions(cluster)
    file = PostmasterFile.read(cluster)
    if file is not None and is_alive(file.pid):
        # The id now belongs to an unrelated program; PostgreSQL would take it for a running server.
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def _end_server(pid: int, cluster: Path) -> None:
    logger.info("waiting for the previous PostgreSQL server (process %d) to stop", pid)
    for number, limit_s in (
        (None, _OWN_SHUTDOWN_LIMIT_S),
        (signal.SIGINT, _FAST_SHUTDOWN_LIMIT_S),
        (signal.SIGQUIT, _IMMEDIATE_SHUTDOWN_LIMIT_S),
        (signal.SIGKILL, _IMMEDIATE_SHUTDOWN_LIMIT_S),
    ):
        if number is not None:
            send(pid, number)
        if wait_until(lambda: not is_server_of(pid, cluster), limit_s):
            return


def kill_sessions(cluster: Path) -> None:
    """End the sessions that outlived a killed server.

    They leave as soon as they notice; a busy one may not notice, and PostgreSQL does not start
    again while one of them holds the shared memory.
    """
    if wait_until(lambda: not server_processes(cluster), 0.2):
        return
    for number in (signal.SIGQUIT, signal.SIGKILL):
        for pid in server_processes(cluster):
            send(pid, number)
        if wait_until(lambda: not server_processes(cluster), 2.0):
            return


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process that may have gone meanwhile."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        logger.debug("process %d could not be signalled", pid)


def is_alive(pid: int) -> bool:
    """Whether any process has this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def wait_until(is_done: Callable[[], bool], limit_s: float) -> bool:
    """Wait for a condition, at most `limit_s` seconds; tells whether it came true."""
    deadline = time.monotonic() + limit_s
    while not is_done():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True
