"""The embedded stack: a database of our own, its secrets, and the processes of `karavan up`."""

import asyncio
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg
from pydantic import SecretStr

from karavan.kit.embedded_postgres import EmbeddedPostgres
from karavan.kit.tenancy import APP_ROLE
from karavan.settings import DEVELOPMENT_SECRET, Settings

DATABASE = "karavan"


@dataclass(frozen=True)
class LocalSecrets:
    """Secrets of one installation, made at its first start and kept in its data directory."""

    secret_key: str
    app_password: str


def local_secrets(data_dir: Path) -> LocalSecrets:
    """Read the secrets of this data directory, or make them.

    Raises:
        OSError: the directory cannot be written.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "secrets.json"
    if not path.exists():
        made = {
            "secret_key": secrets.token_urlsafe(48),
            "app_password": secrets.token_urlsafe(24),
        }
        # Written beside and renamed, so that two first starts agree on one file and a killed one leaves none.
        draft = data_dir / f".secrets-{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(made))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return LocalSecrets(**json.loads(path.read_text()))


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


def is_empty(settings: Settings) -> bool:
    """Whether nobody has registered yet."""
    return asyncio.run(_is_empty(settings.database_owner_url or settings.database_url))


async def _is_empty(owner_url: str) -> bool:
    connection = await asyncpg.connect(owner_url)
    try:
        found = "select not exists (select from organisations_organisations)"
        return bool(await connection.fetchval(found))
    finally:
        await connection.close()


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

    The child is in this process's group, so Ctrl-C reaches it too; it watches for its parent's death itself.
    """
    environment = {**child_environment(settings), "KARAVAN_PARENT_PID": str(os.getpid())}
    command = [sys.executable, "-m", "karavan", *arguments]
    process = subprocess.Popen(command, env=environment)  # noqa: S603  # our own program
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
