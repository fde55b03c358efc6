"""Answers that one statement builds as JSON (docs/adr/0009): the parts that they share.

Whoever uses them writes SQL with `$1…` parameters, runs it by `kit.db.read_json` or `read_row`, and sends the bytes as they
are.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

MONEY = "case when {amount} is not null then json_build_object('amount', {amount}, 'currency', {currency}) end"


def money(amount: str, currency: str) -> str:
    """An expression for money that may be absent."""
    return MONEY.format(amount=amount, currency=currency)


def moment(column: str) -> str:
    """An expression for a moment as every answer writes it (`rfc3339`): left alone, JSON would say `+00:00` for `Z`."""
    text = f"""to_char({column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return f"replace({text}, '.000000Z', 'Z')"


class Conditions:
    """A WHERE clause whose values are always parameters.

    Use: `where.add("r.category = any(?)", categories)`; each `?` stands for the value, once or more.
    """

    def __init__(self, *clauses: str, values: Sequence[Any] = ()) -> None:
        self.clauses = list(clauses)
        self.values = list(values)

    def parameter(self, value: Any) -> str:
        """The placeholder of a further value."""
        self.values.append(value)
        return f"${len(self.values)}"

    def add(self, clause: str, value: Any) -> None:
        """A condition, unless there is no value to compare with."""
        if value is None or value == []:
            return
        self.clauses.append(clause.replace("?", self.parameter(value)))

    @property
    def sql(self) -> str:
        """All conditions together."""
        return " and ".join(f"({clause})" for clause in self.clauses) or "true"


def order_by(
    columns: Mapping[str, str],
    sort: Sequence[str],
    tiebreaker: str,
    *,
    nullable: Collection[str] | None = None,
) -> str:
    """An ORDER BY from names that `Sorting` has already checked; the tiebreaker makes pages stable.

    Args:
        nullable: the names by which rows without a value come last; all of them where nothing is said. An index serves a
            descending order only by the others.
    """
    parts = []
    for key in dict.fromkeys(sort):
        name = key.lstrip("-")
        nulls = " nulls last" if nullable is None or name in nullable else ""
        parts.append(f"{columns[name]} {'desc' if key.startswith('-') else 'asc'}{nulls}")
    last = "desc" if sort and sort[0].startswith("-") else "asc"
    return ", ".join([*parts, f"{tiebreaker} {last}"])


def page_of(
    item: str,
    source: str,
    where: Conditions,
    order: str,
    *,
    page: int,
    size: int,
    key: str = "r.id",
    counted_to: int | None = None,
) -> tuple[str, list[Any]]:
    """One statement that builds a whole page: items are built for the rows of the page alone.

    Args:
        item: JSON expression of a row.
        source: FROM clause with its aliases, such as `procurement_requests r`.
        order: ORDER BY clause.
        key: what identifies a row of the source.
        counted_to: stop counting there. Without it the source is read once, all that fits; with it twice, but only as
            far as the page and the count need, which is cheaper where everybody's rows are in it.

    Returns:
        SQL with `$1…` parameters, and their values.
    """
    values = [*where.values, size, (page - 1) * size, page]
    limit, offset, number = (f"${len(where.values) + i}::bigint" for i in (1, 2, 3))
    matching = f"from {source} where {where.sql}"
    numbered = f"select {key} as id, row_number() over (order by {order}) as place {matching}"
    if counted_to is None:
        parts = f"""
    found as materialized ({numbered}),
    page as (select * from found where place > {offset} and place <= {offset} + {limit}),
    counted as (select count(*) as total from found)"""
    else:
        parts = f"""
    page as materialized ({numbered} order by {order} limit {limit} offset {offset}),
    nearest as (select 1 {matching} order by {order} limit {counted_to}),
    counted as materialized (
      select greatest((select count(*) from nearest), (select max(place) from page)) as total
    )"""
    sql = f"""
    with {parts}
    select json_build_object(
      'items', coalesce((
        select json_agg({item} order by page.place) from {source} join page on page.id = {key}
      ), '[]'::json),
      'page', {number},
      'size', {limit},
      'total', counted.total,
      'pages', (counted.total + {limit} - 1) / {limit}
    )::text
    from counted
    """
    return sql, values


def counts_by_state(source: str, where: Conditions) -> str:
    """How many rows match in all and in each state: `{"total": 3, "states": [{"value": "open", "count": 3}]}`.

    Args:
        source: FROM clause whose rows have a `state`.

    Returns:
        SQL with the parameters of `where`.
    """
    return f"""
    with counted as (select state, count(*) as n from {source} where {where.sql} group by 1)
    select json_build_object(
      'total', coalesce((select sum(n) from counted), 0),
      'states', coalesce((select json_agg(json_build_object('value', state, 'count', n)
        order by state) from counted), '[]'::json))::text"""


def with_parts(body: str, **parts: Any) -> bytes:
    """A JSON object with further members at its end."""
    tail = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return f"{body.rstrip()[:-1]}, {tail[1:]}".encode()
