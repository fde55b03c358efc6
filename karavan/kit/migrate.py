"""Migrations: forward only, run by the owner of the tables under one lock.

Alembic and a second driver are imported when there is something to migrate: a start that finds the database up to date
should not pay for them.
"""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import asyncpg
import sqlalchemy
from sqlalchemy import Connection, create_engine, text

from karavan.kit.tenancy import APP_ROLE, SYSTEM_ROLE

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"
_LOCK = 0x6B617276


def alembic_config() -> "Config":
    """Where Alembic finds the migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config


def head() -> str:
    """The revision that this version of the program needs: files are numbered in a line, which a test keeps true."""
    return max(path.name.split("_")[0] for path in (_SCRIPTS / "versions").glob("[0-9]*_*.py"))


def _engine(owner_url: str) -> sqlalchemy.Engine:
    return create_engine(
        owner_url.replace("postgresql://", "postgresql+psycopg://", 1),
        poolclass=sqlalchemy.pool.NullPool,
    )


def current(owner_url: str) -> str | None:
    """The revision that the database has; nothing when it is empty."""
    with _engine(owner_url).connect() as connection:
        return _revision(connection)


async def is_current(app_url: str) -> bool:
    """Whether the application can sign in at this address and finds the revision that it needs."""
    try:
        connection = await asyncpg.connect(app_url)
    except (asyncpg.PostgresError, OSError):
        return False
    try:
        return bool(await connection.fetchval("select version_num from alembic_version") == head())
    except asyncpg.PostgresError:
        return False
    finally:
        await connection.close()


def upgrade(owner_url: str, *, app_url: str) -> None:
    """Bring the database to `head()`.

    Safe when several processes start at once: the first migrates, the others wait and find nothing to do.

    Args:
        owner_url: a role that may create tables and roles.
        app_url: the address that the application will use; its password is given to the application role.
    """
    with _engine(owner_url).connect() as connection:
        # The lock is the transaction's own, so that a killed migration leaves none behind.
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _revision(connection) != head():
            _migrate(connection)
        _give_password(connection, app_url)
        connection.commit()


def _revision(connection: Connection) -> str | None:
    if connection.scalar(text("select to_regclass('alembic_version')")) is None:
        return None
    revision: str | None = connection.scalar(text("select version_num from alembic_version"))
    return revision


def _migrate(connection: Connection) -> None:
    from alembic import command

    connection.execute(text("set local lock_timeout = '5s'"))
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    # Readiness compares the revision with the program's own.
    connection.execute(text(f"grant select on alembic_version to {APP_ROLE}, {SYSTEM_ROLE}"))


def _give_password(connection: Connection, app_url: str) -> None:
    parts = urlsplit(app_url)
    if parts.username == APP_ROLE and parts.password:
        password = unquote(parts.password).replace("'", "''")
        connection.exec_driver_sql(
            f"alter role {APP_ROLE} with login noinherit password '{password}'"
        )
