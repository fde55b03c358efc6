"""Which user the server runs as, and what that user can reach.

PostgreSQL refuses to run as root. When we are root it runs as an existing unprivileged user that owns
the cluster and nothing else; when we are not, it runs as us.
"""

import os
import pwd
import stat
from pathlib import Path

from msgspec import Struct

from karavan.kit.embedded_postgres.errors import EmbeddedPostgresError

_PREFERRED_NAMES = ("karavan", "postgres", "nobody")


class ServerAccount(Struct, frozen=True):
    """An unprivileged user: its name and numeric ids."""

    name: str
    uid: int
    gid: int


def choose_account(cluster: Path) -> ServerAccount | None:
    """Pick the user to run as.

    Args:
        cluster: PostgreSQL's own directory; whoever owns it keeps it.

    Returns:
        the user to become, or None when we are not root and stay ourselves.

    Raises:
        EmbeddedPostgresError: the cluster is somebody else's, or root has nobody to become.
    """
    try:
        owner_uid = cluster.stat().st_uid
    except FileNotFoundError:
        owner_uid = None
    if os.geteuid() != 0:
        if owner_uid not in (None, os.geteuid()):
            raise EmbeddedPostgresError(
                "other_owner",
                f"{cluster} belongs to user number {owner_uid}, and this is number {os.geteuid()}.",
                "Run as that user or as root, give the directory to this user with chown -R, "
                "or set KARAVAN_DATA_DIR to another directory.",
            )
        return None
    if owner_uid:
        try:
            return _account(pwd.getpwuid(owner_uid))
        except KeyError:
            return ServerAccount(str(owner_uid), owner_uid, cluster.stat().st_gid)
    for name in _PREFERRED_NAMES:
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise EmbeddedPostgresError(
        "no_account",
        "PostgreSQL does not run as root, and there is no unprivileged user to run it as.",
        "Run Karavan as an ordinary user, or create one named karavan.",
    )


def _account(entry: pwd.struct_passwd) -> ServerAccount:
    return ServerAccount(entry.pw_name, entry.pw_uid, entry.pw_gid)


def first_closed_directory(path: Path, account: ServerAccount | None) -> Path | None:
    """The outermost directory on the way to (and with) `path` that the account may not enter.

    Args:
        path: an absolute path of a directory that exists.
        account: who wants to get there; None is ourselves, who are there already.

    Returns:
        the directory that is closed, or None when the way is open.
    """
    if account is None:
        return None
    for directory in (*reversed(path.parents), path):
        status = directory.stat()
        if account.uid == status.st_uid:
            needed = stat.S_IXUSR
        elif account.gid == status.st_gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not status.st_mode & needed:
            return directory
    return None


def give(path: Path, account: ServerAccount | None) -> None:
    """Make the account the owner of one file or directory that we have just made."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def give_tree(root: Path, account: ServerAccount) -> None:
    """Make the account the owner of a whole directory of ours, following no symbolic link."""
    for directory, _, files in os.walk(root):
        os.chown(directory, account.uid, account.gid)
        for name in files:
            os.chown(Path(directory, name), account.uid, account.gid, follow_symlinks=False)
