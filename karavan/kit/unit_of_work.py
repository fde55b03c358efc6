"""One request, one transaction, committed before the answer leaves."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database, Transaction
from karavan.kit.scopes import SYSTEM, Scope

_SAFE = frozenset({"GET", "HEAD"})


def database_of(request: Request) -> Database:
    """The database that the composition root has opened."""
    database: Database = request.app.state.database
    return database


class UnitOfWork:
    """The transactions of one request: each opened when it is first asked for, all ended before the answer leaves.

    The route stands inside this block (`kit/routing.py`) and returns with the answer serialised: a commit that fails
    is an error answer, never a promise that was not kept.
    """

    __slots__ = ("_opened", "_request")

    def __init__(self, request: Request) -> None:
        self._request = request
        self._opened: dict[Scope, tuple[AsyncSession, Transaction]] = {}
        request.state.unit_of_work = self

    async def transaction(self, scope: Scope) -> AsyncSession:
        """The request's transaction for `scope`."""
        opened = self._opened.get(scope)
        if opened is not None:
            return opened[0]
        transaction = database_of(self._request).transaction(scope)
        session = await transaction.__aenter__()
        self._opened[scope] = session, transaction
        return session

    async def __aenter__(self) -> None:
        """Nothing is opened yet."""

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Commit, or roll back when the block raised. Of several, the last opened ends first."""
        transactions = [transaction for _, transaction in self._opened.values()]
        if len(transactions) == 1:
            await transactions[0].__aexit__(kind, error, traceback)
        elif transactions:
            stack = AsyncExitStack()
            for one in transactions:
                stack.push_async_exit(one)
            await stack.__aexit__(kind, error, traceback)


async def open_transaction(request: Request) -> AsyncSession:
    """The request's transaction, opened for the organisation of its token. `GET` and `HEAD` only read in it (RFC 9110 § 9.2.1)."""
    credentials = request.state.credentials
    reads_only = request.method in _SAFE
    scope = (
        Scope(credentials.organisation_id, credentials.user_id, reads_only=reads_only)
        if credentials is not None
        else Scope(reads_only=reads_only)
    )
    unit: UnitOfWork = request.state.unit_of_work
    return await unit.transaction(scope)


async def open_system_transaction(request: Request) -> AsyncSession:
    """A transaction that sees every organisation: for sign-in, invitations and other doors before a tenant is known."""
    unit: UnitOfWork = request.state.unit_of_work
    return await unit.transaction(SYSTEM)


Tx = Annotated[AsyncSession, Depends(open_transaction)]
SystemTx = Annotated[AsyncSession, Depends(open_system_transaction)]
