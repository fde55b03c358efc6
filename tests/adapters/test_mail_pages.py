"""The developer's mail page, and that production has none."""

import re

import httpx
import pytest

from karavan.app import create_app
from karavan.kit.mail import send_mail
from karavan.kit.scopes import PUBLIC


@pytest.fixture
async def sent(client: httpx.AsyncClient, database, drain) -> None:
    for to, title in (("a@b.kz", "First <b>"), ("c@d.kz", "Second")):
        async with database.transaction(PUBLIC) as session:
            await send_mail(
                session,
                to=to,
                template="notification",
                locale="en",
                context={
                    "title": title,
                    "body": "Body",
                    "link": "https://karavan.example/x?a=1&b=2",
                    "settings_link": "https://karavan.example/settings",
                },
                idempotency_key=title,
            )
    await drain()


async def test_mail_is_listed_for_tools(client, sent) -> None:
    everything = (await client.get("/dev/mail.json")).json()
    assert [(mail["to"], mail["subject"], mail["state"]) for mail in everything] == [
        ("c@d.kz", "Second", "sent"),
        ("a@b.kz", "First <b>", "sent"),
    ]
    [mail] = (await client.get("/dev/mail.json", params={"to": "A@b.kz"})).json()
    assert mail["template"] == "notification"
    assert "https://karavan.example/x?a=1&b=2" in mail["text"]
    assert "<!doctype html>" in mail["html"]


async def test_pages_need_neither_script_nor_style_and_escape_what_they_show(client, sent) -> None:
    table = await client.get("/dev/mail")
    assert table.headers["content-type"] == "text/html; charset=utf-8"
    assert "First &lt;b&gt;" in table.text
    assert "c@d.kz" not in (await client.get("/dev/mail", params={"to": "a@b.kz"})).text
    [path] = re.findall(r'href="(/dev/mail/[0-9a-f-]+)">First', table.text)
    page = await client.get(path)
    assert '<a href="https://karavan.example/x?a=1&amp;b=2"' in page.text
    for answer in (table, page):
        assert "<script" not in answer.text
        assert "style" not in answer.text
        assert "script-src 'self'" in answer.headers["content-security-policy"]
    html = await client.get(f"{path}/html")
    assert html.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"
    )


async def test_a_mail_that_is_not_there_is_not_found(client) -> None:
    answer = await client.get("/dev/mail/0190a0a0-0000-7000-8000-000000000000")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "No mail yet." in (await client.get("/dev/mail")).text


async def test_production_has_no_mail_pages(settings, sent) -> None:
    production = settings.model_copy(
        update={"environment": "production", "secret_key": type(settings.secret_key)("k" * 40)}
    )
    app = create_app(production)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client,
    ):
        for path in ("/dev/mail", "/dev/mail.json"):
            answer = await client.get(path)
            assert answer.status_code == 404 or "c@d.kz" not in answer.text
            assert "c@d.kz" not in answer.text
