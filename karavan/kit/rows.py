"""Rows straight to the driver, for what people wait for in numbers.

The object mapper is the usual way. It costs a third of a millisecond for each statement, which a quote or an order of a
dozen statements would spend on bookkeeping: their rows are written from here, by `kit.db.write` and `kit.db.append`.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, TypeVar

import asyncpg
from msgspec import Struct
from msgspec.json import encode
from sqlalchemy import JSON, Table
from sqlalchemy.orm import DeclarativeBase, class_mapper

RowT = TypeVar("RowT", bound=DeclarativeBase)

Values = dict[str, Any]
"""Values of a table's columns by name."""

_PARAMETERS_MAX = 32_000  # the protocol counts them in 16 bits
_PLACEHOLDER = re.compile(r"\$(\d+)")


@cache
def _table(model: type[DeclarativeBase]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


@cache
def _names(model: type[DeclarativeBase]) -> tuple[str, ...]:
    return tuple(column.name for column in _table(model).columns)


@cache
def _defaults(model: type[DeclarativeBase]) -> tuple[tuple[str, Any, bool], ...]:
    """Columns that neither a row need name nor the database fills: the value, or the function that makes it."""
    found = []
    for column in _table(model).columns:
        default: Any = column.default
        if default is not None and (default.is_callable or default.is_scalar):
            found.append((column.name, default.arg, default.is_callable))
    return tuple(found)


@cache
def _insertion(
    model: type[DeclarativeBase], names: tuple[str, ...], count: int, returned: tuple[str, ...]
) -> str:
    width = len(names)
    rows = ", ".join(
        "(" + ", ".join(f"${row * width + place}" for place in range(1, width + 1)) + ")"
        for row in range(count)
    )
    returning = f" returning {', '.join(returned)}" if returned else ""
    return f"insert into {model.__tablename__} ({', '.join(names)}) values {rows}{returning}"


@cache
def _as_json(model: type[DeclarativeBase], names: tuple[str, ...]) -> tuple[int, ...]:
    """Places of the values that travel as JSON text."""
    columns = _table(model).columns
    return tuple(i for i, name in enumerate(names) if isinstance(columns[name].type, JSON))


@cache
def _unnamed(model: type[DeclarativeBase], names: tuple[str, ...]) -> tuple[str, ...]:
    """Columns that the database fills when only `names` are given."""
    return tuple(name for name in _names(model) if name not in names)


def _parameters(
    model: type[DeclarativeBase], names: tuple[str, ...], rows: Sequence[Values]
) -> list[Any]:
    as_json = _as_json(model, names)
    parameters: list[Any] = []
    for values in rows:
        one = list(values.values())
        for place in as_json:
            if one[place] is not None:
                one[place] = encode(one[place]).decode()
        parameters += one
    return parameters


@cache
def _maker(model: type[DeclarativeBase]) -> Callable[[], Any]:
    # `class_mapper` has all models configured, which the first object made in the usual way would do.
    make: Callable[[], Any] = class_mapper(model).class_manager.new_instance
    return make


def built(model: type[RowT], **values: Any) -> RowT:
    """A mapped object for `kit.db.write`. Its usual constructor notes each value for a flush that never comes, which
    takes as long as sending the row.

    Args:
        values: of the table's columns by name.

    Raises:
        TypeError: the table has no such column.
    """
    if not _known(model) >= values.keys():
        unknown = sorted(values.keys() - _known(model))
        raise TypeError(f"{model.__name__} has no column {', '.join(unknown)}")
    row: RowT = _maker(model)()
    row.__dict__.update(values)
    return row


@cache
def _known(model: type[DeclarativeBase]) -> frozenset[str]:
    return frozenset(_names(model))


@lru_cache(maxsize=1_000)
def _chained(statements: tuple[tuple[str, int], ...]) -> str:
    """Statements as the parts of one, each with the number of its parameters; what they return comes with their places."""
    parts, told, before = [], [], 0
    for place, (sql, count) in enumerate(statements):
        shifted = _PLACEHOLDER.sub(lambda found, by=before: f"${int(found[1]) + by}", sql)  # type: ignore[misc]  # by is bound here
        parts.append(f"part{place} as ({shifted})")
        if " returning " in sql:
            told.append(f"select {place}, row(part{place}.*) from part{place}")
        before += count
    return f"with {', '.join(parts)} {' union all '.join(told) or 'select 1 where false'}"


def _can_be_one(tables: Sequence[str], parameters: int) -> bool:
    """Whether parts may go in one statement: in which order it does them is not said, so no table may come twice."""
    return len(tables) > 1 and len(set(tables)) == len(tables) and parameters <= _PARAMETERS_MAX


class Change(Struct, frozen=True):
    """A statement with `$1…` parameters that changes rows of one table and whose answer nobody needs."""

    table: str
    sql: str
    parameters: tuple[Any, ...]


async def insert_values(
    driver: asyncpg.Connection,
    rows: Sequence[tuple[type[DeclarativeBase], Values]],
    changes: Sequence[Change] = (),
) -> None:
    """Insert in the order given; neighbours of one kind are one statement, and so is all if no table comes twice.

    Args:
        changes: what is to be done besides, after the rows or together with them.

    Raises:
        PostgresError: the database refused; the transaction is over.
    """
    statements: list[tuple[str, list[Any]]] = []
    tables = []
    for (model, names), group in groupby(rows, key=lambda row: (row[0], tuple(row[1]))):
        values = [one for _, one in group]
        most = _PARAMETERS_MAX // len(names)
        for start in range(0, len(values), most):
            some = values[start : start + most]
            sql = _insertion(model, names, len(some), ())
            statements.append((sql, _parameters(model, names, some)))
            tables.append(model.__tablename__)
    for change in changes:
        statements.append((change.sql, list(change.parameters)))
        tables.append(change.table)
    if _can_be_one(tables, sum(len(values) for _, values in statements)):
        sql = _chained(tuple((sql, len(values)) for sql, values in statements))
        await driver.execute(sql, *(value for _, values in statements for value in values))
        return
    for sql, values in statements:
        await driver.execute(sql, *values)


async def insert_rows(driver: asyncpg.Connection, rows: Sequence[DeclarativeBase]) -> None:
    """The same with mapped objects, which learn what the defaults and the database have put into their other columns."""
    prepared = [(row, _filled(row)) for row in rows]
    groups: list[_Group] = []
    for key, group in groupby(prepared, key=lambda one: (type(one[0]), tuple(one[1]))):
        model: type[DeclarativeBase] = key[0]
        names = key[1]
        pairs = list(group)
        most = _PARAMETERS_MAX // len(names)
        groups += [
            _Group(model, names, pairs[start : start + most])
            for start in range(0, len(pairs), most)
        ]
    tables = [one.model.__tablename__ for one in groups]
    if _can_be_one(tables, sum(len(one.parameters) for one in groups)):
        sql = _chained(tuple((one.sql, len(one.parameters)) for one in groups))
        made: list[list[Sequence[Any]]] = [[] for _ in groups]
        for place, row in await driver.fetch(
            sql, *(value for one in groups for value in one.parameters)
        ):
            made[place].append(row)
        for one, returned in zip(groups, made, strict=True):
            one.learn(returned)
        return
    for one in groups:
        one.learn(await driver.fetch(one.sql, *one.parameters))


class _Group:
    """Mapped objects of one kind that travel together."""

    __slots__ = ("_rows", "_unnamed", "model", "parameters", "sql")

    def __init__(
        self,
        model: type[DeclarativeBase],
        names: tuple[str, ...],
        pairs: Sequence[tuple[DeclarativeBase, Values]],
    ) -> None:
        self.model = model
        self._rows = [row for row, _ in pairs]
        self._unnamed = _unnamed(model, names)
        self.sql = _insertion(model, names, len(pairs), self._unnamed)
        self.parameters = _parameters(model, names, [values for _, values in pairs])

    def learn(self, made: Sequence[Sequence[Any]]) -> None:
        """Take over what the database has put into the columns that were not named."""
        for row, values in zip(self._rows, made, strict=False):
            row.__dict__.update(zip(self._unnamed, values, strict=True))


def _filled(row: DeclarativeBase) -> Values:
    held = row.__dict__
    for name, default, is_made in _defaults(type(row)):
        if name not in held:
            # SQLAlchemy gives every such function the context of its statement, which ours do not look at.
            held[name] = default(None) if is_made else default
    return {name: held[name] for name in _names(type(row)) if name in held}
