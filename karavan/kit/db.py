"""The database: one engine, and transactions that open with their tenant already set."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from msgspec.structs import replace
from sqlalchemy import BigInteger, DateTime, MetaData, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import NullPool

from karavan.kit import connections
from karavan.kit.connections import (
    DRIVER,
    DRIVER_ERRORS,
    Lender,
    give_back,
    has_left,
    is_mapped,
    unbind,
)
from karavan.kit.ids import new_id
from karavan.kit.rows import Change, insert_rows, insert_values
from karavan.kit.scopes import PUBLIC, Scope
from karavan.kit.tenancy import SYSTEM_ROLE

Answer = TypeVar("Answer")

HAS_EVENTS = "has_events"
"""Key in `session.info`: this transaction recorded an event, so the relay is woken after the commit."""

_APPENDED, _CHANGES = "appended", "changes"
"""Keys in `session.info`: rows that wait to be written together at the end, and statements that wait with them."""

_SCOPE, _IS_SYSTEM = "scope", "is_system"
"""Keys in `session.info`: what the transaction was opened for; whether it sees every organisation, now or all along."""

_OURS = frozenset({HAS_EVENTS, _APPENDED, _CHANGES, _IS_SYSTEM, _SCOPE}) | connections.KEYS
"""Keys of the kernel; another one means that somebody waits for the mapper's commit."""


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


class LostTransactionError(Exception):
    """The database had given up the transaction: somebody swallowed the error that made it do so."""


class Database:
    """Opens transactions. Holds no state of a request.

    Transactions begin and end here and not in SQLAlchemy, which runs statements and believes that each commits itself:
    so a transaction opens in one message together with its tenant, and hot reads may go straight to the driver.
    """

    def __init__(self, url: str, *, pool_size: int = 24, pooled: bool = True) -> None:
        pool: dict[str, Any] = (
            {"pool_size": pool_size, "max_overflow": 0, "pool_timeout": 10, "pool_use_lifo": True}
            if pooled
            else {"poolclass": NullPool}
        )
        self.url = url
        self.engine = create_async_engine(
            url.replace("postgresql://", "postgresql+asyncpg://", 1),
            connect_args={
                "server_settings": {
                    "application_name": "karavan",
                    "lock_timeout": "10s",
                    "idle_in_transaction_session_timeout": "60s",
                },
            },
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            **pool,
        )
        self.lender = Lender(self.engine)
        self.on_events: Callable[[], None] = lambda: None

    def transaction(self, scope: Scope = PUBLIC) -> "Transaction":
        """One transaction: `async with database.transaction(scope) as session`."""
        return Transaction(self, scope)

    async def connect(self) -> asyncpg.Connection:
        """A plain connection outside the pool, for LISTEN and NOTIFY."""
        return await asyncpg.connect(self.url)

    async def close(self) -> None:
        """Give every pooled connection back to the server."""
        await self.lender.close()
        await self.engine.dispose()


class Transaction:
    """A transaction that is committed when its block ends, and rolled back when that raises.

    The only place that commits. When the transaction recorded events, the relay is woken after the commit.
    """

    __slots__ = ("_database", "_scope", "_session")

    _session: AsyncSession

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope

    async def __aenter__(self) -> AsyncSession:
        """Begin, with the tenant already set."""
        scope = self._scope
        info = {_IS_SYSTEM: scope.system, _SCOPE: scope}
        self._session = await self._database.lender.lend(scope.opening, info)
        return self._session

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End, and give the connection back; what only reads is ended later, as nobody's work depends on it.

        Raises:
            LostTransactionError: the database rolled back instead of committing.
        """
        session, lender = self._session, self._database.lender
        end = give_back
        try:
            if error is None and session.info[_SCOPE].reads_only and lender.may_rest(session):
                await _write_appended(session)
                end = lender.let_rest
            elif error is None:
                await _commit(session)
            else:
                await _roll_back(session)
        except BaseException:
            if error is None:
                await _roll_back(session)
            raise
        finally:
            try:
                if _was_used(session):
                    await session.close()
            finally:
                end(session)
        if error is None and session.info.get(HAS_EVENTS):
            self._database.on_events()


async def _commit(session: AsyncSession) -> None:
    """Commit, unless the session was released.

    Raises:
        LostTransactionError: the database rolled back instead.
    """
    if _was_used(session):
        await session.commit()
    await _write_appended(session)
    driver: asyncpg.Connection | None = session.info.get(DRIVER)
    if driver is not None and (ended := await driver.execute("commit")) != "COMMIT":
        raise LostTransactionError(ended)


def _was_used(session: AsyncSession) -> bool:
    """Whether anything has gone through the object mapper, or waits for its commit; reads straight from the driver do not."""
    return is_mapped(session) and (
        session.sync_session.in_transaction() or not session.info.keys() <= _OURS
    )


async def _roll_back(session: AsyncSession) -> None:
    driver: asyncpg.Connection | None = session.info.get(DRIVER)
    try:
        if is_mapped(session) and session.sync_session.in_transaction():
            await session.rollback()
        if driver is not None and not driver.is_closed():
            await driver.execute("rollback")
    except DRIVER_ERRORS:
        # What went wrong before is what the caller should hear of.
        pass
    finally:
        if driver is not None and not driver.is_closed() and driver.is_in_transaction():
            # We were cancelled here as well. Nobody must inherit an open transaction with somebody's tenant.
            driver.terminate()


@asynccontextmanager
async def as_system(session: AsyncSession) -> AsyncIterator[None]:
    """Let the statements of this block see every organisation, inside the caller's own transaction.

    For the few writes and locks that cross organisations by their nature: a vendor's quote locks the buyer's request.
    What is read here must not reach the caller unfiltered. Where the transaction sees every organisation already, it goes
    on doing so.
    """
    if session.info[_IS_SYSTEM]:
        yield
        return
    driver: asyncpg.Connection = session.info[DRIVER]
    await _flush_all(session)
    await driver.execute(f"set local role {SYSTEM_ROLE}")
    session.info[_IS_SYSTEM] = True
    yield
    # An exception leaves the role as it is: the transaction is over then.
    await _flush_all(session)
    await driver.execute("set local role none")
    session.info[_IS_SYSTEM] = False


async def flush(session: AsyncSession) -> None:
    """Have the object mapper write what waits in it, if it has been asked for anything."""
    if _was_used(session):
        await session.flush()


async def _flush_all(session: AsyncSession) -> None:
    """Write what waits, in the role that it was made in."""
    await flush(session)
    await _write_appended(session)


async def begin_writing(session: AsyncSession) -> None:
    """Let a transaction that reads write from here on, for what a read has to note after all.

    To the database it is another transaction. Each statement sees what has been committed before it either way.
    """
    scope: Scope = session.info[_SCOPE]
    if scope.reads_only:
        writing = replace(scope, reads_only=False)
        await session.info[DRIVER].execute(f"commit; {writing.opening}")
        session.info[_SCOPE] = writing


def append(session: AsyncSession, model: type[DeclarativeBase], **values: Any) -> None:
    """Have a row written at the end of the transaction, in the order of the calls.

    For rows that only accompany others and that nobody reads back before the commit: events and the audit trail.

    Args:
        values: of the table's columns by name; the database fills what is left out.
    """
    session.info.setdefault(_APPENDED, []).append((model, values))


def append_change(session: AsyncSession, table: str, sql: str, *parameters: Any) -> None:
    """Have a statement done at the end of the transaction, together with what else waits for it.

    Args:
        table: the one that it changes.
        sql: an INSERT, UPDATE or DELETE with `$1…` parameters whose answer nobody needs.
    """
    session.info.setdefault(_CHANGES, []).append(Change(table, sql, parameters))


async def _write_appended(session: AsyncSession) -> None:
    rows = session.info.pop(_APPENDED, ())
    changes = session.info.pop(_CHANGES, ())
    if rows or changes:
        driver = session.info[DRIVER]
        await _answered(driver, insert_values(driver, rows, changes))


async def write(session: AsyncSession, *rows: DeclarativeBase) -> None:
    """Insert `rows` at once, straight by the driver, in the order given.

    They learn what the database has put into columns that were not set (as text where that is JSON). The object mapper does
    not learn of them: what is changed in them later is not written, and what waits in the session is not flushed first.

    Raises:
        PostgresError: the database refused; `constraint_name` tells why, and the transaction is over.
    """
    driver = session.info[DRIVER]
    await _answered(driver, insert_rows(driver, rows))


@asynccontextmanager
async def savepoint(session: AsyncSession) -> AsyncIterator[None]:
    """A part of the transaction that leaves nothing behind when it raises."""
    await _flush_all(session)
    try:
        async with session.begin_nested():
            # The mapper sends its savepoint with its first statement; what goes by the driver must come after it.
            await session.connection()
            yield
            await _flush_all(session)
    except BaseException:
        session.info.pop(_APPENDED, None)
        session.info.pop(_CHANGES, None)
        raise


async def release(session: AsyncSession) -> None:
    """End the request's transaction now, because what follows waits for somebody outside.

    What it has done so far is committed and its connection is given back. What is asked of the session afterwards sees
    what a visitor sees, each statement for itself: open another transaction for what comes after.
    """
    await _commit(session)
    unbind(session)


async def read_row(session: AsyncSession, sql: str, *parameters: Any) -> Sequence[Any] | None:
    """The one row that a hot read yields, in the session's own transaction, straight from the driver.

    The layers between would only wrap the row, for five times the driver's processor time. What waits in the session
    is not flushed first.

    Args:
        sql: a statement with `$1…` parameters that yields at most one row.

    Raises:
        PostgresError: the database refused.
        ConnectionResetError: it went away.
    """
    driver: asyncpg.Connection = session.info[DRIVER]
    row: Sequence[Any] | None = await _answered(driver, driver.fetchrow(sql, *parameters))
    return row


async def read_rows(session: AsyncSession, sql: str, *parameters: Any) -> list[Sequence[Any]]:
    """The same of a statement that yields any number of rows."""
    driver: asyncpg.Connection = session.info[DRIVER]
    rows: list[Sequence[Any]] = await _answered(driver, driver.fetch(sql, *parameters))
    return rows


async def _answered(driver: asyncpg.Connection, asked: Awaitable[Answer]) -> Answer:
    try:
        return await asked
    except DRIVER_ERRORS as error:
        if has_left(driver, error):
            raise ConnectionResetError("the database went away") from error
        raise


async def read_json(session: AsyncSession, sql: str, *parameters: Any) -> bytes | None:
    """The JSON text that one statement builds in SQL, untouched by Python.

    Args:
        sql: a statement with `$1…` parameters that yields one text column of one row.
    """
    row = await read_row(session, sql, *parameters)
    return None if row is None or row[0] is None else str(row[0]).encode()
