"""What every mail transport promises, and what SMTP puts on the wire."""

import asyncio
import email
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.policy import default as modern

import pytest
from msgspec.structs import replace

from karavan.adapters.email.sandbox import SandboxTransport
from karavan.adapters.email.smtp import SmtpTransport, compose
from karavan.kit.mail import MailTransport, OutgoingMail, PermanentMailError, TemporaryMailError
from karavan.settings import SmtpSettings


def mail_to(recipient: str, subject: str = "Ваш код") -> OutgoingMail:
    return OutgoingMail(
        recipient=recipient,
        subject=subject,
        text="Код: 424242\n" + "длинная строка " * 100,
        html="<p>Код: 424242</p>",
        message_id="<0190@karavan.example>",
        locale="ru",
    )


class ScriptedServer:
    """A mail server (RFC 5321) that answers by the recipient, as the sandbox does."""

    def __init__(self, *, greeting: str = "220 test ESMTP", hang_up_after_data: bool = False):
        self.greeting = greeting
        self.hang_up_after_data = hang_up_after_data
        self.received: list[EmailMessage] = []
        self.envelopes: list[list[str]] = []
        self.raw = b""
        self.port = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["ScriptedServer"]:
        server = await asyncio.start_server(self._converse, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{self.greeting}\r\n".encode())
        envelope: list[str] = []
        while line := (await reader.readline()).decode().strip():
            verb = line.upper()
            reply = "250 ok"
            if verb.startswith("EHLO"):
                reply = "250-test\r\n250 8BITMIME"
            elif verb.startswith("RCPT") and "bounce@" in line:
                reply = "550 5.1.1 no such mailbox"
            elif verb.startswith("RCPT") and "busy@" in line:
                reply = "451 4.7.1 try again later"
            elif verb == "DATA":
                writer.write(b"354 go on\r\n")
                raw = self.raw = await reader.readuntil(b"\r\n.\r\n")
                if self.hang_up_after_data:
                    break
                self.received.append(email.message_from_bytes(raw[:-3], policy=modern))
                self.envelopes.append(envelope)
            elif verb == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            envelope.append(line)
            writer.write(f"{reply}\r\n".encode())
            await writer.drain()
        writer.close()


def smtp_to(server: ScriptedServer, **more) -> SmtpTransport:
    settings = SmtpSettings(
        host="127.0.0.1", port=server.port, security="none", timeout_s=2, **more
    )
    return SmtpTransport(settings)


@pytest.fixture(params=["smtp", "sandbox"])
async def transport(request) -> AsyncIterator[MailTransport]:
    if request.param == "sandbox":
        yield SandboxTransport()
        return
    async with ScriptedServer().running() as server:
        yield smtp_to(server)


class TestEveryTransport:
    async def test_takes_a_mail(self, transport: MailTransport) -> None:
        await transport.send(mail_to("a@b.kz"))

    async def test_says_that_a_refusal_is_for_good(self, transport: MailTransport) -> None:
        with pytest.raises(PermanentMailError, match=r"550 5\.1\.1 no such mailbox"):
            await transport.send(mail_to("bounce@b.kz"))

    async def test_says_that_a_refusal_is_for_now(self, transport: MailTransport) -> None:
        with pytest.raises(TemporaryMailError, match=r"451 4\.7\.1 try again later"):
            await transport.send(mail_to("busy@b.kz"))

    @pytest.mark.parametrize("address", ["", "nobody", "@b.kz"])
    async def test_refuses_what_is_no_address(self, transport: MailTransport, address) -> None:
        with pytest.raises(PermanentMailError, match="malformed"):
            await transport.send(mail_to(address))


class TestSmtp:
    async def test_puts_a_complete_automatic_message_on_the_wire(self) -> None:
        async with ScriptedServer().running() as server:
            await smtp_to(server).send(mail_to("a@b.kz"))
        [message] = server.received
        assert message["From"] == "Karavan <no-reply@karavan.example>"
        assert message["To"] == "a@b.kz"
        assert message["Subject"] == "Ваш код"
        assert message["Message-ID"] == "<0190@karavan.example>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["X-Auto-Response-Suppress"] == "All"
        assert message["Date"].datetime.utcoffset().total_seconds() == 0
        assert message.get_content_type() == "multipart/alternative"
        text, html = message.iter_parts()
        assert text.get_content_type() == "text/plain"
        assert text.get_content().startswith("Код: 424242\r\n")
        assert html.get_content().strip() == "<p>Код: 424242</p>"
        assert "RCPT TO:<a@b.kz>" in server.envelopes[0]
        assert all(len(line) <= 998 for line in server.raw.split(b"\r\n"))

    def test_a_line_break_cannot_add_a_header(self) -> None:
        message = compose(mail_to("a@b.kz", "Hi\r\nBcc: all@x.kz"), "K <k@k.kz>")
        assert message["Subject"] == "Hi Bcc: all@x.kz"
        assert message["Bcc"] is None
        with pytest.raises(PermanentMailError):
            compose(mail_to("a@b.kz\r\nBcc: all@x.kz"), "K <k@k.kz>")

    async def test_one_click_unsubscription_is_offered_on_a_whole_line(self) -> None:
        url = "https://karavan.example/api/v1/notifications/unsubscribe/" + "t" * 90
        async with ScriptedServer().running() as server:
            await smtp_to(server).send(replace(mail_to("a@b.kz"), unsubscribe_url=url))
        assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in server.raw
        assert server.received[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_mail_that_was_asked_for_offers_no_unsubscription(self) -> None:
        message = compose(mail_to("a@b.kz"), "K <k@k.kz>")
        assert message["List-Unsubscribe"] is None
        assert message["List-Unsubscribe-Post"] is None

    async def test_a_connection_lost_after_the_data_is_worth_another_attempt(self) -> None:
        async with ScriptedServer(hang_up_after_data=True).running() as server:
            with pytest.raises(TemporaryMailError):
                await smtp_to(server).send(mail_to("a@b.kz"))

    async def test_a_server_that_is_not_there_is_worth_another_attempt(self) -> None:
        server = ScriptedServer()
        async with server.running():
            pass
        with pytest.raises(TemporaryMailError):
            await smtp_to(server).send(mail_to("a@b.kz"))

    async def test_a_server_that_does_not_serve_us_is_worth_another_attempt(self) -> None:
        async with ScriptedServer(greeting="554 go away").running() as server:
            with pytest.raises(TemporaryMailError):
                await smtp_to(server).send(mail_to("a@b.kz"))

    async def test_credentials_are_never_sent_to_a_server_without_encryption_or_auth(self) -> None:
        async with ScriptedServer().running() as server:
            settings = SmtpSettings(
                host="127.0.0.1", port=server.port, security="starttls", timeout_s=2
            )
            with pytest.raises((TemporaryMailError, PermanentMailError)):
                await SmtpTransport(settings).send(mail_to("a@b.kz"))
        assert server.received == []
