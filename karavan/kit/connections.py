"""Connections of the pool as transactions use them: the driver at once, the mapper's part when it is first asked for.

Most requests never touch the object mapper. What SQLAlchemy puts around a connection for it cost such a read as much
processor time as its statements: 150 µs against the 20 µs that the pool and an unused session cost alone.
"""

from typing import Any

import asyncpg
from sqlalchemy import Connection
from sqlalchemy.exc import MissingGreenlet
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection, QueuePool
from sqlalchemy.util import greenlet_spawn

DRIVER = "driver"
"""Key in `session.info`: the driver's connection under the session, until it is given back."""

_LENT = "lent"
"""Key in `session.info`: the same connection as the pool knows it."""

_ENGINE = "engine"
"""Key in `session.info`: whose pool it is of."""

KEYS = frozenset({DRIVER, _LENT, _ENGINE})

DRIVER_ERRORS = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
)


class _LazySession(Session):
    """A session on a lent connection, which it wraps for the mapper when that first needs it."""

    def get_bind(self, *_: Any, **__: Any) -> Any:
        """What statements run on."""
        if self.bind is None:
            self.bind = Connection(self.info[_ENGINE], connection=self.info[_LENT])
        return self.bind


async def lend(engine: AsyncEngine, opening: str, info: dict[str, Any]) -> AsyncSession:
    """A session on a connection of the pool, on which `opening` has been sent.

    Args:
        opening: statements without parameters that open the transaction.
        info: of the session; what this module keeps there is added.

    Raises:
        PostgresError, OSError: there is no connection to be had.
    """
    lent = await _checked_out(engine)
    try:
        await _driver(lent).execute(opening)
    except BaseException as error:
        if not (isinstance(error, DRIVER_ERRORS) and has_left(_driver(lent), error)):
            _discard(lent)
            raise
        # The server was away while the connection lay in the pool. Nothing has happened on it: a new one will do.
        lent.invalidate(error)
        lent = await _awaited(engine)
        try:
            await _driver(lent).execute(opening)
        except BaseException:
            _discard(lent)
            raise
    info |= {DRIVER: _driver(lent), _LENT: lent, _ENGINE: engine.sync_engine}
    return AsyncSession(sync_session_class=_LazySession, expire_on_commit=False, info=info)


def give_back(session: AsyncSession) -> None:
    """Return the session's connection to the pool, unless that has been done."""
    session.info.pop(DRIVER, None)
    lent: PoolProxiedConnection | None = session.info.pop(_LENT, None)
    if lent is not None:
        lent.close()


def unbind(session: AsyncSession) -> None:
    """Let what is asked of the session from now on run on connections of its own, each statement for itself."""
    give_back(session)
    session.sync_session.bind = session.info[_ENGINE]


def has_left(driver: asyncpg.Connection, error: Exception) -> bool:
    """Whether the server has ended the connection; the driver may find its farewell in the middle of its own work."""
    return driver.is_closed() or isinstance(error, asyncpg.InternalClientError)


def _driver(lent: PoolProxiedConnection) -> asyncpg.Connection:
    return lent.driver_connection


def _discard(lent: PoolProxiedConnection) -> None:
    """Nobody must inherit a transaction that may have been opened with somebody's tenant."""
    _driver(lent).terminate()
    lent.close()


async def _checked_out(engine: AsyncEngine) -> PoolProxiedConnection:
    pool = engine.sync_engine.pool
    if isinstance(pool, QueuePool) and pool.checkedin():
        try:
            # One that lies in the pool is had without waiting, and so without a greenlet to wait in.
            return pool.connect()
        except MissingGreenlet:
            # Its connection was lost: it has to be made anew.
            pass
    return await _awaited(engine)


async def _awaited(engine: AsyncEngine) -> PoolProxiedConnection:
    lent: PoolProxiedConnection = await greenlet_spawn(engine.sync_engine.raw_connection)
    return lent
