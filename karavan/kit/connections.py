"""Connections of the pool as transactions use them: the driver at once, the mapper's part when it is first asked for.

Most requests never touch the object mapper. What SQLAlchemy puts around a connection for it cost such a read as much
processor time as its statements: 150 µs against the 20 µs that the pool and an unused session cost alone.

What only reads has nothing to commit, so nobody waits for its end: its connection rests for a moment, and whoever is
lent it next ends that transaction in the message that begins their own. On a busy server a read is one round trip
shorter for that.
"""

import asyncio
import math
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

_END = "commit"
"""Ends a transaction that has read, also one in which a statement was refused."""

_REST_S = 0.005
"""The transaction of a read may stay open so long after its answer, and at most twice as long, in case another one follows."""

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


class _AsyncSession(AsyncSession):
    """A session whose mapper's part is made when something first asks for it."""

    info: dict[Any, Any] = {}  # noqa: RUF012  # each session has its own; here it hides the mapper's

    def __init__(self, info: dict[str, Any]) -> None:
        self.info = info

    def __getattr__(self, name: str) -> Any:
        if name not in ("sync_session", "_proxied"):
            raise AttributeError(name, name=name, obj=self)
        super().__init__(sync_session_class=_LazySession, expire_on_commit=False)
        self.sync_session.info = self.info
        return self.__dict__[name]


class Lender:
    """Lends the connections of a pool: `await lender.lend(…)`, then `give_back(…)` or `lender.let_rest(…)`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        # The pool counts them as lent: who asks the pool itself must not meet somebody's open transaction.
        # Each with the moment since which it rests, by the loop's clock.
        self._resting: list[tuple[float, PoolProxiedConnection]] = []
        self._waking: asyncio.Task[None] | None = None

    async def lend(self, opening: str, info: dict[str, Any]) -> AsyncSession:
        """A session on a connection on which `opening` has been sent.

        Args:
            opening: statements without parameters that open the transaction.
            info: of the session; what this module keeps there is added.

        Raises:
            PostgresError, OSError: there is no connection to be had.
        """
        if self._resting:
            _, lent = self._resting.pop()
            first = f"{_END}; {opening}"
        else:
            lent = await _checked_out(self._engine)
            first = opening
        try:
            await _driver(lent).execute(first)
        except BaseException as error:
            if not (isinstance(error, DRIVER_ERRORS) and has_left(_driver(lent), error)):
                _discard(lent)
                raise
            # The server was away while the connection lay in the pool. Nothing has happened on it: a new one will do.
            lent.invalidate(error)
            lent = await _awaited(self._engine)
            try:
                await _driver(lent).execute(opening)
            except BaseException:
                _discard(lent)
                raise
        info |= {DRIVER: _driver(lent), _LENT: lent, _ENGINE: self._engine.sync_engine}
        return _AsyncSession(info)

    def may_rest(self, session: AsyncSession) -> bool:
        """Whether a session that has only read may leave its transaction open.

        Not with the mapper's part, by which somebody could go on asking; nor while the pool is used up, as whoever waits
        for it would see connections go to those who come later.
        """
        driver: asyncpg.Connection | None = session.info.get(DRIVER)
        pool = self._engine.sync_engine.pool
        return (
            isinstance(pool, QueuePool)
            and pool.checkedout() < pool.size()
            and not is_mapped(session)
            and driver is not None
            and not driver.is_closed()
        )

    def let_rest(self, session: AsyncSession) -> None:
        """Take back the connection of a session that `may_rest`, with its transaction still open."""
        session.info.pop(DRIVER)
        self._resting.append((asyncio.get_running_loop().time(), session.info.pop(_LENT)))
        if self._waking is None:
            self._waking = asyncio.create_task(self._wake(), name="end of reads")

    async def _wake(self) -> None:
        clock = asyncio.get_running_loop().time
        try:
            while self._resting:
                await asyncio.sleep(_REST_S)
                await self._end_rest(until=clock() - _REST_S)
        finally:
            self._waking = None

    async def _end_rest(self, *, until: float) -> None:
        """End the transactions of the connections that rest since `until` or longer, and give these back."""
        while self._resting and self._resting[0][0] <= until:
            _, lent = self._resting.pop(0)
            try:
                await _driver(lent).execute(_END)
            except BaseException as error:
                _discard(lent)
                if not isinstance(error, DRIVER_ERRORS):
                    raise
            else:
                lent.close()

    async def close(self) -> None:
        """Let nothing rest any longer."""
        if self._waking is not None:
            self._waking.cancel()
        await self._end_rest(until=math.inf)


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


def is_mapped(session: AsyncSession) -> bool:
    """Whether the object mapper has been asked for anything."""
    return "sync_session" in session.__dict__


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
