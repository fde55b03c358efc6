"""`karavan doctor`: what is wrong with this machine's set-up, and how to mend it."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import psycopg
from msgspec import Struct
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from karavan.kit.embedded_postgres import (
    EmbeddedPostgresError,
    check_version,
    program_path,
    storage_error,
)
from karavan.kit.migrate import current, head
from karavan.kit.storage import StorageUnavailableError
from karavan.local import UnusableAddressError, bind, read_secrets
from karavan.settings import Settings

_FREE_SPACE_MIN_BYTES = 1024**3


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""

    def line(self) -> str:
        """What to print."""
        mark = "ok  " if self.ok else "WRONG"
        mend = f"\n       Mend it: {self.remedy}" if self.remedy and not self.ok else ""
        return f"{mark:<6} {self.name}: {self.detail}{mend}"


def examine() -> list[Finding]:
    """Look at everything that `karavan up` needs. Nothing is changed."""
    try:
        settings = Settings()
    except ValidationError as error:
        return [wrong_settings(error)]
    checks: list[Callable[[Settings], Finding]] = [
        _python,
        _node,
        _web,
        _data_directory,
        _space,
        _port,
        _database,
        _secret,
        _files,
        _mail,
    ]
    return [check(settings) for check in checks]


def wrong_settings(error: ValidationError) -> Finding:
    """What is wrong with variables of the environment."""
    details = "; ".join(
        f"{'.'.join(map(str, item['loc'])) or 'settings'}: {item['msg']}" for item in error.errors()
    )
    return Finding("settings", False, details, "correct the KARAVAN_ variables named above")


def trouble(error: Exception) -> Finding | None:
    """What a command that failed by its set-up says of it; nothing for an error that is ours."""
    if isinstance(error, ValidationError) and error.title == Settings.__name__:
        return wrong_settings(error)
    if isinstance(error, EmbeddedPostgresError):
        return Finding("database", False, str(error), error.remedy)
    if isinstance(error, OperationalError | ArgumentError | psycopg.OperationalError):
        told = str(error).splitlines()[0]
        return Finding(
            "database", False, told, "check KARAVAN_DATABASE_URL; `karavan doctor` tells more"
        )
    if isinstance(error, StorageUnavailableError):
        return Finding("file store", False, str(error), "check KARAVAN_STORAGE_URL")
    if isinstance(error, OSError):
        return Finding("set-up", False, str(error), "`karavan doctor` tells more")
    return None


def _python(_: Settings) -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), found, "install Python 3.11 or later")


def _node(settings: Settings) -> Finding:
    path = shutil.which("node")
    if path is None:
        built = settings.web_dist.joinpath("index.html").exists()
        return Finding(
            "Node.js", built, "not found", "install Node.js 20 or later to build the web app"
        )
    command = [path, "--version"]
    version = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603  # node itself
    major = int(version.strip().lstrip("v").split(".")[0] or 0)
    return Finding("Node.js", major >= 20, version.strip(), "install Node.js 20 or later")


def _web(settings: Settings) -> Finding:
    built = settings.web_dist.joinpath("index.html").exists()
    return Finding("web app", built, "built" if built else "not built", "run make build")


def _nearest_existing(path: Path) -> Path:
    return next(one for one in (path, *path.parents) if one.exists())


def _data_directory(settings: Settings) -> Finding:
    path = settings.data_dir.resolve()
    nearest = _nearest_existing(path)
    if not nearest.is_dir():
        remedy = "move it away, or set KARAVAN_DATA_DIR to another place"
        return Finding("data directory", False, f"{nearest} is no directory", remedy)
    writable = os.access(nearest, os.W_OK | os.X_OK)
    remedy = f"make {nearest} writable, or set KARAVAN_DATA_DIR to another place"
    return Finding("data directory", writable, str(path), remedy)


def _space(settings: Settings) -> Finding:
    free = shutil.disk_usage(_nearest_existing(settings.data_dir.resolve())).free
    return Finding(
        "disk space",
        free >= _FREE_SPACE_MIN_BYTES,
        f"{free // 1024**2:,} MiB free",
        "free at least 1 GiB",
    )


def _port(settings: Settings) -> Finding:
    try:
        bind(settings).close()
    except UnusableAddressError as error:
        if error.taken and _karavan_answers(settings):
            return Finding("port", True, f"Karavan is running at {settings.port}")
        return Finding("port", False, str(error), error.remedy)
    return Finding("port", True, f"{settings.port} is free")


def _karavan_answers(settings: Settings) -> bool:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # nothing listens here
    host = everywhere.get(settings.host, settings.host)
    host = f"[{host}]" if ":" in host else host
    with (
        suppress(OSError, ValueError),
        urlopen(f"http://{host}:{settings.port}/health", timeout=5) as answer,
    ):
        told = json.load(answer)
        return isinstance(told, dict) and {"status", "version"} <= told.keys()
    return False


def _database(settings: Settings) -> Finding:
    if not settings.database_url:
        cluster = settings.data_dir.resolve() / "postgres" / "cluster"
        try:
            path = program_path("postgres")
            check_version(cluster)
        except EmbeddedPostgresError as error:
            return Finding("database", False, str(error), error.remedy)
        except OSError as error:
            refused = storage_error(error, cluster)
            return Finding("database", False, str(refused), refused.remedy)
        return Finding("database", True, f"embedded, {path.name} found")
    try:
        revision = current(settings.database_owner_url or settings.database_url)
    except (psycopg.Error, SQLAlchemyError, OSError) as error:
        return Finding("database", False, str(error).splitlines()[0], "check KARAVAN_DATABASE_URL")
    return Finding(
        "database",
        revision == head(),
        f"revision {revision}, this version needs {head()}",
        "run karavan migrate",
    )


def _secret(settings: Settings) -> Finding:
    if not settings.development:
        return Finding("secret key", True, "set")
    if settings.data_dir.joinpath("secrets.json").exists():
        try:
            read_secrets(settings.data_dir)
        except EmbeddedPostgresError as error:
            return Finding("secret key", False, str(error), error.remedy)
    return Finding("secret key", True, "kept in the data directory (development)")


def _files(settings: Settings) -> Finding:
    if not settings.storage_url:
        return Finding("file store", True, "in the data directory")
    from karavan.adapters.storage.object_store import open_storage, why

    try:
        asyncio.run(open_storage(settings).check())
    except StorageUnavailableError as error:
        remedy = "check KARAVAN_STORAGE_URL and the store's own variables (docs/operations.md, File store)"
        return Finding("file store", False, f"{error} {why(error)}", remedy)
    return Finding("file store", True, "answers")


def _mail(settings: Settings) -> Finding:
    if not settings.smtp.host:
        shown = "kept for /dev/mail" if settings.development else "not sent"
        return Finding(
            "e-mail",
            settings.development,
            f"no SMTP server: mail is {shown}",
            "set KARAVAN_SMTP__HOST",
        )
    try:
        with socket.create_connection((settings.smtp.host, settings.smtp.port), timeout=5):
            return Finding("e-mail", True, f"{settings.smtp.host}:{settings.smtp.port} answers")
    except OSError as error:
        return Finding(
            "e-mail", False, f"{settings.smtp.host}: {error}", "check KARAVAN_SMTP__HOST and PORT"
        )
