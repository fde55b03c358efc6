"""The database: one engine, and transactions that open with their tenant already set."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import BigInteger, DateTime, MetaData, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import NullPool

from karavan.kit.ids import new_id

SYSTEM_ROLE = "karavan_system"
"""The role of handlers, jobs and sign-in: its policies see every organisation. Entered by `set local role`."""

HAS_EVENTS = "has_events"
"""Key in `session.info`: this transaction recorded an event, so the relay is woken after the commit."""


class Base(DeclarativeBase):
    """Base of every table. Names of constraints follow one convention, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy's own attribute
        UUID: Uuid(as_uuid=True),
        datetime: DateTime(timezone=True),
        int: BigInteger,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        list[dict[str, Any]]: JSONB,
        list[str]: JSONB,
        dict[str, str]: JSONB,
    }
    # What the database fills in on an update comes back with it: reading it later would be a query of its own, which an
    # asynchronous session refuses in the middle of building an answer.
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012  # SQLAlchemy's own attribute


class Identified:
    """A row with a UUIDv7 of its own."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class Timestamped:
    """A row that knows when it was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Versioned:
    """A row that counts its changes, so that two people cannot overwrite one another unseen."""

    version: Mapped[int] = mapped_column(default=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows a transaction may touch."""

    organisation_id: UUID | None = None
    user_id: UUID | None = None
    system: bool = False

    @property
    def opening(self) -> str:
        """The settings to send along with `BEGIN`. Only UUIDs are interpolated, never text from outside."""
        statements = []
        if self.organisation_id is not None:
            statements.append(f"set local karavan.org_id = '{UUID(str(self.organisation_id))}'")
        if self.user_id is not None:
            statements.append(f"set local karavan.user_id = '{UUID(str(self.user_id))}'")
        if self.system:
            statements.append(f"set local role {SYSTEM_ROLE}")
        return "; ".join(statements)


PUBLIC = Scope()
SYSTEM = Scope(system=True)


class ScopedConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg ships no types
    """A connection that sends its scope in the same message as `BEGIN`: no round trip of its own."""

    opening = ""

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:  # noqa: ASYNC109
        """Run `query`; an opening `BEGIN` carries the scope's settings with it."""
        if self.opening and query.startswith("BEGIN"):
            query, self.opening = f"{query} {self.opening}", ""
        status: str = await super().execute(query, *args, timeout=timeout)
        return status


class Database:
    """Opens transactions. Holds no state of a request."""

    def __init__(self, url: str, *, pool_size: int = 16, pooled: bool = True) -> None:
        pool: dict[str, Any] = (
            {"pool_size": pool_size, "max_overflow": pool_size, "pool_timeout": 10}
            if pooled
            else {"poolclass": NullPool}
        )
        self.url = url
        self.engine = create_async_engine(
            url.replace("postgresql://", "postgresql+asyncpg://", 1),
            connect_args={
                "connection_class": ScopedConnection,
                "server_settings": {
                    "application_name": "karavan",
                    "lock_timeout": "10s",
                    "idle_in_transaction_session_timeout": "60s",
                },
            },
            **pool,
        )
        self.on_events: Callable[[], None] = lambda: None

    @asynccontextmanager
    async def transaction(self, scope: Scope = PUBLIC) -> AsyncIterator[AsyncSession]:
        """One transaction, committed when the block ends and rolled back when it raises.

        The only place that commits. When the transaction recorded events, the relay is woken after the commit.
        """
        async with self.engine.connect() as connection:
            driver = await _driver(connection)
            driver.opening = scope.opening
            session = AsyncSession(connection, expire_on_commit=False)
            try:
                yield session
                await session.commit()
            except BaseException:
                await session.rollback()
                raise
            finally:
                # A transaction in which nothing ran never sent its opening; the next user must not inherit it.
                driver.opening = ""
                await session.close()
        if session.info.get(HAS_EVENTS):
            self.on_events()

    async def connect(self) -> asyncpg.Connection:
        """A plain connection outside the pool, for LISTEN and NOTIFY."""
        return await asyncpg.connect(self.url)

    async def close(self) -> None:
        """Give every pooled connection back to the server."""
        await self.engine.dispose()


async def _driver(connection: AsyncConnection) -> ScopedConnection:
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert isinstance(driver, ScopedConnection)
    return driver


@asynccontextmanager
async def as_system(session: AsyncSession) -> AsyncIterator[None]:
    """Let the statements of this block see every organisation, inside the caller's own transaction.

    For the few writes and locks that cross organisations by their nature: a vendor's quote locks the buyer's request.
    What is read here must not reach the caller unfiltered.
    """
    await session.flush()
    await session.execute(text(f"set local role {SYSTEM_ROLE}"))
    yield
    # An exception leaves the role as it is: the transaction is over then.
    await session.flush()
    await session.execute(text("set local role none"))


async def release(session: AsyncSession) -> None:
    """End the request's transaction now, because what follows waits for somebody outside.

    What it has done so far is committed and its connection is given back. The session must not be used again: it has
    lost its organisation, and sees what a visitor sees. Open another transaction for what comes after.
    """
    await session.commit()
    await session.close()


async def read_json(session: AsyncSession, sql: str, *parameters: Any) -> bytes | None:
    """The JSON text that one statement builds in SQL, untouched by Python.

    Args:
        sql: a statement with `$1…` parameters that yields one text column of one row.
    """
    connection = await session.connection()
    value = (await connection.exec_driver_sql(sql, parameters)).scalar()
    return None if value is None else str(value).encode()
