"""E-mail over SMTP submission (RFC 6409): port 587 with STARTTLS, 465 with TLS, or plain for a local catcher."""

from email.errors import HeaderParseError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage, Message
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr

import aiosmtplib

from karavan.kit.clock import utc_now
from karavan.kit.mail import OutgoingMail, PermanentMailError, TemporaryMailError
from karavan.settings import SmtpSettings


class _WholeLine(UnstructuredHeader, BaseHeader):
    """A header that is a web address: folded, it would be cut into encoded words that no receiver follows."""

    def fold(self, *, policy: "Policy[Message[str, str]]") -> str:
        """The header as one line, which may have 998 characters (RFC 5322 § 2.1.1)."""
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _WholeLine)
SMTP_POLICY = SMTP.clone(header_factory=_HEADERS)


class SmtpTransport:
    """Hands each mail to one server; a connection per mail, because mail is rare and servers hang up."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    async def send(self, mail: OutgoingMail) -> None:
        """Submit one mail.

        Raises:
            TemporaryMailError: no connection, a time-out, a 4yz reply, or a server that does not let us in: what has to
                be mended there is not the mail.
            PermanentMailError: a 5yz reply to the mail itself, or an address that is none.
        """
        settings = self._settings
        message = compose(mail, settings.sender)
        try:
            await aiosmtplib.send(
                message,
                hostname=settings.host,
                port=settings.port,
                username=settings.username or None,
                password=settings.password.get_secret_value() or None,
                use_tls=settings.security == "tls",
                start_tls=settings.security == "starttls",
                timeout=settings.timeout_s,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _by_code(error.recipients[0].code, error.recipients[0].message) from error
        except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPConnectResponseError) as error:
            raise TemporaryMailError(f"{error.code} {error.message}") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _by_code(error.code, error.message) from error
        except aiosmtplib.SMTPNotSupported as error:
            raise PermanentMailError(str(error)) from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise TemporaryMailError(str(error) or type(error).__name__) from error


def _by_code(code: int, message: str) -> TemporaryMailError | PermanentMailError:
    """RFC 5321 § 4.2.1: 4yz may succeed later, 5yz will not."""
    text = f"{code} {message}"
    return PermanentMailError(text) if 500 <= code < 600 else TemporaryMailError(text)


def compose(mail: OutgoingMail, sender: str) -> EmailMessage:
    """The message as it goes over the wire: text and HTML, marked as automatic (RFC 3834).

    Raises:
        PermanentMailError: the recipient is no address. Line breaks in values cannot add headers.
    """
    message = EmailMessage(policy=SMTP_POLICY)
    name, address = parseaddr(sender)
    try:
        message["From"] = Address(name, addr_spec=address)
        message["To"] = Address(addr_spec=mail.recipient)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise PermanentMailError("the recipient's address is malformed") from error
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(utc_now())
    message["Message-ID"] = mail.message_id
    message["Content-Language"] = mail.locale
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.unsubscribe_url is not None:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return message
