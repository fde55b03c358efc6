"""Demo data that is thrown away leaves nothing behind, and a database in which everything can begin again."""

import psycopg

from karavan.demo.loading import throw_away
from karavan.kit.migrate import head, upgrade
from tests.conftest import app_url

MADE = """
insert into organisations_organisations (id, name, slug, kind, interest, buys, sells, country, currency, version)
values (gen_random_uuid(), 'Demo', 'demo', 'company', 'sell', false, true, 'KZ', 'KZT', 1)
"""
TABLES = "select count(*) from pg_tables where schemaname in ('public', 'jobs')"


def test_a_reset_leaves_a_migrated_database_without_anybody(owner_url: str) -> None:
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(MADE)
        shipped = owner.execute("select count(*) from catalogue_categories").fetchone()
        tables = owner.execute(TABLES).fetchone()
    throw_away(owner_url)
    with psycopg.connect(owner_url) as owner:
        assert owner.execute(TABLES).fetchone() == (0,)
    upgrade(owner_url, app_url=app_url(owner_url))
    with psycopg.connect(owner_url) as owner:
        assert owner.execute("select version_num from alembic_version").fetchone() == (head(),)
        assert owner.execute("select count(*) from organisations_organisations").fetchone() == (0,)
        assert owner.execute("select count(*) from catalogue_categories").fetchone() == shipped
        assert owner.execute(TABLES).fetchone() == tables
    # The application's role may do again what it could before.
    with psycopg.connect(app_url(owner_url)) as application:
        found = application.execute("select count(*) from catalogue_categories").fetchone()
        assert found == shipped
        application.execute("select count(*) from organisations_organisations")
