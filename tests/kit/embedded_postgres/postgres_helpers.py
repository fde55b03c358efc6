"""What the tests of the embedded server share."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from karavan.kit.embedded_postgres import (
    PostgresAddress,
)
from karavan.kit.embedded_postgres.processes import (
    PostmasterFile,
)

REPOSITORY = Path(__file__).resolve().parents[3]
IS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


# A process that owns a server, says where it is, and waits to be killed.
OWNER_SCRIPT = """
import sys, time
from pathlib import Path
from karavan.kit.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False, tie=sys.argv[2])
address = server.start()
print(server.is_owner, address.port, flush=True)
time.sleep(120)
"""


def connect(address: PostgresAddress, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(address.url(database), autocommit=True, connect_timeout=5)


def postmaster_pid(data: Path) -> int:
    file = PostmasterFile.read(data / "cluster")
    assert file is not None
    return file.pid


def kept(address: PostgresAddress) -> list[int]:
    with connect(address) as session:
        return [row[0] for row in session.execute("select number from kept order by 1")]


@contextlib.contextmanager
def owner_of(data: Path, tie: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that owns a running server in `data`."""
    command = [sys.executable, "-c", OWNER_SCRIPT, str(data), tie]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as owner:
        try:
            assert owner.stdout.readline().split()[:1] == ["True"]
            yield owner
        finally:
            owner.kill()
