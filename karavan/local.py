"""The embedded stack: a database of our own, its secrets, and the processes of `karavan up`."""

import asyncio
import errno
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg
import msgspec
from msgspec import Struct
from pydantic import SecretStr

from karavan.kit.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError, storage_error
from karavan.kit.tenancy import APP_ROLE
from karavan.settings import DEVELOPMENT_SECRET, Settings

DATABASE = "karavan"
DEMO_LOADING, DEMO_LOADED = "karavan.demo.loading", "karavan.demo"
_SECRETS = "secrets.json"
_PARENT = "KARAVAN_PARENT_PID"
_PARENT_CHECK_INTERVAL_S = 1.0
_RESTART_PAUSE_S = 1.0
_STOP_LIMIT_S = 15.0


class LocalSecrets(Struct, frozen=True):
    """Secrets of one installation, made at its first start and kept in its data directory."""

    secret_key: str
    app_password: str


def local_secrets(data_dir: Path) -> LocalSecrets:
    """Read the secrets of this data directory, or make them.

    Raises:
        EmbeddedPostgresError: the directory cannot be written, or its secrets cannot be read.
    """
    path = data_dir / _SECRETS
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_secrets(path)
    except OSError as error:
        raise storage_error(error, data_dir.resolve()) from error
    return read_secrets(data_dir)


def _make_secrets(path: Path) -> None:
    made = {
        "secret_key": secrets.token_urlsafe(48),
        "app_password": secrets.token_urlsafe(24),
    }
    # Written beside and renamed, so that two first starts agree on one file and a killed one leaves none.
    draft = path.with_name(f".secrets-{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(made))
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def read_secrets(data_dir: Path) -> LocalSecrets:
    """The secrets that this data directory has.

    Raises:
        EmbeddedPostgresError: they cannot be read.
    """
    path = (data_dir / _SECRETS).resolve()
    try:
        return msgspec.json.decode(path.read_bytes(), type=LocalSecrets)
    except (OSError, msgspec.DecodeError) as error:
        raise EmbeddedPostgresError(
            "secrets_unreadable",
            f"{path} cannot be read as the secrets of this installation.",
            "Give this user the right to read it, bring it back from the backup, or set KARAVAN_DATA_DIR to another "
            "directory.",
        ) from error


class UnusableAddressError(Exception):
    """People cannot be served at the address and the port that the settings name.

    Attributes:
        remedy: what the reader should do about it.
        taken: whether another program has the port.
    """

    def __init__(self, settings: Settings, error: OSError) -> None:
        self.taken = error.errno == errno.EADDRINUSE
        told = f"Port {settings.port} cannot be used: {error.strerror}."
        if self.taken:
            another = f"PORT={settings.port % 65535 + 1} make run"
            self.remedy = f"Stop what runs there, or choose another: {another}"
        elif error.errno in (errno.EACCES, errno.EPERM):
            self.remedy = "Choose one from 1024 on: PORT=8000 make run"
        else:
            told = f"{settings.host} is no address of this machine: {error.strerror}."
            self.remedy = "Set KARAVAN_HOST to 127.0.0.1, or to 0.0.0.0 for all."
        super().__init__(told)


def bind(settings: Settings) -> socket.socket:
    """Take the address and the port at which people will be served.

    Raises:
        UnusableAddressError: they are taken, or are not this machine's to give.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named as TCP: a loop that is not told so leaves the algorithm of Nagle on, which costs 40 ms an answer.
    listener = socket.socket(family, proto=socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise UnusableAddressError(settings, error) from error
    return listener


def with_secrets(settings: Settings) -> Settings:
    """Settings in which development's well-known secret has given way to this installation's own."""
    if settings.secret_key.get_secret_value() != DEVELOPMENT_SECRET:
        return settings
    key = local_secrets(settings.data_dir).secret_key
    return settings.model_copy(update={"secret_key": SecretStr(key)})


@contextmanager
def open_database(settings: Settings) -> Iterator[Settings]:
    """Settings that carry the addresses of a running database.

    With `KARAVAN_DATABASE_URL` that is an outside server, and nothing is started. Otherwise the embedded server of the
    data directory is started, or joined when another process of this installation runs it.
    """
    settings = with_secrets(settings)
    if settings.database_url:
        yield settings
        return
    password = local_secrets(settings.data_dir).app_password
    with EmbeddedPostgres(settings.data_dir / "postgres") as server:
        address = server.start()
        asyncio.run(_ensure_database(address.url("postgres")))
        owner_url = address.url(DATABASE)
        parts = urlsplit(owner_url)
        app_url = urlunsplit(
            parts._replace(netloc=f"{APP_ROLE}:{quote(password)}@{parts.hostname}:{parts.port}")
        )
        yield settings.model_copy(update={"database_url": app_url, "database_owner_url": owner_url})


async def _ensure_database(server_url: str) -> None:
    connection = await asyncpg.connect(server_url)
    try:
        found = "select exists (select from pg_database where datname = $1)"
        if not await connection.fetchval(found, DATABASE):
            with suppress(asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
                await connection.execute(f"create database {DATABASE}")
    finally:
        await connection.close()


class Contents(Struct, frozen=True):
    """What a database holds.

    Attributes:
        empty: nobody has registered yet.
        demo_in_part: loading the demonstration was broken off.
    """

    empty: bool
    demo_in_part: bool


def contents(settings: Settings) -> Contents:
    """Look into the database."""
    return asyncio.run(_contents(settings.database_owner_url or settings.database_url))


async def _contents(owner_url: str) -> Contents:
    connection = await asyncpg.connect(owner_url)
    try:
        empty = await connection.fetchval(
            "select not exists (select from organisations_organisations)"
        )
        return Contents(empty, await database_mark(connection) == DEMO_LOADING)
    finally:
        await connection.close()


async def database_mark(connection: asyncpg.Connection) -> str | None:
    """The comment on the database, by which the demonstration knows how far it came."""
    mark: str | None = await connection.fetchval(
        "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
    )
    return mark


async def mark_database(connection: asyncpg.Connection, mark: str) -> None:
    """Replace that comment with one of our own constants."""
    name = await connection.fetchval("select current_database()")
    await connection.execute(f"comment on database \"{name}\" is '{mark}'")


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment in which another process of ours has the same database and secrets."""
    return {
        **os.environ,
        "KARAVAN_DATABASE_URL": settings.database_url,
        "KARAVAN_DATABASE_OWNER_URL": settings.database_owner_url,
        "KARAVAN_SECRET_KEY": settings.secret_key.get_secret_value(),
        "KARAVAN_DATA_DIR": str(settings.data_dir),
        "KARAVAN_ENVIRONMENT": settings.environment,
    }


@contextmanager
def child(settings: Settings, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `karavan <arguments>` beside this process; it is asked to stop when the block ends.

    The child is in a group of its own, so that Ctrl-C reaches this process alone, which then ends all in order.
    """
    process = _start(settings, arguments)
    try:
        yield process
    finally:
        _stop(process)


@contextmanager
def kept_running(settings: Settings, *arguments: str) -> Iterator[None]:
    """As `child`, but one that breaks is started anew; one that ends without a fault was asked to."""
    stopping = threading.Event()
    change = threading.Lock()
    process = _start(settings, arguments)

    def watch() -> None:
        nonlocal process
        while process.wait() != 0 and not stopping.wait(_RESTART_PAUSE_S):
            with change:
                if stopping.is_set():
                    return
                process = _start(settings, arguments)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with change:
            stopping.set()
        _stop(process)
        watcher.join(_STOP_LIMIT_S)


def end_with_parent() -> None:
    """Stop when `karavan up`, having started this process, is gone: also when it was killed and could say nothing."""
    parent = os.environ.get(_PARENT)
    if parent is None:
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(_PARENT_CHECK_INTERVAL_S)
        os.kill(os.getpid(), signal.SIGTERM)
        # The database went with the parent: what waits for an answer of it would wait for ever.
        time.sleep(_STOP_LIMIT_S)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def _start(settings: Settings, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    environment = {**child_environment(settings), _PARENT: str(os.getpid())}
    command = [sys.executable, "-m", "karavan", *arguments]
    return subprocess.Popen(command, env=environment, process_group=0)  # noqa: S603  # our own program


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
