"""The directory of the Unix socket: private to the server's user, and short."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from karavan.kit.embedded_postgres.account import ServerAccount, first_closed_directory, give
from karavan.kit.embedded_postgres.errors import EmbeddedPostgresError

# The shortest limit of the systems we run on (macOS: 104 with the closing zero).
_PATH_LIMIT_BYTES = 103
_LONGEST_NAME = ".s.PGSQL.65535"


def make_socket_directory(data_directory: Path, account: ServerAccount | None) -> Path:
    """Make the directory: `run` in the data directory, else one in the temporary directory.

    Args:
        data_directory: an absolute path; if it is long, or closed to the account, it does not do.
        account: the server's user; None is ourselves.

    Raises:
        EmbeddedPostgresError: no place is short, existing and open to the account.
    """
    usual = data_directory / "run"
    if _is_short(usual) and first_closed_directory(data_directory, account) is None:
        usual.mkdir(mode=0o700, exist_ok=True)
        give(usual, account)
        return usual
    prefix = _temporary_prefix(data_directory)
    shared = ("/tmp", "/var/tmp")  # noqa: S108 - mkdtemp makes a private directory in it
    for base in dict.fromkeys((tempfile.gettempdir(), *shared)):
        directory = Path(os.path.realpath(base))
        if (
            directory.is_dir()
            and os.access(directory, os.W_OK)
            and _is_short(directory / f"{prefix}XXXXXXXX")
            and first_closed_directory(directory, account) is None
        ):
            made = Path(tempfile.mkdtemp(prefix=prefix, dir=directory))
            give(made, account)
            return made
    raise EmbeddedPostgresError(
        "no_socket_directory",
        "There is no directory with a short path that the server's user may enter.",
        "Set TMPDIR to one, such as /tmp.",
    )


def remove_socket_directory(directory: Path, data_directory: Path) -> None:
    """Remove a directory that `make_socket_directory` made outside of this data directory.

    The name tells whose it is: a copied data directory remembers the original's socket directory,
    and that one may be in use.
    """
    if directory.name.startswith(_temporary_prefix(data_directory)):
        shutil.rmtree(directory, ignore_errors=True)


def _temporary_prefix(data_directory: Path) -> str:
    return f"karavan-{hashlib.sha256(os.fsencode(data_directory)).hexdigest()[:10]}-"


def _is_short(directory: Path) -> bool:
    return len(os.fsencode(directory / _LONGEST_NAME)) <= _PATH_LIMIT_BYTES
