"""The database itself keeps organisations apart: these queries filter nothing."""

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from karavan.kit.scopes import Scope
from tests.factories.accounts import add_member, register

OWN_TABLES = {
    "identity_users": 2,
    "identity_passwords": 1,
    "identity_sessions": 2,
    "organisations_settings": 1,
    "organisations_memberships": 2,
    "organisations_invites": 2,
}
SYSTEM_ONLY = ("identity_refresh_tokens", "identity_reset_codes", "identity_oauth_states")


async def two_companies(app):
    first, second = await register(app), await register(app)
    for boss in (first, second):
        await add_member(boss, "buyer")
        await boss.client.post(
            "/api/v1/invites", json={"email": "guest@example.org", "role": "viewer"}
        )
    return first, second


async def test_reads_yield_only_ones_own(app, database):
    first, second = await two_companies(app)
    async with database.transaction(Scope(first.organisation_id, first.user_id)) as session:
        for table, expected in OWN_TABLES.items():
            found = (await session.execute(text(f"select count(*) from {table}"))).scalar_one()
            assert (table, found) == (table, expected)
        strangers = await session.execute(
            text("select count(*) from identity_users where id = :id"), {"id": second.user_id}
        )
        assert strangers.scalar_one() == 0


async def test_without_a_scope_nothing_is_there(app, database):
    await two_companies(app)
    async with database.transaction() as session:
        for table in OWN_TABLES:
            found = (await session.execute(text(f"select count(*) from {table}"))).scalar_one()
            assert (table, found) == (table, 0)


async def test_colleagues_passwords_are_out_of_reach(app, database):
    boss = await register(app)
    member = await add_member(boss, "viewer")
    async with database.transaction(Scope(boss.organisation_id, boss.user_id)) as session:
        found = await session.execute(text("select user_id from identity_passwords"))
        assert found.scalars().all() == [boss.user_id]
        changed = await session.execute(
            text("update identity_passwords set password_hash = 'x' where user_id = :id"),
            {"id": member.user_id},
        )
        assert changed.rowcount == 0
        renamed = await session.execute(
            text("update identity_users set display_name = 'x' where id = :id"),
            {"id": member.user_id},
        )
        assert renamed.rowcount == 0


@pytest.mark.parametrize("table", SYSTEM_ONLY)
async def test_what_only_sign_in_touches_is_refused(app, database, table):
    person = await register(app)
    with pytest.raises(DBAPIError) as refused:
        async with database.transaction(Scope(person.organisation_id, person.user_id)) as session:
            await session.execute(text(f"select * from {table}"))
    assert isinstance(refused.value.orig.__cause__, asyncpg.InsufficientPrivilegeError)


@pytest.mark.parametrize(
    "statement",
    [
        "update organisations_organisations set name = 'mine' where id = :theirs",
        "update organisations_settings set bank_account = 'mine' where organisation_id = :theirs",
        "update organisations_memberships set role = 'owner' where organisation_id = :theirs",
        "delete from organisations_memberships where organisation_id = :theirs",
        "update organisations_invites set role = 'owner' where organisation_id = :theirs",
        "update organisations_trading_profiles set payment_terms = 'x' where organisation_id = :theirs",
        "update identity_sessions set ended_at = now() where organisation_id = :theirs",
    ],
)
async def test_writes_reach_nobody_else(app, database, statement):
    first, second = await two_companies(app)
    async with database.transaction(Scope(first.organisation_id, first.user_id)) as session:
        done = await session.execute(text(statement), {"theirs": second.organisation_id})
        assert done.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "insert into organisations_memberships (organisation_id, user_id, role) values (:theirs, :me, 'owner')",
        (
            "insert into organisations_invites (id, organisation_id, email, email_key, role, locale, token_hash,"
            " invited_by_user_id, invited_by_name, expires_at) values (gen_random_uuid(), :theirs, 'a', 'a', 'owner',"
            " 'en', '\\x00', :me, 'x', now())"
        ),
        "insert into organisations_trading_profiles (organisation_id, side) values (:theirs, 'buyer')",
        "update organisations_invites set organisation_id = :theirs",
        "update organisations_memberships set organisation_id = :theirs",
        (
            "insert into identity_users (id, email, email_key, display_name, version)"
            " values (gen_random_uuid(), 'a', :me::text, 'x', 1)"
        ),
    ],
)
async def test_nothing_can_be_slipped_in(app, database, statement):
    first, second = await two_companies(app)
    with pytest.raises(DBAPIError) as refused:
        async with database.transaction(Scope(first.organisation_id, first.user_id)) as session:
            await session.execute(
                text(
                    statement.replace(":theirs", f"'{second.organisation_id}'").replace(
                        ":me", f"'{first.user_id}'"
                    )
                )
            )
    assert isinstance(refused.value.orig.__cause__, asyncpg.InsufficientPrivilegeError)
