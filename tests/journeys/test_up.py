"""`karavan up` as a person starts it: one command brings everything, Ctrl-C takes all of it away."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 90.0


@pytest.fixture
def data_dir() -> Iterator[Path]:
    # Under root the database runs as another user, who must be able to reach its directory.
    with tempfile.TemporaryDirectory(prefix="karavan-up-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
        return free


def start(data_dir: Path, port: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "KARAVAN_DATA_DIR": str(data_dir), "PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "-m", "karavan", "up", "--no-demo"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def is_ready(port: int) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"http://127.0.0.1:{port}/ready", timeout=10).status_code == 200
    return False


def processes(session: int, program: str) -> list[int]:
    """Running processes of a session whose command line has `program` in it, without asking any other tool."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, *numbers = (directory / "stat").read_text().rpartition(")")[2].split()
            command = (directory / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if state != "Z" and int(numbers[2]) == session and program in command:
                found.append(int(directory.name))
    return found


def end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing behind, whatever a test has found."""
    for one in processes(process.pid, "karavan"):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    process.wait()


# Ctrl-C in a terminal reaches the whole group; whoever manages services asks the first process alone.
@pytest.mark.parametrize(
    "stop",
    [
        pytest.param(lambda leader: os.killpg(leader, signal.SIGINT), id="Ctrl-C"),
        pytest.param(lambda leader: os.kill(leader, signal.SIGTERM), id="SIGTERM"),
    ],
)
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_up_serves_revives_its_worker_and_takes_all_away_when_asked(
    data_dir: Path, port: int, stop: Callable[[int], None]
) -> None:
    process = start(data_dir, port)
    try:
        wait_for(lambda: is_ready(port))
        wait_for(lambda: processes(process.pid, "karavan worker"))
        (worker,) = processes(process.pid, "karavan worker")
        postmaster = int((data_dir / "postgres/cluster/postmaster.pid").read_text().split()[0])

        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: set(processes(process.pid, "karavan worker")) - {worker})

        stop(process.pid)
        output, _ = process.communicate(timeout=30)
    finally:
        end(process)
    assert process.returncode == 0
    assert f"Karavan serves at http://localhost:{port}".encode() in output
    assert b"Traceback" not in output
    assert processes(process.pid, "karavan") == []
    assert not Path(f"/proc/{postmaster}").exists()
    assert not (data_dir / "postgres/cluster/postmaster.pid").exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_killed_up_leaves_no_worker_and_no_database(data_dir: Path, port: int) -> None:
    process = start(data_dir, port)
    try:
        wait_for(lambda: is_ready(port))
        wait_for(lambda: processes(process.pid, "karavan worker"))
        postmaster = int((data_dir / "postgres/cluster/postmaster.pid").read_text().split()[0])
        process.kill()
        process.wait()
        wait_for(lambda: not processes(process.pid, "karavan worker"))
        wait_for(lambda: not Path(f"/proc/{postmaster}").exists())
    finally:
        end(process)


def test_a_taken_port_is_said_before_anything_starts(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port: int = taken.getsockname()[1]
        process = start(data_dir, port)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Port {port} cannot be used: Address already in use.".encode() in output
    assert f"PORT={port + 1} make run".encode() in output
    assert list(data_dir.iterdir()) == []
