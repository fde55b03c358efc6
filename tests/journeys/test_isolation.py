"""One company's identifiers in another's hands, at every route and in every table: nothing is seen, nothing is changed."""

import json
from typing import Any

import asyncpg
import pytest

from karavan.kit.tenancy import APP_ROLE
from tests.factories.accounts import Account
from tests.factories.bodies import Bodies, document_of, operations
from tests.factories.deals import make_pair
from tests.factories.market import MARK, Market

# Routes at which an identifier of another company is no secret, and why.
OPEN = {
    "organisations-read-organisation": "the directory shows the public card of every company",
    "invites-preview-invite": "whoever holds the token of an invitation is invited",
    "invites-accept-invite": "whoever holds the token of an invitation is invited",
    "notifications-ask-to-unsubscribe": "the token of a mail is itself the key",
    "notifications-unsubscribe": "the token of a mail is itself the key",
    "notifications-stream-news": "a stream does not end; its tests stand with notifications",
    "auth-logout": "ends the session that the other routes need",
}
# Their address names somebody else's row, but they speak of the caller's own alone.
OWN = {
    "cart-put-lost-away": "no lines of one's own cart were lost there",
    "wishlist-get-wish": "one's own wishlist has no such goods",
    "wishlist-remove-from-wishlist": "one's own wishlist has no such goods, and that was asked for",
}
# Rows that policies show to everybody: the directory, and the request that its owner made public.
PUBLIC_TABLES = {
    "procurement_requests",
    "procurement_request_lines",
    "procurement_request_revisions",
}


@pytest.fixture
async def strangers(app) -> list[Account]:
    """A buyer and a vendor who have nothing to do with them."""
    pair = await make_pair(app)
    return [pair.buyer, pair.vendor]


def owners(market: Market) -> list[Any]:
    return [market.buyer.organisation_id, market.vendor.organisation_id]


async def tenant_tables(owner: asyncpg.Connection) -> dict[str, list[str]]:
    """Every table with tenant columns, and which they are."""
    rows = await owner.fetch(
        "select table_name, array_agg(column_name::text) as columns"
        " from information_schema.columns where table_schema = 'public'"
        " and (column_name = 'organisation_id' or column_name like '%\\_organisation\\_id')"
        " group by table_name order by table_name"
    )
    return {row["table_name"]: row["columns"] for row in rows}


async def rows_of(owner: asyncpg.Connection, market: Market) -> dict[str, list[str]]:
    """Every row that belongs to the market, as JSON, by table."""
    found = {}
    for table, columns in (await tenant_tables(owner)).items():
        theirs = " or ".join(f"{column} = any($1)" for column in columns)
        alone = " and ".join(f"({column} is null or {column} = any($1))" for column in columns)
        rows = await owner.fetch(
            f"select to_jsonb(t)::text as row from {table} t where ({theirs}) and {alone} order by 1",
            owners(market),
        )
        found[table] = [row["row"] for row in rows]
    return found


def secrets_of(rows: dict[str, list[str]], market: Market) -> set[str]:
    """Identifiers of the market's rows that no stranger may learn, and the mark of its texts."""
    public = market.ids["public_request_id"]
    ids = {
        json.loads(row).get("id")
        for table, found in rows.items()
        for row in found
        if not (table in PUBLIC_TABLES and public in row)
    }
    return {str(one) for one in ids if isinstance(one, str) and len(one) == 36} | {MARK}


async def switch_policies_off(owner: asyncpg.Connection) -> None:
    """Leave the queries alone with their own filters."""
    rows = await owner.fetch(
        "select oid::regclass::text as name from pg_class where relrowsecurity"
    )
    for row in rows:
        await owner.execute(f"alter table {row['name']} disable row level security")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("policies", [True, False], ids=["with policies", "by filters alone"])
async def test_no_route_shows_or_changes_what_is_another_companys(
    app, owner, market, strangers, policies
) -> None:
    if not policies:
        await switch_policies_off(owner)
    before = await rows_of(owner, market)
    secrets = secrets_of(before, market)
    assert len(secrets) > 50
    bodies = Bodies(document_of(app), market.ids)
    leaks, reached, unheard = [], [], []
    for method, path, operation in operations(document_of(app)):
        name = operation["operationId"]
        if name in OPEN or path.startswith("/api/v1/auth"):
            continue
        body = bodies.of(operation)
        address = market.address(path)
        parameters = [one for one in operation.get("parameters", []) if one["in"] == "query"]
        needed = {one["name"]: "1" for one in parameters if one.get("required")}
        queries = [needed, *questions(parameters, market)]
        for stranger in strangers:
            for query in queries:
                answer = await stranger.client.request(method, address, json=body, params=query)
                sent = f"{answer.request.url}{json.dumps(body)}"
                leaks += [
                    f"{method} {path} {query} shows {secret}"
                    for secret in secrets
                    if secret in answer.text and secret not in sent
                ]
                named = name not in OWN and any(
                    value in address for value in market.path_values(path).values()
                )
                if named and answer.status_code < 400:
                    reached.append(f"{method} {path}: {answer.status_code}")
                if named and answer.status_code not in {403, 404}:
                    unheard.append(f"{method} {path}: {answer.status_code} {answer.text[:150]}")
    assert leaks == []
    assert sorted(set(reached)) == []
    assert sorted(set(unheard)) == []
    assert await rows_of(owner, market) == before


def questions(parameters: list[dict], market: Market) -> list[dict[str, str]]:
    """Filters that ask for another company's rows: each of its identifiers, and its words."""
    asked = []
    for one in parameters:
        schema = json.dumps(one["schema"])
        if '"uuid"' in schema:
            known = {market.ids.get(one["name"], ""), *market.ids.values()} - {""}
            asked += [{one["name"]: value} for value in sorted(known) if len(value) == 36]
        elif one["name"] in {"q", "text", "search"}:
            asked.append({one["name"]: MARK})
    return asked


async def as_stranger(owner_url: str, stranger: Account) -> asyncpg.Connection:
    """A connection of the application's role with a stranger's settings: no query of ours filters anything."""
    connection = await asyncpg.connect(owner_url)
    await connection.execute(f"set role {APP_ROLE}")
    await connection.execute(f"set karavan.org_id = '{stranger.organisation_id}'")
    await connection.execute(f"set karavan.user_id = '{stranger.user_id}'")
    return connection


@pytest.mark.timeout(180)
async def test_policies_alone_hide_every_row(owner_url, owner, market, strangers) -> None:
    secrets = secrets_of(await rows_of(owner, market), market)
    people = {str(market.buyer.user_id), str(market.vendor.user_id)}
    tables = [
        row["tablename"]
        for row in await owner.fetch(
            "select relname as tablename from pg_class where relkind in ('r', 'p')"
            " and relnamespace = 'public'::regnamespace and has_table_privilege($1, oid, 'select')",
            APP_ROLE,
        )
    ]
    assert set(await tenant_tables(owner)) & set(tables)
    seen = []
    for stranger in strangers:
        connection = await as_stranger(owner_url, stranger)
        for table in tables:
            for row in await connection.fetch(f"select to_jsonb(t)::text as row from {table} t"):
                allowed = table in PUBLIC_TABLES and market.ids["public_request_id"] in row["row"]
                if any(secret in row["row"] for secret in secrets | people) and not allowed:
                    seen.append(f"{table}: {row['row'][:300]}")
        await connection.close()
    assert seen == []


@pytest.mark.timeout(180)
async def test_policies_alone_keep_every_row(owner_url, owner, market, strangers) -> None:
    before = await rows_of(owner, market)
    tables = await tenant_tables(owner)
    taken = []
    connection = await as_stranger(owner_url, strangers[0])
    for table, columns in tables.items():
        for column in columns:
            where = f"where {column} = any($1)"
            for statement in (
                f"update {table} set {column} = {column} {where}",
                f"delete from {table} {where}",
            ):
                try:
                    done = await connection.execute(statement, owners(market))
                except asyncpg.InsufficientPrivilegeError:
                    continue
                if not done.endswith(" 0"):
                    taken.append(f"{statement}: {done}")
    assert taken == []
    await connection.close()
    assert await rows_of(owner, market) == before


@pytest.mark.timeout(180)
async def test_policies_alone_refuse_rows_in_anothers_name(
    owner_url, owner, market, strangers
) -> None:
    connection = await as_stranger(owner_url, strangers[0])
    written, tried = [], 0
    for table, rows in (await rows_of(owner, market)).items():
        if not rows:
            continue
        tried += 1
        columns = await owner.fetchval(
            "select string_agg(column_name, ', ') from information_schema.columns"
            " where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'",
            table,
        )
        copy = (
            f"insert into {table} ({columns}) overriding system value"
            f" select {columns} from jsonb_populate_record(null::{table}, $1::jsonb)"
        )
        try:
            await connection.execute(copy, rows[0])
        except asyncpg.InsufficientPrivilegeError:
            continue
        except asyncpg.PostgresError as error:
            written.append(f"{table}: {type(error).__name__} {error}")
            continue
        written.append(f"{table}: taken")
    assert tried > 20
    assert written == []
    await connection.close()
