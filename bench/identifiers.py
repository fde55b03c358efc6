"""Identifiers of the data set: a number of one kind, so that Python, Lua and SQL can all name a row without a look-up."""

from uuid import UUID

USER, ORGANISATION, SESSION, REQUEST, REQUEST_LINE, QUOTE, VERSION, QUOTE_LINE, WRITTEN = range(
    1, 10
)

# Of the market. `WRITTEN` and those after it are of rows that pgbench makes.
(
    CATEGORY,
    ATTRIBUTE,
    PRODUCT,
    LOCATION,
    LINK,
    PRICE_LIST,
    ASSIGNMENT,
    ORDER,
    ORDER_LINE,
    ORDER_MOVE,
    TERMS,
) = range(256, 267)


def prefix_of(kind: int) -> str:
    """What every identifier of the kind begins with: the shape of a UUIDv7, followed by twelve hexadecimal digits."""
    return f"0192a000-{kind:04x}-7000-8000-"


def identifier(kind: int, number: int) -> UUID:
    """The identifier of one row."""
    return UUID(f"{prefix_of(kind)}{number:012x}")


def in_sql(kind: int, number: str) -> str:
    """The same as an SQL expression, where `number` is an expression of an integer."""
    return f"('{prefix_of(kind)}' || lpad(to_hex(({number})::bigint), 12, '0'))::uuid"
