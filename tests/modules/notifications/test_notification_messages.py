"""Messages: one unread notification for a conversation, read together with it."""

import asyncio

import asyncpg
from fastapi import FastAPI

from karavan.kit.db import Database
from tests.factories.accounts import add_member
from tests.factories.deals import Pair, make_deal, make_pair
from tests.factories.mails import mails_to
from tests.factories.notifications import PATH, feed, hear_again, recorded
from tests.factories.procurement import ok
from tests.kit.waiting import until


async def say(account, deal, body: str) -> dict:
    path = f"/api/v1/deals/{deal['id']}/messages"
    return ok(await account.client.post(path, json={"body": body}), 201)


async def talking(app: FastAPI, drain) -> tuple[Pair, dict]:
    """Two companies with a deal, and all that was told so far read."""
    pair = await make_pair(app)
    deal = await make_deal(pair)
    await drain()
    for account in (pair.buyer, pair.vendor):
        ok(await account.client.post(f"{PATH}/read-all"))
    return pair, deal


async def thread_of(account) -> str:
    return ok(await account.client.get("/api/v1/conversations"))["items"][0]["id"]


async def test_participants_are_told_of_a_conversation_once(app: FastAPI, drain) -> None:
    pair, deal = await talking(app, drain)
    colleague = await add_member(pair.vendor, "manager")
    viewer = await add_member(pair.vendor, "viewer")
    for body in ("Good morning", "When can you deliver?", "We are in a hurry"):
        await say(pair.buyer, deal, body)
        await drain()
    for account in (pair.vendor, colleague):
        [told] = await feed(account, group="messages")
        assert told["title"] == f"Aigerim Nurlanova: {deal['number']} · {deal['title']}"
        assert told["body"] == "We are in a hurry New messages: 3."
        assert told["link"] == f"/app/deals/{deal['id']}"
    assert await feed(viewer, group="messages") == []
    assert await feed(pair.buyer, group="messages") == []
    mailed = await mails_to(app, pair.vendor.email, "notification")
    assert sum("Good morning" in mail.words.text for mail in mailed) == 1
    assert not any("hurry" in mail.words.text for mail in mailed)


async def test_reading_the_conversation_reads_its_notification(app: FastAPI, drain) -> None:
    pair, deal = await talking(app, drain)
    first = await say(pair.buyer, deal, "One")
    await drain()
    thread = await thread_of(pair.vendor)
    await say(pair.buyer, deal, "Two")
    path = f"/api/v1/conversations/{thread}/read"
    ok(await pair.vendor.client.post(path, json={"sequence": first["sequence"]}))
    await drain()
    # The second message was not read, so there is still something to hear of.
    [waiting] = await feed(pair.vendor, group="messages", unread=True)
    assert waiting["body"].startswith("Two")
    ok(await pair.vendor.client.post(path, json={"sequence": first["sequence"] + 1}))
    await drain()
    assert await feed(pair.vendor, group="messages", unread=True) == []


async def test_answering_reads_and_the_next_message_is_news_again(app: FastAPI, drain) -> None:
    pair, deal = await talking(app, drain)
    await say(pair.buyer, deal, "One")
    await drain()
    await say(pair.vendor, deal, "Yes?")
    await drain()
    assert await feed(pair.vendor, group="messages", unread=True) == []
    await say(pair.buyer, deal, "Two")
    await drain()
    [newer, older] = await feed(pair.vendor, group="messages")
    assert (newer["read_at"], newer["body"]) == (None, "Two")
    assert older["read_at"] is not None


async def test_a_message_heard_again_is_not_counted_again(
    app: FastAPI, drain, owner: asyncpg.Connection, database: Database
) -> None:
    pair, deal = await talking(app, drain)
    await say(pair.buyer, deal, "One")
    await say(pair.buyer, deal, "Two")
    await drain()
    before = await feed(pair.vendor)
    event = await recorded(owner, "message.posted")
    await hear_again(database, event)
    assert await feed(pair.vendor) == before
    # Nor does it come back once it was read.
    ok(await pair.vendor.client.post(f"{PATH}/read-all"))
    await hear_again(database, event)
    assert await feed(pair.vendor, unread=True) == []
    assert len(await feed(pair.vendor)) == len(before)


async def test_mail_holds_no_notification_while_it_waits_for_another(
    app: FastAPI, drain, owner: asyncpg.Connection, database: Database
) -> None:
    """The next message of a thread locks the rows of its readers in an order of its own: neither stops the other."""
    pair, deal = await talking(app, drain)
    colleague = await add_member(pair.vendor, "manager")
    await say(pair.buyer, deal, "When can you deliver?")
    await hear_again(database, await recorded(owner, "message.posted"))
    lock = "select from notifications_items where id = $1 for update"
    first, second = await owner.fetch(
        "select id from notifications_items where collapse_key is not null order by id"
    )
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"

    async def is_waiting() -> bool:
        return await owner.fetchval(waiting) == 1

    async with owner.transaction():
        await owner.execute(lock, second["id"])
        mailing = asyncio.create_task(drain())
        await until(is_waiting)
        await owner.execute(f"{lock} nowait", first["id"])
    await mailing
    for account in (pair.vendor, colleague):
        mailed = await mails_to(app, account.email, "notification")
        assert sum("When can you deliver?" in mail.words.text for mail in mailed) == 1
