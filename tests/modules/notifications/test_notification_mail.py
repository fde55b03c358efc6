"""Mail by preference, in the recipient's language, and ended by one click."""

import re

import asyncpg
import pytest
from fastapi import FastAPI

from karavan.kit.db import Database
from karavan.kit.mail.intents import Mail, open_content
from karavan.kit.scopes import SYSTEM
from karavan.modules.notifications.groups import Group
from tests.factories.accounts import Account, register, visitor
from tests.factories.mails import mails_to
from tests.factories.notifications import PATH, feed, hear_again, recorded, unread
from tests.factories.procurement import make_published, ok, pointers, problem, submit_quote


def wishes(account_groups: dict[str, tuple[bool, bool]]) -> dict:
    return {
        "groups": [
            {"group": group, "in_app": in_app, "email": email}
            for group, (in_app, email) in account_groups.items()
        ]
    }


async def quoted(buyer: Account, drain) -> dict:
    vendor = await register(buyer.app, role="vendor", organisation_name="Silk Road Supply")
    request = await make_published(buyer)
    await submit_quote(vendor, request)
    await drain()
    return request


async def unsubscribe_path(database: Database, email: str) -> str:
    async with database.transaction(SYSTEM) as session:
        from sqlalchemy import select

        mail = (
            await session.scalars(
                select(Mail).where(Mail.recipient == email, Mail.template == "notification")
            )
        ).first()
    assert mail is not None
    url = open_content(mail.content).unsubscribe_url
    assert url is not None
    return url.removeprefix("http://test")


class TestMail:
    async def test_mail_is_in_the_language_of_who_reads_it(self, app: FastAPI, drain) -> None:
        buyer = await register(app, locale="ru")
        request = await quoted(buyer, drain)
        [mail] = await mails_to(app, buyer.email, "notification")
        [told] = await feed(buyer)
        assert mail.locale == "ru"
        assert mail.words.subject == f"Новое предложение по {request['number']}" == told["title"]
        assert "Silk Road Supply предлагает цены" in mail.words.text
        assert f"http://test{told['link']}" in mail.words.text
        assert "http://test/app/settings/notifications" in mail.words.text

    async def test_who_wants_no_mail_gets_none_and_who_wants_no_feed_only_mail(
        self, app: FastAPI, drain
    ) -> None:
        silent, mailed, neither = [await register(app) for _ in range(3)]
        for account, channels in (
            (silent, (True, False)),
            (mailed, (False, True)),
            (neither, (False, False)),
        ):
            ok(await account.client.put(f"{PATH}/preferences", json=wishes({"quotes": channels})))
            await quoted(account, drain)
        assert [one["kind"] for one in await feed(silent)] == ["quote.submitted"]
        assert await mails_to(app, silent.email, "notification") == []
        assert (await feed(mailed), await unread(mailed)) == ([], 0)
        assert len(await mails_to(app, mailed.email, "notification")) == 1
        assert await feed(neither) == []
        assert await mails_to(app, neither.email, "notification") == []

    async def test_what_was_read_before_the_mail_left_is_not_mailed(
        self, app: FastAPI, drain, owner: asyncpg.Connection, database: Database
    ) -> None:
        buyer = await register(app)
        vendor = await register(app, role="vendor")
        await submit_quote(vendor, await make_published(buyer))
        await hear_again(database, await recorded(owner, "quote.submitted"))
        ok(await buyer.client.post(f"{PATH}/read-all"))
        await drain()
        assert await mails_to(app, buyer.email, "notification") == []


class TestPreferences:
    async def test_defaults_then_choices_then_defaults_again(self, app: FastAPI) -> None:
        account = await register(app)
        path = f"{PATH}/preferences"
        groups = ok(await account.client.get(path))["groups"]
        assert [one["group"] for one in groups] == [group.value for group in Group]
        assert {one["group"] for one in groups if not one["email"]} == {"team", "system"}
        assert all(one["in_app"] for one in groups)
        assert groups[2]["label"] == "Quotes"
        wanted = wishes({"quotes": (False, True), "team": (True, True)})
        changed = ok(await account.client.put(path, json=wanted))["groups"]
        by_group = {one["group"]: (one["in_app"], one["email"]) for one in changed}
        assert (by_group["quotes"], by_group["team"]) == ((False, True), (True, True))
        assert ok(await account.client.get(path))["groups"] == changed
        assert ok(await account.client.put(path, json={"groups": []}))["groups"] == groups

    async def test_they_are_the_persons_own(self, app: FastAPI) -> None:
        one, other = await register(app), await register(app)
        ok(await one.client.put(f"{PATH}/preferences", json=wishes({"deals": (False, False)})))
        seen = ok(await other.client.get(f"{PATH}/preferences"))["groups"]
        assert all(group["in_app"] for group in seen)

    @pytest.mark.parametrize(
        ("groups", "pointer"),
        [
            ([{"group": "gossip", "in_app": True, "email": True}], "#/groups/0/group"),
            ([{"group": "deals", "in_app": True}], "#/groups/0/email"),
            ([{"group": "deals", "in_app": True, "email": True}] * 2, "#/groups"),
            ([{"group": "deals", "in_app": True, "email": True}] * 10, "#/groups"),
            ([{"group": "deals", "in_app": None, "email": True}], "#/groups/0/in_app"),
        ],
    )
    async def test_a_bad_choice_changes_nothing(self, app: FastAPI, owner, groups, pointer) -> None:
        account = await register(app)
        answer = await account.client.put(f"{PATH}/preferences", json={"groups": groups})
        assert [one[0] for one in pointers(answer)] == [pointer]
        assert await owner.fetchval("select count(*) from notifications_preferences") == 0


class TestUnsubscribing:
    async def test_one_click_ends_mail_of_that_group_alone(
        self, app: FastAPI, drain, database: Database
    ) -> None:
        buyer = await register(app, locale="kk")
        await quoted(buyer, drain)
        path = await unsubscribe_path(database, buyer.email)
        stranger = visitor(app)
        page = await stranger.get(path)
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert re.search(r'<form method="post">', page.text)
        assert "«Ұсыныстар»" in page.text
        await quoted(buyer, drain)
        assert len(await mails_to(app, buyer.email, "notification")) == 2
        for _ in range(2):
            answer = await stranger.post(path, data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
            assert "енді хат келмейді" in answer.text
        await quoted(buyer, drain)
        assert len(await mails_to(app, buyer.email, "notification")) == 2
        assert len(await feed(buyer)) == 3
        groups = ok(await buyer.client.get(f"{PATH}/preferences"))["groups"]
        assert {one["group"] for one in groups if not one["email"]} == {"quotes", "team", "system"}

    async def test_a_token_that_was_changed_ends_nothing(
        self, app: FastAPI, drain, database: Database, owner: asyncpg.Connection
    ) -> None:
        buyer, other = await register(app), await register(app)
        await quoted(buyer, drain)
        path = await unsubscribe_path(database, buyer.email)
        base, _, token = path.rpartition("/")
        person, group, signature = token.split(".")
        flipped = ("A" if signature[0] != "A" else "B") + signature[1:]
        forged = [
            f"{person}.deals.{signature}",
            f"{person}.{group}.{flipped}",
            f"{'A' * 22}.{group}.{signature}",
            "x" * 60,
        ]
        for one in forged:
            for method in ("GET", "POST"):
                problem(await visitor(app).request(method, f"{base}/{one}"), 404, "not_found")
        assert (await visitor(app).post(f"{base}/short")).status_code == 422
        assert await owner.fetchval("select count(*) from notifications_preferences") == 0
        assert other.user_id != buyer.user_id
