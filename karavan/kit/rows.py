"""Rows straight to the driver, for what people wait for in numbers.

The object mapper is the usual way. It costs a third of a millisecond for each statement, which a quote or an order of a
dozen statements would spend on bookkeeping: their rows are written from here, by `kit.db.write` and `kit.db.append`.
"""

import json
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

import asyncpg
from sqlalchemy import JSON, Table
from sqlalchemy.orm import DeclarativeBase

Values = dict[str, Any]
"""Values of a table's columns by name."""

_PARAMETERS_MAX = 32_000  # the protocol counts them in 16 bits


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
                one[place] = json.dumps(one[place])
        parameters += one
    return parameters


async def insert_values(
    driver: asyncpg.Connection, rows: Sequence[tuple[type[DeclarativeBase], Values]]
) -> None:
    """Insert in the order given; neighbours of one kind travel in one statement.

    Raises:
        PostgresError: the database refused; the transaction is over.
    """
    for (model, names), group in groupby(rows, key=lambda row: (row[0], tuple(row[1]))):
        values = [one for _, one in group]
        most = _PARAMETERS_MAX // len(names)
        for start in range(0, len(values), most):
            some = values[start : start + most]
            sql = _insertion(model, names, len(some), ())
            await driver.execute(sql, *_parameters(model, names, some))


async def insert_rows(driver: asyncpg.Connection, rows: Sequence[DeclarativeBase]) -> None:
    """The same with mapped objects, which learn what the defaults and the database have put into their other columns."""
    prepared = [(row, _filled(row)) for row in rows]
    for key, group in groupby(prepared, key=lambda one: (type(one[0]), tuple(one[1]))):
        model: type[DeclarativeBase] = key[0]
        names = key[1]
        pairs = list(group)
        most = _PARAMETERS_MAX // len(names)
        for start in range(0, len(pairs), most):
            some = pairs[start : start + most]
            unnamed = _unnamed(model, names)
            sql = _insertion(model, names, len(some), unnamed)
            parameters = _parameters(model, names, [values for _, values in some])
            for (row, _), made in zip(some, await driver.fetch(sql, *parameters), strict=False):
                for name, value in zip(unnamed, made, strict=True):
                    setattr(row, name, value)


def _filled(row: DeclarativeBase) -> Values:
    held = row.__dict__
    for name, default, is_made in _defaults(type(row)):
        if name not in held:
            # SQLAlchemy gives every such function the context of its statement, which ours do not look at.
            setattr(row, name, default(None) if is_made else default)
    return {name: held[name] for name in _names(type(row)) if name in held}
