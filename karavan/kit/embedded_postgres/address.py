"""Where the server listens, and the file that remembers it between starts."""

import json
import os
import secrets
import socket
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import asdict

OWNER_ROLE = "karavan_owner"
LOOPBACK = "127.0.0.1"

# Systems hand out ports above 32767 (Linux) and 49151 (elsewhere) to outgoing connections. A port
# from below is still free when the server comes back after a crash.
_PORT_RANGE = range(20_000, 32_000)


@dataclass(frozen=True)
class PostgresAddress:
    """How to reach the server as its superuser.

    Attributes:
        host: always the loopback address.
        port: TCP port.
        user: the superuser's name.
        password: the superuser's password; kept out of `repr`.
        socket_directory: directory of the Unix socket, or None where there is none.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    socket_directory: str | None

    def url(self, database: str, *, user: str | None = None, password: str | None = None) -> str:
        """Build a `postgresql://` address over TCP.

        Args:
            database: name of the database.
            user: another role than the superuser.
            password: that role's password; needed when `user` is given.
        """
        name = quote(user or self.user, safe="")
        secret = quote(password if password is not None else self.password, safe="")
        return f"postgresql://{name}:{secret}@{self.host}:{self.port}/{quote(database, safe='')}"


class RememberedAddress(Struct, frozen=True):
    """What `address.json` holds: enough to attach to a running server, no secret."""

    port: int
    socket_directory: str

    @classmethod
    def read(cls, path: Path) -> "RememberedAddress | None":
        """The remembered address, or None when there is none or it cannot be understood."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return cls(int(content["port"]), str(content["socket_directory"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Replace the file in one step, so that a reader never sees half of it."""
        write_private(path, json.dumps(asdict(self)) + "\n")


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path`, readable by this user alone, as a whole or not at all."""
    half = path.with_name(f"{path.name}.{os.getpid()}.new")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def is_port_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # The server sets the same option: a connection in TIME_WAIT does not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def choose_port(preferred: int | None) -> int:
    """A free loopback port: the preferred one if it is free, else any."""
    if preferred is not None and is_port_free(preferred):
        return preferred
    for _ in range(100):
        port = _PORT_RANGE[secrets.randbelow(len(_PORT_RANGE))]
        if is_port_free(port):
            return port
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def answers(port: int, timeout_s: float = 1.0) -> bool:
    """Whether something accepts connections on this loopback port."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout_s):
            return True
    except OSError:
        return False
