"""Migrations: forward only, run by the owner of the tables under one lock."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from karavan.kit.tenancy import APP_ROLE, SYSTEM_ROLE

_SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"
_LOCK = 0x6B617276


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config


def head() -> str:
    """The revision that this version of the program needs."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def _engine(owner_url: str) -> sqlalchemy.Engine:
    return create_engine(
        owner_url.replace("postgresql://", "postgresql+psycopg://", 1),
        poolclass=sqlalchemy.pool.NullPool,
    )


def current(owner_url: str) -> str | None:
    """The revision that the database has; nothing when it is empty."""
    with _engine(owner_url).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


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
        if MigrationContext.configure(connection).get_current_revision() != head():
            connection.execute(text("set local lock_timeout = '5s'"))
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            # Readiness compares the revision with the program's own.
            connection.execute(
                text(f"grant select on alembic_version to {APP_ROLE}, {SYSTEM_ROLE}")
            )
        _give_password(connection, app_url)
        connection.commit()


def _give_password(connection: Connection, app_url: str) -> None:
    parts = urlsplit(app_url)
    if parts.username == APP_ROLE and parts.password:
        password = unquote(parts.password).replace("'", "''")
        connection.exec_driver_sql(
            f"alter role {APP_ROLE} with login noinherit password '{password}'"
        )
