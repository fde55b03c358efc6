"""The feed: whose it is, its order, what reading does, and how it is read from the database."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from fastapi import FastAPI
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import text

from karavan.kit.db import Database
from karavan.kit.events import Event
from karavan.kit.jobs import JobContext
from karavan.kit.scopes import SYSTEM, Scope
from karavan.kit.services import Services
from karavan.modules.notifications.tasks import sweep
from karavan.settings import Settings
from tests.factories.accounts import Account, add_member, register
from tests.factories.notifications import PATH, feed, hear_again, kinds_told, recorded, unread
from tests.factories.procurement import make_published, ok, pointers, problem, submit_quote


async def told(account: Account, drain, times: int) -> list[str]:
    """Ids of so many notifications, newest first."""
    for _ in range(times):
        ok(await account.client.post(f"{PATH}/emit-job"), 202)
    await drain()
    return [one["id"] for one in await feed(account, size=100)]


class TestReading:
    async def test_newest_first_by_cursor_without_a_gap(self, app: FastAPI, drain) -> None:
        account = await register(app)
        ids = await told(account, drain, 5)
        assert len(ids) == 5
        seen, cursor = [], None
        while True:
            page = ok(
                await account.client.get(
                    PATH, params={"size": 2, **({"cursor": cursor} if cursor else {})}
                )
            )
            seen += [one["id"] for one in page["items"]]
            # What comes in between does not shift what follows.
            if cursor is None:
                await told(account, drain, 1)
            cursor = page["next"]
            if cursor is None:
                break
        assert seen == ids

    async def test_one_is_read_once(self, app: FastAPI, drain) -> None:
        account = await register(app)
        newest, older = await told(account, drain, 2)
        assert await unread(account) == 2
        first = ok(await account.client.patch(f"{PATH}/{newest}/read"))
        assert first["id"] == newest
        assert first["read_at"] is not None
        again = ok(await account.client.patch(f"{PATH}/{newest}/read"))
        assert again == first
        assert await unread(account) == 1
        assert [one["id"] for one in await feed(account, unread=True)] == [older]
        assert ok(await account.client.post(f"{PATH}/read-all")) == {"read": 1}
        assert ok(await account.client.post(f"{PATH}/read-all")) == {"read": 0}
        assert (await unread(account), await feed(account, unread=True)) == (0, [])
        assert (await feed(account))[0] == first

    async def test_filters(self, app: FastAPI, drain) -> None:
        account = await register(app)
        await add_member(account, "buyer")
        vendor = await register(app, role="vendor")
        await submit_quote(vendor, await make_published(account))
        await told(account, drain, 1)
        assert await kinds_told(account) == ["member.joined", "quote.submitted", "system.test"]
        assert [one["kind"] for one in await feed(account, group="quotes")] == ["quote.submitted"]
        assert [one["kind"] for one in await feed(account, kind="system.test")] == ["system.test"]
        assert await feed(account, kind="deal.signed") == []

    @pytest.mark.parametrize(
        ("parameters", "pointer"),
        [
            ({"cursor": "zzz"}, "#/query/cursor"),
            ({"size": 0}, "#/query/size"),
            ({"size": 101}, "#/query/size"),
            ({"kind": "x' or 1=1"}, "#/query/kind"),
            ({"group": "gossip"}, "#/query/group"),
            ({"unread": "perhaps"}, "#/query/unread"),
        ],
    )
    async def test_bad_parameters_are_named(self, app: FastAPI, parameters, pointer) -> None:
        account = await register(app)
        answer = await account.client.get(PATH, params=parameters)
        assert [one[0] for one in pointers(answer)] == [pointer]

    async def test_nobody_signed_in_reads_nothing(self, client) -> None:
        for method, path in (
            ("GET", PATH),
            ("GET", f"{PATH}/unread-count"),
            ("GET", f"{PATH}/stream"),
            ("GET", f"{PATH}/preferences"),
            ("POST", f"{PATH}/read-all"),
            ("POST", f"{PATH}/emit-job"),
            ("PATCH", f"{PATH}/{uuid4()}/read"),
        ):
            problem(await client.request(method, path), 401, "unauthenticated")


class TestIsolation:
    async def test_not_even_a_colleague_sees_or_marks_it(self, app: FastAPI, drain, owner) -> None:
        account = await register(app)
        colleague = await add_member(account, "admin")
        [mine, *_] = await told(account, drain, 1)
        assert mine not in [one["id"] for one in await feed(colleague)]
        problem(await colleague.client.patch(f"{PATH}/{mine}/read"), 404, "not_found")
        ok(await colleague.client.post(f"{PATH}/read-all"))
        assert (
            await owner.fetchval("select read_at from notifications_items where id = $1", mine)
            is None
        )

    async def test_the_database_itself_hides_rows_and_forbids_telling(
        self, app: FastAPI, drain, database: Database
    ) -> None:
        account, stranger = await register(app), await register(app)
        await told(account, drain, 1)
        elsewhere = Scope(stranger.organisation_id, account.user_id)
        for scope in (Scope(stranger.organisation_id, stranger.user_id), elsewhere):
            async with database.transaction(scope) as session:
                count = await session.execute(text("select count(*) from notifications_items"))
                assert count.scalar_one() == 0
        own = Scope(account.organisation_id, account.user_id)
        for statement in (
            "delete from notifications_items",
            "update notifications_items set link = 'https://evil.example'",
            "insert into notifications_items (id) select id from notifications_items",
        ):
            with pytest.raises(Exception, match="permission denied"):
                async with database.transaction(own) as session:
                    await session.execute(text(statement))


class TestOnce:
    async def test_an_event_heard_again_tells_nobody_again(
        self, app: FastAPI, drain, owner: asyncpg.Connection, database: Database
    ) -> None:
        buyer, vendor = await register(app), await register(app, role="vendor")
        await submit_quote(vendor, await make_published(buyer))
        await drain()
        before = await feed(buyer)
        mails = await owner.fetchval("select count(*) from kit_mails")
        event = await recorded(owner, "quote.submitted")
        await hear_again(database, event)
        await asyncio.gather(*(hear_again(database, event) for _ in range(4)))
        await drain()
        assert await feed(buyer) == before
        assert await owner.fetchval("select count(*) from kit_mails") == mails
        created = "select count(*) from kit_realtime_events where topic = 'notification.created'"
        assert await owner.fetchval(created) == len(before)


class TestManyPeople:
    async def test_everybody_is_told_in_one_statement_and_read_by_one_index(
        self, app: FastAPI, drain, owner: asyncpg.Connection, database: Database
    ) -> None:
        buyer = await register(app)
        await owner.execute(
            """
            with made as (
              insert into organisations_organisations
                (id, name, slug, kind, interest, buys, sells, country, currency, categories,
                 version)
              select gen_random_uuid(), 'Vendor ' || n, 'vendor-' || n, 'company', 'vendor', false, true, 'KZ', 'KZT',
                     array['construction'], 1 from generate_series(1, 300) n returning id, slug),
            people as (
              insert into identity_users (id, email, email_key, display_name, version)
              select gen_random_uuid(), n || '@many.example', n || '@many.example', 'Person ' || n, 1
                from generate_series(1, 600) n returning id, email)
            insert into organisations_memberships (organisation_id, user_id, role)
            select made.id, people.id, 'sales' from people
              join made on made.slug = 'vendor-' || (split_part(people.email, '@', 1)::int % 300 + 1)
            """
        )
        request = await make_published(buyer)
        event = await recorded(owner, "request.published")
        statements = await _statements_of(database, event)
        inserted = [
            one for one in statements if one.strip().startswith("insert into notifications")
        ]
        assert len(inserted) == 1
        assert len(statements) < 25
        assert await owner.fetchval("select count(*) from notifications_items") == 600
        links = await owner.fetch("select distinct link from notifications_items")
        assert [row["link"] for row in links] == [f"/app/board/{request['id']}"]
        await owner.execute("analyze notifications_items")
        person = await owner.fetchrow(
            "select user_id, organisation_id from notifications_items limit 1"
        )
        plan = await owner.fetch(
            "explain select * from notifications_items where user_id = $1 and organisation_id = $2 and in_feed"
            " and sequence < 1000 order by sequence desc limit 51",
            *person,
        )
        lines = "\n".join(row[0] for row in plan)
        assert "ix_notifications_items_feed" in lines
        assert "Sort" not in lines

    async def test_a_page_is_one_statement(self, app: FastAPI, drain) -> None:
        account = await register(app)
        await told(account, drain, 3)
        seen = await _statements_while(app.state.database, account.client.get(PATH))
        assert len([one for one in seen if "notifications_items" in one]) == 1


async def _statements_of(database: Database, event: Event) -> list[str]:
    return await _statements_while(database, hear_again(database, event))


async def _statements_while(database: Database, work) -> list[str]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    engine = database.engine.sync_engine
    sqlalchemy_event.listen(engine, "before_cursor_execute", note)
    try:
        await work
    finally:
        sqlalchemy_event.remove(engine, "before_cursor_execute", note)
    return seen


class TestDevelopment:
    async def test_production_has_no_test_notification(
        self, app: FastAPI, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        account = await register(app)
        app.state.settings = settings.model_copy(update={"environment": "production"})
        problem(await account.client.post(f"{PATH}/emit-job"), 404, "not_found")
        events = "select count(*) from kit_outbox_events where type = 'notification.requested'"
        assert await owner.fetchval(events) == 0


async def test_old_notifications_are_forgotten(
    app: FastAPI, drain, owner: asyncpg.Connection, database: Database, settings: Settings
) -> None:
    account = await register(app)
    newest, oldest = await told(account, drain, 2)
    await owner.execute(
        "update notifications_items set created_at = now() - interval '181 days' where id = $1",
        oldest,
    )
    await sweep(JobContext(database=database, settings=settings, services=Services(), job_id=1))
    assert [one["id"] for one in await feed(account)] == [newest]
    async with database.transaction(SYSTEM) as session:
        assert (
            await session.execute(text("select count(*) from notifications_items"))
        ).scalar_one() == 1
