"""Row-level security: which rows of which table the application's two roles may see.

`karavan_app` is the role that serves requests: it sees what the policies of a table allow to the organisation and
person named by the transaction's settings. `karavan_system` is entered by handlers, jobs and sign-in
(`set local role`) and has a policy of its own on each table, so nothing needs BYPASSRLS.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Uuid, literal_column, or_

APP_ROLE = "karavan_app"
SYSTEM_ROLE = "karavan_system"

# A sub-select is evaluated once per statement and compared by index; a bare call would run for every row.
# After a transaction the setting reads '', not NULL, hence `nullif`.
CURRENT_ORGANISATION = "(select nullif(current_setting('karavan.org_id', true), '')::uuid)"
CURRENT_USER = "(select nullif(current_setting('karavan.user_id', true), '')::uuid)"


def caller_is(*columns: Any) -> ColumnElement[bool]:
    """One of `columns` is the caller's organisation; true of every row when the clock or a handler asks.

    A query that says so itself shows strangers nothing even where a policy were missing.
    """
    caller = literal_column(CURRENT_ORGANISATION, Uuid())
    return or_(caller.is_(None), *(column == caller for column in columns))


class Policy(Struct, frozen=True):
    """One permissive policy for requests.

    Attributes:
        name: unique within the table.
        using: rows that may be read, changed or deleted; SQL.
        command: `select`, `insert`, `update`, `delete` or `all`.
        check: rows that may be written; `using` by default.
    """

    name: str
    using: str
    command: str = "all"
    check: str | None = None


def belongs_to(column: str, *, command: str = "all") -> Policy:
    """Rows whose `column` is the caller's organisation."""
    return Policy(f"own_{column}", f"{column} = {CURRENT_ORGANISATION}", command)


def belongs_to_user(column: str, *, command: str = "all") -> Policy:
    """Rows whose `column` is the person who is signed in."""
    return Policy(f"own_{column}", f"{column} = {CURRENT_USER}", command)


def protect(
    table: str,
    policies: Sequence[Policy],
    *,
    app: str = "select, insert, update, delete",
    system: str = "select, insert, update, delete",
    system_using: str = "true",
) -> list[str]:
    """Statements that grant a tenant table to both roles and put its rows under policies.

    Args:
        app, system: privileges of the two roles; empty for none.
        system_using: rows that even handlers and jobs may see; a sealed quote narrows it.
    """
    statements = [
        *grant(table, app=app, system=system),
        f"alter table {table} enable row level security",
        f"create policy system on {table} to {SYSTEM_ROLE} using ({system_using}) with check (true)",
    ]
    for policy in policies:
        clauses = [f"create policy {policy.name} on {table} for {policy.command} to {APP_ROLE}"]
        if policy.command != "insert":
            clauses.append(f"using ({policy.using})")
        if policy.command in {"insert", "update", "all"}:
            clauses.append(f"with check ({policy.check or policy.using})")
        statements.append(" ".join(clauses))
    return statements


def grant(
    table: str,
    *,
    app: str = "select, insert, update, delete",
    system: str = "select, insert, update, delete",
) -> list[str]:
    """Statements that grant a table without tenants, such as a register of the platform's own."""
    pairs: Iterable[tuple[str, str]] = ((APP_ROLE, app), (SYSTEM_ROLE, system))
    return [f"grant {privileges} on {table} to {role}" for role, privileges in pairs if privileges]
