"""What can keep the embedded server from running, said so that a person can mend it."""

import errno
from pathlib import Path


class EmbeddedPostgresError(Exception):
    """The embedded server cannot be used.

    Attributes:
        code: stable name of the reason, e.g. `embedded_postgres.other_version`.
        message: what is wrong, in one or two sentences.
        remedy: what the reader should do about it.
    """

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.add_note(remedy)
        self.code = f"embedded_postgres.{code}"
        self.message = message
        self.remedy = remedy


def storage_error(error: OSError, path: Path) -> EmbeddedPostgresError:
    """Translate a refusal of the file system.

    Args:
        error: what the operating system said.
        path: the file or directory that was being made or opened.

    Returns:
        the error to raise: read-only disk, missing right, full disk, or the system's own words.
    """
    elsewhere = "Set KARAVAN_DATA_DIR to a directory on a writable disk."
    if error.errno == errno.EROFS:
        return EmbeddedPostgresError(
            "read_only_disk", f"The disk that holds {path} is read-only.", elsewhere
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return EmbeddedPostgresError(
            "not_writable",
            f"This user may not write to {path}.",
            f"Give this user the right to write there, or: {elsewhere}",
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path)
    return EmbeddedPostgresError(
        "storage_failed", f"{path} cannot be used: {error.strerror or error}.", elsewhere
    )


def disk_full(path: Path) -> EmbeddedPostgresError:
    """The error for a disk without room for the server's files under `path`."""
    return EmbeddedPostgresError(
        "disk_full",
        f"The disk that holds {path} is full.",
        "Free some room (200 MB to begin with), or set KARAVAN_DATA_DIR to another disk.",
    )
