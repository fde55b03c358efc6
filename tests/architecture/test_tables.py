"""What the database itself must guarantee: policies on every tenant table, one head, models as migrated."""

import asyncpg
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import karavan.tables  # noqa: F401
from karavan.kit.db import Base
from karavan.kit.migrate import alembic_config, head

TENANT_COLUMNS = "(column_name = 'organisation_id' or column_name like '%\\_organisation\\_id')"


async def test_every_tenant_table_is_under_row_level_security(owner: asyncpg.Connection) -> None:
    unprotected = await owner.fetch(
        f"""
        select distinct c.table_name from information_schema.columns c
        join pg_class t on t.relname = c.table_name
        where c.table_schema = 'public' and {TENANT_COLUMNS} and not t.relrowsecurity
        """
    )
    assert [row["table_name"] for row in unprotected] == []


async def test_every_policy_of_requests_depends_on_the_caller(owner: asyncpg.Connection) -> None:
    """A policy for `karavan_app` on a tenant table that names neither the caller nor a public flag would open it."""
    open_policies = await owner.fetch(
        """
        select tablename, policyname, qual from pg_policies
        where 'karavan_app' = any(roles) and coalesce(qual, with_check) = 'true'
        """
    )
    assert {row["tablename"] for row in open_policies} <= {"organisations_organisations"}


async def test_the_application_role_bypasses_nothing(owner: asyncpg.Connection) -> None:
    roles = await owner.fetch(
        "select rolname, rolsuper, rolbypassrls, rolinherit from pg_roles"
        " where rolname in ('karavan_app', 'karavan_system') order by rolname"
    )
    assert [(r["rolname"], r["rolsuper"], r["rolbypassrls"]) for r in roles] == [
        ("karavan_app", False, False),
        ("karavan_system", False, False),
    ]
    assert roles[0]["rolinherit"] is False


def test_there_is_one_head() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [head()]


def test_models_match_migrations(owner_url: str) -> None:
    engine = sqlalchemy.create_engine(owner_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _, name, kind, reflected, counterpart: (
                    not (
                        kind == "table"
                        and reflected
                        and counterpart is None
                        and name.startswith("procrastinate")
                    )
                ),
            },
        )
        differences = [
            d for d in compare_metadata(context, Base.metadata) if "alembic_version" not in str(d)
        ]
    engine.dispose()
    assert differences == []
