"""Beginnings that many tests share: made once by a process through the public API, kept as a database, copied for each test.

A test asks for one by the name of its fixture – `pair`, `trade`, `market` or `full_shelf` – and may do with its copy as it likes.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg
from fastapi import FastAPI

from karavan.kit.db import Database
from karavan.settings import Settings
from tests.factories.accounts import Account, visitor
from tests.factories.deals import make_pair
from tests.factories.market import make_market
from tests.factories.orders import make_trade
from tests.factories.shelf import make_full_shelf

Drain = Callable[..., Awaitable[int]]
Make = Callable[[FastAPI, asyncpg.Connection, Drain], Awaitable[Any]]

BEGINNINGS: dict[str, Make] = {
    "pair": lambda app, owner, drain: make_pair(app),
    "trade": lambda app, owner, drain: make_trade(app, owner),
    "full_shelf": lambda app, owner, drain: make_full_shelf(app, owner),
    "market": lambda app, owner, drain: make_market(app, drain),
}
# Copies are made as long as the run lasts, and their people are still signed in.
_SIGNED_IN_S = 24 * 3600


@dataclass(frozen=True)
class Prepared:
    """A beginning: its database, its files, and what was made, as the process that made it knew it."""

    database: str
    directory: Path
    value: Any


def prepare(name: str, database: str, settings: Settings) -> Prepared:
    """Make a beginning in a fresh database.

    Args:
        name: one of `BEGINNINGS`.
        database: the database's name; nobody is connected to it afterwards.
        settings: they name the same database and a directory of its own.
    """
    lasting = settings.model_copy(update={"access_token_ttl_s": _SIGNED_IN_S})
    value = asyncio.run(_made(BEGINNINGS[name], lasting))
    return Prepared(database, settings.data_dir, value)


async def _made(make: Make, settings: Settings) -> Any:
    from karavan.app import create_app
    from karavan.worker import drain

    database = Database(settings.database_url, pool_size=4)
    owner = await asyncpg.connect(settings.database_owner_url)
    app = create_app(settings)
    try:
        async with app.router.lifespan_context(app):
            return await make(app, owner, lambda **how: drain(settings, database, **how))
    finally:
        await owner.close()
        await database.close()


def rebound(value: Any, app: FastAPI) -> Any:
    """The same things for another application: every account in them has a client that speaks with it."""
    if isinstance(value, Account):
        client = visitor(app, authorization=f"Bearer {value.access_token}")
        return replace(value, app=app, client=client)
    if is_dataclass(value) and not isinstance(value, type):
        found = {one.name: rebound(getattr(value, one.name), app) for one in fields(value)}
        return replace(value, **found)
    if isinstance(value, dict):
        return {key: rebound(one, app) for key, one in value.items()}
    if isinstance(value, list):
        return [rebound(one, app) for one in value]
    return value
