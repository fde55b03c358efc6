"""Fixtures on a real, migrated PostgreSQL: every test that asks gets a database of its own, cloned from a template."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import httpx
import psycopg
import pytest
from fastapi import FastAPI
from psycopg import sql

from karavan.kit.db import Database
from karavan.kit.embedded_postgres import EmbeddedPostgres
from karavan.kit.migrate import upgrade
from karavan.kit.tenancy import APP_ROLE
from karavan.settings import Settings

if TYPE_CHECKING:
    # Where it is used it is imported then: the process that only hands tests out needs no application.
    from tests.prepared import Prepared

APP_PASSWORD = "app-password-of-the-tests"
TEMPLATE = "karavan_template"
OWNER_URL = "KARAVAN_TESTS_OWNER_URL"
PREFIX = "karavan-tests-"
MEMORY_MIN_BYTES = 2 * 1024**3

_directory: pytest.StashKey[Path] = pytest.StashKey()
_server: pytest.StashKey[EmbeddedPostgres] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Start one server for the whole run; the workers of xdist find it by their environment."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    place = _memory_or_disk()
    _remove_leftovers(place)
    directory = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
    directory.chmod(0o755)
    config.stash[_directory] = directory
    # Tests lose nothing when the machine does: no fsync. Tests about durability start a server of their own.
    server = EmbeddedPostgres(directory, durable=False)
    config.stash[_server] = server
    address = server.start()
    owner_url = address.url("postgres")
    os.environ[OWNER_URL] = owner_url
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(f"create database {TEMPLATE}")
        # Hashed anew as the server of tests does it, in one round instead of four thousand: tests connect by thousands.
        password = sql.Literal(urlsplit(owner_url).password)
        connection.execute(sql.SQL("alter role current_user password {}").format(password))
    template_url = with_database(owner_url, TEMPLATE)
    upgrade(template_url, app_url=app_url(template_url))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the first worker the browser tests, so that one platform and one browser run at a time; the others begin with the long.

    Each worker starts with its own contiguous part of the list, and takes from the end of others' when it has done.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1:
        return
    in_browser = [one for one in items if one.get_closest_marker("browser")]
    others = [one for one in items if not one.get_closest_marker("browser")]
    others.sort(key=_patience_s, reverse=True)
    long = [one for one in others if _patience_s(one) > 0]
    short = iter(others[len(long) :])
    shares = [in_browser, *(long[place :: workers - 1] for place in range(workers - 1))]
    left = len(items)
    for number, share in enumerate(shares):
        size = left // (workers - number)
        share += islice(short, max(0, size - len(share)))
        left -= len(share)
    items[:] = [one for share in shares for one in share] + list(short)


def _patience_s(item: pytest.Item) -> float:
    """How long a test may take, where it says so: the long ones do."""
    limit = item.get_closest_marker("timeout")
    return float(limit.args[0]) if limit else 0.0


def _memory_or_disk() -> Path:
    """Memory, where there is plenty: a database is a thousand files, made there ten times as fast as on a disk."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= MEMORY_MIN_BYTES:
        return memory
    return Path(tempfile.gettempdir())


def _remove_leftovers(place: Path) -> None:
    """A run that was killed leaves its databases, and memory is dear."""
    for left in place.glob(f"{PREFIX}*"):
        process = left.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdigit() and not Path(f"/proc/{process}").exists():
            shutil.rmtree(left, ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this process started, and leave nothing behind."""
    if (server := config.stash.get(_server, None)) is not None:
        server.stop()
    if (directory := config.stash.get(_directory, None)) is not None:
        shutil.rmtree(directory, ignore_errors=True)


def with_database(url: str, name: str) -> str:
    """The same server's address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def app_url(owner_url: str) -> str:
    """The address of the same database for the application role."""
    parts = urlsplit(owner_url)
    return urlunsplit(
        parts._replace(netloc=f"{APP_ROLE}:{APP_PASSWORD}@{parts.hostname}:{parts.port}")
    )


@pytest.fixture(scope="session")
def server() -> Iterator[psycopg.Connection]:
    """The connection that makes and drops databases: one for the whole process."""
    with psycopg.connect(os.environ[OWNER_URL], autocommit=True) as connection:
        yield connection


def copy_database(server: psycopg.Connection, template: str, purpose: str) -> str:
    """A new database that is a copy of another; its name."""
    name = f"{purpose}_{uuid4().hex}"
    server.execute(f"create database {name} template {template} strategy file_copy")
    return name


def settings_of(directory: Path, owner_url: str) -> Settings:
    """Settings as in development, with limits off: tests of limits turn them on."""
    return Settings(
        data_dir=directory,
        database_url=app_url(owner_url),
        database_owner_url=owner_url,
        database_pool_size=4,
        limits={"enabled": False},
        public_url="http://test",
    )


@pytest.fixture(scope="session")
def prepared(
    server: psycopg.Connection, tmp_path_factory: pytest.TempPathFactory
) -> "Callable[[str], Prepared]":
    """Makes a beginning when it is first asked for, and knows it from then on."""
    from tests.prepared import prepare

    @cache
    def make(name: str) -> "Prepared":
        database = copy_database(server, TEMPLATE, f"prepared_{name}")
        owner_url = with_database(os.environ[OWNER_URL], database)
        settings = settings_of(tmp_path_factory.mktemp(f"prepared-{name}"), owner_url)
        return prepare(name, database, settings)

    return make


@pytest.fixture
def beginning(
    request: pytest.FixtureRequest, prepared: "Callable[[str], Prepared]"
) -> "Prepared | None":
    """What this test begins with, by the name of the fixture it asks for; nothing for most."""
    from tests.prepared import BEGINNINGS

    wanted = [name for name in BEGINNINGS if name in request.fixturenames]
    assert len(wanted) <= 1, f"A test has one beginning, not {wanted}."
    return prepared(wanted[0]) if wanted else None


@pytest.fixture
def owner_url(server: psycopg.Connection, beginning: "Prepared | None") -> Iterator[str]:
    """A fresh, migrated database; its address for the owner, who sees every row."""
    name = copy_database(server, beginning.database if beginning else TEMPLATE, "test")
    yield with_database(os.environ[OWNER_URL], name)
    server.execute(f"drop database {name} with (force)")


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection that no policy restricts: for set-up and for assertions on rows."""
    connection = await asyncpg.connect(owner_url)
    yield connection
    await connection.close()


@pytest.fixture
async def database(owner_url: str) -> AsyncIterator[Database]:
    """The application's own way to that database."""
    database = Database(app_url(owner_url), pool_size=4)
    yield database
    await database.close()


@pytest.fixture
def settings(tmp_path: Path, owner_url: str, beginning: "Prepared | None") -> Settings:
    """Settings as in development, with limits off; the files of a test are its own as its database is."""
    if beginning:
        shutil.copytree(beginning.directory, tmp_path, dirs_exist_ok=True)
    return settings_of(tmp_path, owner_url)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The application as it runs in production, without a worker: `drain` does its work."""
    from karavan.app import create_app

    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor who is not signed in."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest.fixture
def drain(settings: Settings, database: Database) -> Callable[..., Awaitable[int]]:
    """Do what a worker would do, until nothing is due: `await drain()`; `allow_failures=True` goes on after failures."""
    from karavan.worker import drain as drain_worker

    async def run(*, allow_failures: bool = False) -> int:
        return await drain_worker(settings, database, allow_failures=allow_failures)

    return run


@pytest.fixture
def made(app: FastAPI, beginning: "Prepared") -> Any:
    """What this test begins with, speaking with this test's application."""
    from tests.prepared import rebound

    return rebound(beginning.value, app)


@pytest.fixture
def pair(made: Any) -> Any:
    """A buyer and a vendor with the details that documents need."""
    return made


@pytest.fixture
def trade(made: Any) -> Any:
    """A buyer and a supplier who trade, with two products in stock."""
    return made


@pytest.fixture
def market(made: Any) -> Any:
    """Two companies in the middle of everything."""
    return made
