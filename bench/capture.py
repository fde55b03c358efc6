"""What the application sends to the database for one request, taken down while it answers it."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpx
from asyncpg.connection import LoggedQuery
from sqlalchemy import event

from bench.stage import Stage
from karavan.app import create_app

_CHANGES = re.compile(r"\b(insert\s+into|delete\s+from|(?<!for )(?<!key )update\s+\w+\s)")
_LOCKS = re.compile(r"\bfor (no key update|update|share|key share)\b")
_DRIVERS_OWN = re.compile(
    r"(begin|commit|rollback)\b|.*(typeinfo_tree|set_config\('jit')", re.DOTALL
)
_heard: ContextVar[list["Statement"] | None] = ContextVar("heard", default=None)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with `$1…` parameters, as the driver was given it."""

    sql: str
    values: tuple[Any, ...]

    @property
    def writes(self) -> bool:
        """Whether it changes rows, by itself or by one of its common table expressions, or locks them, which PostgreSQL
        writes into the rows; or enters or leaves the role in which that is done.
        """
        sql = self.sql.lstrip().lower()
        if sql.startswith("with") and _CHANGES.search(sql):
            return True
        return sql.startswith(("insert", "update", "delete", "set local role")) or (
            _LOCKS.search(sql) is not None
        )


def statements_of(
    stage: Stage,
    method: str,
    path: str,
    *,
    person: int,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> list[Statement]:
    """The statements of one request, in order, without the transaction's own BEGIN and COMMIT.

    Raises:
        RuntimeError: the request was refused.
    """
    return asyncio.run(
        _statements_of(stage, method, path, body, {**_signed_in(stage, person), **(headers or {})})
    )


def _signed_in(stage: Stage, person: int) -> dict[str, str]:
    return {"authorization": f"Bearer {stage.token(person)}"}


async def _statements_of(
    stage: Stage, method: str, path: str, body: object, headers: Mapping[str, str]
) -> list[Statement]:
    app = create_app(stage.settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://bench", headers=headers) as client,
    ):
        with _listening(app.state.database.engine.sync_engine) as statements:
            answer = await client.request(method, path, json=body)
    if answer.is_error:
        raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
    return statements


@contextmanager
def _listening(engine: Any) -> Iterator[list[Statement]]:
    statements: list[Statement] = []

    def hear(
        _connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: Any
    ) -> None:
        # The application's own background work runs in other contexts and is not heard.
        heard = _heard.get()
        if heard is not None:
            # Rows that one INSERT carries together come as one list of values, although they are many.
            apart = many and values and isinstance(values[0], (list, tuple))
            heard.extend(Statement(sql, tuple(one)) for one in (values if apart else [values]))

    def hear_driver(record: LoggedQuery) -> None:
        # Hot reads go straight to the driver; a transaction's own beginning and end are no statements of the request.
        # Nor are the driver's own questions about types, which it asks once for each connection.
        if not _DRIVERS_OWN.match(record.query):
            hear(None, None, record.query, record.args, None, many=False)

    def listen_to(adapter: Any, _record: Any, _proxy: Any) -> None:
        # At every checkout, as starting has left connections in the pool. Loggers are a set.
        adapter.driver_connection.add_query_logger(hear_driver)

    event.listen(engine, "before_cursor_execute", hear)
    event.listen(engine, "checkout", listen_to)
    token = _heard.set(statements)
    try:
        yield statements
    finally:
        _heard.reset(token)
        event.remove(engine, "checkout", listen_to)
        event.remove(engine, "before_cursor_execute", hear)
