"""One request, one transaction, committed before the answer leaves."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import PUBLIC, SYSTEM, Database, Scope


def database_of(request: Request) -> Database:
    """The database that the composition root has opened."""
    database: Database = request.app.state.database
    return database


async def open_transaction(request: Request) -> AsyncIterator[AsyncSession]:
    """The request's transaction, opened for the organisation of its token.

    With `scope="function"` FastAPI leaves this block after the answer has been serialised and before it
    is sent: a commit that fails is an error answer, never a promise that was not kept.
    """
    credentials = getattr(request.state, "credentials", None)
    scope = (
        Scope(credentials.organisation_id, credentials.user_id)
        if credentials is not None
        else PUBLIC
    )
    async with database_of(request).transaction(scope) as session:
        request.state.session = session
        yield session


async def open_system_transaction(request: Request) -> AsyncIterator[AsyncSession]:
    """A transaction that sees every organisation: for sign-in, invitations and other doors before a tenant is known."""
    async with database_of(request).transaction(SYSTEM) as session:
        request.state.session = session
        yield session


Tx = Annotated[AsyncSession, Depends(open_transaction, scope="function")]
SystemTx = Annotated[AsyncSession, Depends(open_system_transaction, scope="function")]
