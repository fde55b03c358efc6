"""Conversations through the API: what is said, in which order, who has read it, and who may."""

import asyncio
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from karavan.kit.errors import BadRequestError, NotFoundError
from karavan.kit.realtime import SocketContext
from karavan.kit.scopes import SYSTEM, Scope
from karavan.modules.conversations.public import Participant, open_thread, post_system_message
from karavan.modules.conversations.sockets import publish_typing
from tests.factories.accounts import Account, add_member, register
from tests.factories.files import PDF
from tests.factories.procurement import ok, pointers, problem


@dataclass
class Talk:
    """Two companies and their thread."""

    buyer: Account
    vendor: Account
    thread_id: str
    subject_id: str

    @property
    def path(self) -> str:
        return f"/api/v1/conversations/{self.thread_id}"

    async def say(self, account: Account, body: str, status: int = 201, **more):
        answer = await account.client.post(f"{self.path}/messages", json={"body": body, **more})
        return ok(answer, status)

    async def feed(self, account: Account, **params):
        return ok(await account.client.get(f"{self.path}/messages", params=params))


async def open_talk(database, buyer: Account, vendor: Account, title: str = "Cement") -> Talk:
    subject_id = uuid4()
    async with database.transaction(Scope(buyer.organisation_id, buyer.user_id)) as session:
        thread = await open_thread(
            session,
            subject_type="deal",
            subject_id=subject_id,
            title=title,
            participants=[
                Participant(buyer.organisation_id, buyer.organisation_name),
                Participant(vendor.organisation_id, vendor.organisation_name),
            ],
        )
    return Talk(buyer, vendor, str(thread.id), str(subject_id))


@pytest.fixture
async def talk(app, database):
    buyer = await register(app, role="buyer", organisation_name="Steppe Retail")
    vendor = await register(
        app, role="vendor", organisation_name="Silk Road", display_name="Timur Akhmetov"
    )
    return await open_talk(database, buyer, vendor)


class TestMessages:
    async def test_both_sides_read_what_was_said_in_its_order(self, talk):
        first = await talk.say(talk.buyer, "When can you deliver?")
        second = await talk.say(talk.vendor, "  On Monday.\nBefore noon.  ")
        assert (first["sequence"], second["sequence"]) == (1, 2)
        assert first["mine"] is True
        feed = await talk.feed(talk.vendor)
        assert [
            (one["sequence"], one["author_name"], one["mine"], one["body"]) for one in feed["items"]
        ] == [
            (1, "Aigerim Nurlanova", False, "When can you deliver?"),
            (2, "Timur Akhmetov", True, "On Monday.\nBefore noon."),
        ]
        assert (feed["next"], feed["last_sequence"]) == (None, 2)
        assert feed["items"][0]["author_organisation_id"] == str(talk.buyer.organisation_id)

    async def test_the_feed_goes_both_ways_without_gaps(self, talk):
        for number in range(1, 8):
            await talk.say(talk.buyer, f"No. {number}")
        newest = await talk.feed(talk.vendor, size=3)
        older = await talk.feed(talk.vendor, size=3, cursor=newest["next"])
        oldest = await talk.feed(talk.vendor, size=3, cursor=older["next"])
        assert [[one["sequence"] for one in feed["items"]] for feed in (oldest, older, newest)] == [
            [1],
            [2, 3, 4],
            [5, 6, 7],
        ]
        assert oldest["next"] is None
        begun = await talk.feed(talk.vendor, size=5, direction="newer")
        rest = await talk.feed(talk.vendor, size=5, direction="newer", cursor=begun["next"])
        assert [one["sequence"] for one in begun["items"] + rest["items"]] == [1, 2, 3, 4, 5, 6, 7]
        nothing = await talk.feed(talk.vendor, direction="newer", cursor=rest["next"])
        assert nothing["items"] == []
        await talk.say(talk.buyer, "No. 8")
        since = await talk.feed(talk.vendor, direction="newer", cursor=nothing["next"])
        assert [one["sequence"] for one in since["items"]] == [8]

    async def test_a_foreign_cursor_is_refused(self, talk):
        answer = await talk.buyer.client.get(f"{talk.path}/messages", params={"cursor": "abc"})
        assert pointers(answer) == [("#/query/cursor", "cursor")]

    async def test_twenty_writers_leave_no_gap(self, talk):
        said = await asyncio.gather(
            *(
                talk.say(account, f"{index}")
                for index in range(10)
                for account in (talk.buyer, talk.vendor)
            )
        )
        assert sorted(one["sequence"] for one in said) == list(range(1, 21))
        assert (await talk.feed(talk.buyer))["last_sequence"] == 20

    async def test_the_same_client_id_is_the_same_message(self, talk, owner):
        sent = await asyncio.gather(
            *(talk.say(talk.buyer, "Hello", client_id="abc-1") for _ in range(5))
        )
        assert len({one["id"] for one in sent}) == 1
        assert await owner.fetchval("select count(*) from conversations_messages") == 1
        # Another person may use the same id.
        other = await talk.say(talk.vendor, "Hello", client_id="abc-1")
        assert other["sequence"] == 2
        # Nobody is shown another's.
        assert (await talk.feed(talk.vendor))["items"][0]["client_id"] is None

    async def test_a_client_id_belongs_to_one_thread(self, talk, database, owner):
        other = await open_talk(database, talk.buyer, talk.vendor)
        await talk.say(talk.buyer, "Hello", client_id="abc-1")
        answer = await talk.buyer.client.post(
            f"{other.path}/messages", json={"body": "Hello", "client_id": "abc-1"}
        )
        problem(answer, 409, "conversations.client_id_taken")
        assert (await other.feed(talk.buyer))["last_sequence"] == 0

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"body": "   "}, "#/body"),
            ({}, "#/body"),
            ({"body": "a\x00b"}, "#/body"),
            ({"body": "x" * 10_001}, "#/body"),
            ({"body": "x", "client_id": ""}, "#/client_id"),
            ({"body": "x", "media_ids": [str(UUID(int=7))]}, "#/media_ids/0"),
            ({"body": "x", "author_name": "Mallory"}, "#/author_name"),
        ],
    )
    async def test_what_cannot_be_said(self, talk, owner, body, pointer):
        answer = await talk.buyer.client.post(f"{talk.path}/messages", json=body)
        assert [where for where, _ in pointers(answer)] == [pointer]
        assert await owner.fetchval("select count(*) from conversations_messages") == 0
        assert await owner.fetchval("select last_sequence from conversations_threads") == 0

    async def test_files_travel_with_a_message(self, talk):
        upload = await talk.vendor.client.post(
            "/api/v1/media", files={"file": ("offer.pdf", PDF, "application/pdf")}
        )
        media_id = ok(upload, 201)["id"]
        await talk.say(talk.vendor, "", media_ids=[media_id])
        (message,) = (await talk.feed(talk.buyer))["items"]
        (attachment,) = message["attachments"]
        assert (attachment["name"], attachment["size_bytes"]) == ("offer.pdf", len(PDF))
        content = await talk.buyer.client.get(attachment["url"])
        assert (content.status_code, content.content) == (200, PDF)
        # The buyer cannot send the vendor's file as their own.
        answer = await talk.buyer.client.post(
            f"{talk.path}/messages", json={"media_ids": [media_id]}
        )
        assert [where for where, _ in pointers(answer)] == ["#/media_ids/0"]

    async def test_the_platform_speaks_to_every_reader(self, talk, database):
        async with database.transaction(SYSTEM) as session:
            await post_system_message(
                session,
                UUID(talk.thread_id),
                "deal.signed",
                {"number": 1},
                organisation_id=talk.buyer.organisation_id,
            )
        (message,) = (await talk.feed(talk.vendor))["items"]
        assert (message["code"], message["params"], message["body"]) == (
            "deal.signed",
            {"number": 1},
            "",
        )
        assert message["author_user_id"] is None


class TestReading:
    async def test_marks_move_forward_only_and_are_seen_by_the_other_side(self, talk, owner):
        for number in range(3):
            await talk.say(talk.buyer, f"{number}")

        async def mark(sequence):
            path = f"{talk.path}/read"
            return ok(await talk.vendor.client.post(path, json={"sequence": sequence}))["unread"]

        assert await mark(2) == 1
        assert await mark(1) == 1
        assert await mark(99) == 0
        marks = (await talk.feed(talk.buyer))["read_marks"]
        assert {one["user_id"]: one["last_read_sequence"] for one in marks} == {
            str(talk.buyer.user_id): 3,
            str(talk.vendor.user_id): 3,
        }
        events = await owner.fetch(
            "select payload->>'sequence' as sequence from kit_outbox_events where type = 'thread.read'"
            " order by sequence"
        )
        assert [row["sequence"] for row in events] == ["2", "3"]

    async def test_each_person_has_their_own_unread_count(self, talk):
        colleague = await add_member(talk.vendor, "sales")
        await talk.say(talk.buyer, "One")
        await talk.say(talk.buyer, "Two")
        ok(await talk.vendor.client.post(f"{talk.path}/read", json={"sequence": 2}))

        async def unread(account):
            return ok(await account.client.get("/api/v1/conversations"))["items"][0]["unread"]

        assert [await unread(one) for one in (talk.buyer, talk.vendor, colleague)] == [0, 0, 2]

    async def test_who_answers_has_read_what_is_above(self, talk):
        await talk.say(talk.buyer, "One")
        await talk.say(talk.vendor, "Two")
        (item,) = ok(await talk.vendor.client.get("/api/v1/conversations"))["items"]
        assert item["unread"] == 0

    async def test_a_negative_mark_is_refused(self, talk):
        answer = await talk.vendor.client.post(f"{talk.path}/read", json={"sequence": -1})
        assert [where for where, _ in pointers(answer)] == ["#/sequence"]


class TestList:
    async def test_the_most_recently_used_comes_first(self, talk, database):
        newer = await open_talk(database, talk.buyer, talk.vendor, "100% sand_bags")
        await talk.say(talk.buyer, "x" * 500)

        async def listed(**params):
            found = ok(await talk.vendor.client.get("/api/v1/conversations", params=params))
            assert found["total"] == len(found["items"])
            return found["items"]

        items = await listed()
        assert [one["id"] for one in items] == [talk.thread_id, newer.thread_id]
        assert items[0]["last_message"]["body"] == "x" * 200
        assert items[0]["parties"] == [
            {"organisation_id": str(talk.buyer.organisation_id), "name": "Steppe Retail"},
            {"organisation_id": str(talk.vendor.organisation_id), "name": "Silk Road"},
        ]
        assert items[1]["last_message"] is None
        assert [one["id"] for one in await listed(q="sand_b")] == [newer.thread_id]
        assert [one["id"] for one in await listed(q="steppe")] == [talk.thread_id, newer.thread_id]
        assert await listed(q="%x") == []
        assert await listed(q="organisation_id") == []  # how names are kept is no text of theirs
        assert [one["id"] for one in await listed(unread=True)] == [talk.thread_id]
        assert await listed(subject_type="order") == []


class TestRealTime:
    async def test_every_participant_hears_of_a_message_once(self, talk, owner, drain):
        said = await talk.say(talk.buyer, "Hello")
        await drain()
        await drain()
        rows = await owner.fetch(
            "select organisation_id, payload::jsonb ->> 'message_id' as message_id, payload::text as payload"
            " from kit_realtime_events where topic = 'message.posted'"
        )
        mine = [row for row in rows if row["message_id"] == said["id"]]
        assert {row["organisation_id"] for row in mine} == {
            talk.buyer.organisation_id,
            talk.vendor.organisation_id,
        }
        assert not any("Hello" in row["payload"] for row in rows)

    async def test_typing_is_for_participants(self, app, talk, database):
        stranger = await register(app, role="vendor")

        def context(account):
            from karavan.kit.authz import Actor, Role

            actor = Actor(
                user_id=account.user_id,
                organisation_id=account.organisation_id,
                role=Role.OWNER,
            )
            return SocketContext(database=database, actor=actor)

        message = {"type": "typing", "thread_id": talk.thread_id}
        await publish_typing(context(talk.buyer), message)
        with pytest.raises(NotFoundError):
            await publish_typing(context(stranger), message)
        with pytest.raises(BadRequestError):
            await publish_typing(context(talk.buyer), {"type": "typing", "thread_id": "?"})


class TestWho:
    async def test_strangers_find_no_thread_and_viewers_only_read(self, app, talk, owner):
        await talk.say(talk.buyer, "Between us")
        stranger = await register(app, role="vendor")
        viewer = await add_member(talk.buyer, "viewer")
        for method, end, body in (
            ("GET", "/messages", None),
            ("POST", "/messages", {"body": "Hello"}),
            ("POST", "/read", {"sequence": 1}),
        ):
            answer = await stranger.client.request(method, talk.path + end, json=body)
            problem(answer, 404, "not_found")
        assert ok(await stranger.client.get("/api/v1/conversations"))["items"] == []
        assert len((await talk.feed(viewer))["items"]) == 1
        problem(
            await viewer.client.post(f"{talk.path}/messages", json={"body": "x"}), 403, "forbidden"
        )
        assert ok(await viewer.client.post(f"{talk.path}/read", json={"sequence": 1})) == {
            "unread": 0
        }
        assert await owner.fetchval("select count(*) from conversations_messages") == 1

    async def test_the_database_alone_keeps_strangers_out(self, app, talk, database):
        from sqlalchemy import text

        await talk.say(talk.buyer, "Between us")
        stranger = await register(app, role="vendor")
        tables = ("threads", "participants", "messages", "read_marks")
        for account, expected in ((stranger, 0), (talk.vendor, 1)):
            scope = Scope(account.organisation_id, account.user_id)
            async with database.transaction(scope) as session:
                for table in tables:
                    query = text(f"select count(*) from conversations_{table}")
                    found = (await session.execute(query)).scalar_one()
                    assert found == expected, table
        scope = Scope(stranger.organisation_id, stranger.user_id)
        async with database.transaction(scope) as session:
            changed = await session.execute(
                text("update conversations_threads set title = 'x', last_sequence = 99")
            )
            assert changed.rowcount == 0

    async def test_nobody_speaks_in_anothers_name(self, talk, database):
        from sqlalchemy import text
        from sqlalchemy.exc import ProgrammingError

        scope = Scope(talk.buyer.organisation_id, talk.buyer.user_id)
        statement = text(
            "insert into conversations_messages (id, thread_id, sequence, author_organisation_id, body)"
            " values (gen_random_uuid(), :thread_id, 1, :organisation_id, 'forged')"
        )
        values = {"thread_id": talk.thread_id, "organisation_id": talk.vendor.organisation_id}
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with database.transaction(scope) as session:
                await session.execute(statement, values)
