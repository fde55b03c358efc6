"""The cluster: PostgreSQL's own directory, how it is made and which settings it runs with."""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from karavan.kit.embedded_postgres.account import (
    ServerAccount,
    first_closed_directory,
    give,
    give_tree,
)
from karavan.kit.embedded_postgres.address import LOOPBACK, OWNER_ROLE, write_private
from karavan.kit.embedded_postgres.binaries import MAJOR_VERSION
from karavan.kit.embedded_postgres.errors import EmbeddedPostgresError, disk_full
from karavan.kit.embedded_postgres.processes import HAS_PROC

_MEBIBYTE = 1024 * 1024

# Where the C library has no C.UTF-8 the next name is tried. It only decides which characters full
# text search takes for letters; sorting and case come from PostgreSQL's built-in C.UTF-8, so
# neither a new C library nor another machine can corrupt an index.
_CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "UTF-8")

# Runs a program in a directory as the server's user: (program, directory) -> (exit code, output).
RunProgram = Callable[[list[str], Path], tuple[int, str]]


def check_version(cluster: Path) -> bool:
    """Whether the cluster exists.

    Raises:
        EmbeddedPostgresError: it was made by another major version, or it is no cluster at all.
    """
    try:
        version = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if not cluster.exists():
            return False
        raise EmbeddedPostgresError(
            "not_a_cluster",
            f"{cluster} exists but holds no PostgreSQL data directory.",
            "Move it away, or set KARAVAN_DATA_DIR to another directory.",
        ) from None
    if version != str(MAJOR_VERSION):
        raise EmbeddedPostgresError(
            "other_version",
            f"{cluster} was made by PostgreSQL {version}; this Karavan runs {MAJOR_VERSION}. "
            "Nothing was changed.",
            f"Save the data with pg_dumpall of the Karavan release (or PostgreSQL {version}) that "
            "made it, move the directory away, start Karavan once and load the data with psql; "
            "or set KARAVAN_DATA_DIR to another directory.",
        )
    return True


def read_or_create_password(path: Path, *, cluster_exists: bool) -> str:
    """The superuser's password, made at random with the cluster.

    Raises:
        EmbeddedPostgresError: the cluster is there but its password is not.
    """
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if cluster_exists:
            raise EmbeddedPostgresError(
                "password_missing",
                f"The server's data is there, but its password file {path} is gone.",
                "Restore the file from a backup, or move the whole directory away to begin anew.",
            ) from None
    password = secrets.token_urlsafe(32)
    write_private(path, password + "\n")
    return password


def create_cluster(
    cluster: Path,
    *,
    programs: Path,
    account: ServerAccount | None,
    password: str,
    private_directory: Path,
    run: RunProgram,
) -> None:
    """Make a new cluster, whole or not at all.

    Args:
        cluster: the directory to make; it must not exist.
        programs: where PostgreSQL's programs lie.
        account: who will own it; None is ourselves.
        password: the superuser's.
        private_directory: a directory the account can enter, for a moment's password file.
        run: how to run a program as the account.

    Raises:
        EmbeddedPostgresError: `initdb` failed; nothing is left behind.
        OSError: the file system refused.
    """
    half = cluster.with_name(f"{cluster.name}.new")
    password_file = private_directory / "password.new"
    try:
        write_private(password_file, password + "\n")
        give(password_file, account)
        for character_type in _CHARACTER_TYPES:
            if half.exists():
                shutil.rmtree(half)
            half.mkdir(mode=0o700)
            give(half, account)
            code, output = run(
                _initdb(programs, half, account, password_file, character_type), half
            )
            if "invalid locale name" not in output:
                break
        if code != 0:
            raise _creation_error(cluster, output)
        half.rename(cluster)
    finally:
        password_file.unlink(missing_ok=True)
        shutil.rmtree(half, ignore_errors=True)


def _initdb(
    programs: Path,
    directory: Path,
    account: ServerAccount | None,
    password_file: Path,
    character_type: str,
) -> list[str]:
    return [
        str(programs / "initdb"),
        f"--pgdata={path_for_server(directory, account)}",
        f"--username={OWNER_ROLE}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        f"--lc-ctype={character_type}",
        "--text-search-config=simple",
        "--no-instructions",
        # The supervisor asks the system to write everything out once the server answers.
        "--no-sync",
    ]


def _creation_error(cluster: Path, output: str) -> EmbeddedPostgresError:
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return disk_full(cluster)
    return EmbeddedPostgresError(
        "creation_failed",
        f"PostgreSQL could not make its data directory {cluster}: {output.strip()[-800:]}",
        "Mend what it names, or set KARAVAN_DATA_DIR to another directory.",
    )


def path_for_server(directory: Path, account: ServerAccount | None) -> str:
    """The path by which the server reaches the directory that it is started in.

    Under a directory that only root may enter (/root, a temporary directory of mode 0700) the
    server's user cannot walk to its own data. Linux lets it refer to the directory it already
    stands in, so nobody's directory has to be opened.

    Raises:
        EmbeddedPostgresError: the way is closed and the system offers no such name.
    """
    closed = first_closed_directory(directory.parent, account)
    if closed is None:
        return str(directory)
    if HAS_PROC:
        return "/proc/self/cwd"
    raise EmbeddedPostgresError(
        "path_closed",
        f"PostgreSQL does not run as root, and no other user may enter {closed}.",
        "Run Karavan as an ordinary user, or set KARAVAN_DATA_DIR to a directory that all may "
        "enter, such as /var/lib/karavan.",
    )


def adopt(cluster: Path, account: ServerAccount | None) -> None:
    """Give a cluster that root owns (copied or restored by root) to the server's user."""
    if account is not None and cluster.stat().st_uid != account.uid:
        give_tree(cluster, account)


def server_options(
    *, port: int, socket_directory: Path, durable: bool, max_connections: int
) -> list[str]:
    """Every setting that differs from PostgreSQL's defaults, as command line options.

    On the command line rather than in a file: what runs is what this function says, in every data
    directory, whichever release made it.

    Args:
        port: TCP port on the loopback address.
        socket_directory: directory of the Unix socket.
        durable: False gives up crash safety for speed; for tests only.
        max_connections: how many sessions may be open at once.
    """
    memory_bytes = available_memory_bytes()
    buffers_limit = (8192 if durable else 256) * _MEBIBYTE
    shared_buffers = max(64 * _MEBIBYTE, min(memory_bytes // 4, buffers_limit))
    settings = {
        "cluster_name": "karavan",
        "listen_addresses": LOOPBACK,
        "port": port,
        "unix_socket_directories": socket_directory,
        "unix_socket_permissions": "0700",
        "max_connections": max_connections,
        # Test databases by the dozen, each with a hundred tables, in one transaction.
        "max_locks_per_transaction": 256,
        "shared_buffers": f"{shared_buffers // _MEBIBYTE}MB",
        "effective_cache_size": f"{memory_bytes // 2 // _MEBIBYTE}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": "128MB",
        # Solid state disks and cached data: a random page costs little more than the next one.
        "random_page_cost": "1.1",
        "max_wal_size": "2GB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_min_messages": "warning",
        "log_checkpoints": "off",
        "log_line_prefix": "%m [%p] %q%u@%d ",
        "log_lock_waits": "on",
        # A query whose client has gone is given up instead of running to its end.
        "client_connection_check_interval": "10s",
        # Unfinished transactions hold locks and keep dead rows; migrations take far less.
        "idle_in_transaction_session_timeout": "10min",
        "authentication_timeout": "15s",
    }
    if not durable:
        settings |= {
            "fsync": "off",
            # Passwords that were made up for one run guard nothing, and tests connect by thousands.
            "scram_iterations": "1",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": 0,
            "checkpoint_timeout": "1h",
        }
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def available_memory_bytes() -> int:
    """Memory of this machine or, where it is smaller, of the container we run in."""
    memory_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        return memory_bytes
    return min(memory_bytes, int(limit)) if limit.isdecimal() else memory_bytes
