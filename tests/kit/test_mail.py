"""Mail: intended with its reason, sent once, its secrets kept from the database."""

import json
import re
import tomllib
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

import karavan.kit.mail
from karavan.adapters.email.sandbox import SandboxTransport
from karavan.kit.db import Database
from karavan.kit.jobs import JobContext
from karavan.kit.mail import (
    MAIL_TRANSPORT,
    TEMPLATES,
    OutgoingMail,
    TemporaryMailError,
    deliver,
    read_mails,
    render,
    send_mail,
    sweep_mail,
)
from karavan.kit.scopes import PUBLIC, SYSTEM, Scope
from karavan.kit.services import Services
from karavan.kit.signing import install_keys
from karavan.settings import Settings

CODE = {"code": "424242", "minutes": 10}
VALUES = {
    "code": "424242",
    "minutes": 10,
    "name": "Aigerim",
    "organisation": "Steppe Steel",
    "inviter": "Daniyar",
    "role": "buyer",
    "days": 7,
    "title": "New quote",
    "body": "Altai Metal quoted RFQ-2026-000001.",
    "link": "https://karavan.example/x",
    "settings_link": "https://karavan.example/settings",
}


class RecordingTransport(SandboxTransport):
    """The sandbox, with a memory."""

    def __init__(self) -> None:
        self.sent: list[OutgoingMail] = []

    async def send(self, mail: OutgoingMail) -> None:
        await super().send(mail)
        self.sent.append(mail)


@pytest.fixture(autouse=True)
def keys() -> None:
    install_keys(Settings())


def context_of(database: Database, transport: SandboxTransport, **settings) -> JobContext:
    services = Services()
    services.provide(MAIL_TRANSPORT, transport)
    return JobContext(database=database, settings=Settings(**settings), services=services, job_id=1)


PRODUCTION = {"environment": "production", "secret_key": "k" * 40}


async def intend(database: Database, *, to="a@b.kz", key="reason-1", locale="en") -> str | None:
    async with database.transaction(PUBLIC) as session:
        await send_mail(
            session,
            to=to,
            template="verify_code",
            locale=locale,
            context=CODE,
            idempotency_key=key,
        )
    async with database.transaction(SYSTEM) as session:
        mails = await read_mails(session, to=to)
    return str(mails[0].id) if mails else None


async def jobs(owner) -> list[dict]:
    rows = await owner.fetch(
        "select args from jobs.procrastinate_jobs where task_name = 'mail.deliver' order by id"
    )
    return [json.loads(row["args"]) for row in rows]


async def test_a_mail_is_intended_once_for_a_reason_and_with_its_transaction(
    database: Database, owner
) -> None:
    mail_id = await intend(database)
    await intend(database)
    assert await owner.fetchval("select count(*) from kit_mails") == 1
    assert await jobs(owner) == [{"mail_id": mail_id}]
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the block is the transaction
        async with database.transaction(PUBLIC) as session:
            await send_mail(
                session,
                to="c@d.kz",
                template="verify_code",
                locale="en",
                context=CODE,
                idempotency_key="reason-2",
            )
            raise ZeroDivisionError
    assert await owner.fetchval("select count(*) from kit_mails") == 1
    assert len(await jobs(owner)) == 1


async def test_the_database_never_shows_a_code(database: Database, owner) -> None:
    await intend(database)
    row = await owner.fetchrow("select * from kit_mails")
    assert "424242" not in str([*row.values(), bytes(row["content"])])
    assert b"424242" not in bytes(row["content"])


async def test_requests_can_intend_mail_but_read_none(database: Database, owner) -> None:
    await intend(database)
    with pytest.raises(Exception, match="permission denied"):
        async with database.transaction(Scope(uuid4(), uuid4())) as session:
            await session.execute(text("select id from kit_mails"))


async def test_delivery_sends_once_and_drops_the_words_in_production(database, owner) -> None:
    mail_id = await intend(database)
    transport = RecordingTransport()
    install_keys(Settings())
    context = context_of(database, transport, **PRODUCTION)
    await deliver(context, mail_id=mail_id)
    await deliver(context, mail_id=mail_id)
    [sent] = transport.sent
    assert (sent.recipient, sent.subject) == ("a@b.kz", "Your confirmation code")
    assert "424242" in sent.text
    assert "424242" in sent.html
    assert sent.message_id == f"<{mail_id}@karavan.example>"
    row = await owner.fetchrow("select * from kit_mails")
    assert (row["state"], row["attempts"], row["content"]) == ("sent", 1, None)
    assert row["sent_at"] is not None


async def test_in_development_the_words_stay_for_the_developer(database, owner) -> None:
    mail_id = await intend(database)
    transport = RecordingTransport()
    for _ in range(2):
        await deliver(context_of(database, transport), mail_id=mail_id)
    assert len(transport.sent) == 1
    async with database.transaction(SYSTEM) as session:
        [mail] = await read_mails(session, to="A@B.KZ")
    assert mail.state == "sent"
    assert "424242" in mail.words.text


async def test_a_temporary_failure_is_raised_for_the_retry_and_recorded(database, owner) -> None:
    mail_id = await intend(database, to="busy@b.kz")
    transport = RecordingTransport()
    for attempt in (1, 2):
        with pytest.raises(TemporaryMailError):
            await deliver(context_of(database, transport, **PRODUCTION), mail_id=mail_id)
        row = await owner.fetchrow("select * from kit_mails")
        assert (row["state"], row["attempts"]) == ("queued", attempt)
        assert row["error"] == "451 4.7.1 try again later"
        assert row["content"] is not None


async def test_a_permanent_failure_ends_it(database, owner) -> None:
    mail_id = await intend(database, to="bounce@b.kz")
    transport = RecordingTransport()
    for _ in range(2):
        await deliver(context_of(database, transport, **PRODUCTION), mail_id=mail_id)
    row = await owner.fetchrow("select * from kit_mails")
    assert (row["state"], row["attempts"], row["content"]) == ("failed", 1, None)
    assert row["error"] == "550 5.1.1 no such mailbox"
    assert transport.sent == []


async def test_words_sealed_with_a_lost_secret_fail_with_a_reason(database, owner) -> None:
    mail_id = await intend(database)
    install_keys(Settings(secret_key="another"))
    await deliver(context_of(database, RecordingTransport()), mail_id=mail_id)
    row = await owner.fetchrow("select * from kit_mails")
    assert (row["state"], row["error"]) == (
        "failed",
        "the text was encrypted with an unknown secret",
    )


async def test_mail_is_forgotten_after_thirty_days(database, owner) -> None:
    await intend(database, key="old")
    await owner.execute("update kit_mails set created_at = now() - interval '31 days'")
    young = await intend(database, to="young@b.kz", key="young")
    await sweep_mail(context_of(database, RecordingTransport()))
    assert [row["id"] for row in await owner.fetch("select id from kit_mails")] == [UUID(young)]


@pytest.mark.parametrize("locale", ["en", "ru", "kk"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_speaks_every_language(template: str, locale: str) -> None:
    context = {name: VALUES[name] for name in TEMPLATES[template]}
    mail = render(template, locale, context)
    assert mail.locale == locale
    assert f'<html lang="{locale}">' in mail.html
    for body in (mail.subject, mail.text, mail.html):
        assert body.strip()
        assert "{{" not in body
    for name in TEMPLATES[template] - {"role", "settings_link"}:
        shown = mail.subject + mail.text
        assert str(VALUES[name]) in shown, name
        if name not in {"minutes", "days"}:
            assert str(VALUES[name]) in mail.html + mail.subject, name


def test_the_languages_have_the_same_words() -> None:
    folder = Path(karavan.kit.mail.__file__).parent / "words"
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    assert set(files) == {"en", "ru", "kk"}

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(part) for key, part in value.items()}
        return len(value) if isinstance(value, list) else type(value).__name__

    assert shape(files["ru"]) == shape(files["en"]) == shape(files["kk"])
    assert set(files["en"]) == {"common", "roles", *TEMPLATES}


def test_mails_wear_the_colours_of_the_app() -> None:
    tokens = Path(__file__).resolve().parents[2] / "web/src/shared/tokens/tokens.css"
    light = tokens.read_text().partition("[data-theme='dark']")[0]
    layout = Path(karavan.kit.mail.__file__).with_name("layout.html").read_text()
    worn = set(re.findall(r"#[0-9a-f]{6}", layout))
    assert "#0b7873" in worn
    assert worn <= set(re.findall(r"#[0-9a-f]{6}", light))


def test_roles_are_named_in_the_readers_language() -> None:
    context = {name: VALUES[name] for name in TEMPLATES["invite"]}
    assert "закупщик" in render("invite", "ru", context).text
    assert "сатып алушы" in render("invite", "kk", context).text


def test_an_unknown_language_falls_back_to_english() -> None:
    assert render("verify_code", "de", CODE).subject == "Your confirmation code"


def test_people_cannot_write_markup_headers_or_templates_into_a_mail() -> None:
    context = {
        **{name: VALUES[name] for name in TEMPLATES["notification"]},
        "title": "Hello\r\nBcc: all@x.kz <b>",
        "body": "<script>alert(1)</script> {{ 7*7 }}",
    }
    mail = render("notification", "en", context)
    assert mail.subject == "Hello Bcc: all@x.kz <b>"
    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert "{{ 7*7 }}" in mail.text
    assert "{{ 7*7 }}" in mail.html


@pytest.mark.parametrize("link", ["javascript:alert(1)", "/relative", "https:///no-host", ""])
def test_a_link_must_be_a_full_address(link: str) -> None:
    context = {**{name: VALUES[name] for name in TEMPLATES["welcome"]}, "link": link}
    with pytest.raises(ValueError, match="full http or https address"):
        render("welcome", "en", context)


def test_a_missing_value_is_named() -> None:
    with pytest.raises(KeyError, match="minutes"):
        render("verify_code", "en", {"code": "1"})
