"""The port for e-mail: what a transport is given, and how it says that it failed."""

from typing import Protocol

from msgspec import Struct

from karavan.kit.services import Port


class OutgoingMail(Struct, frozen=True):
    """One e-mail to one person, ready to be put on the wire.

    Attributes:
        message_id: `<uuid@domain>`, the same on every attempt, so that a repetition can be recognised.
        unsubscribe_url: takes the POST of a one-click unsubscription (RFC 8058); nothing for mail that was asked for.
    """

    recipient: str
    subject: str
    text: str
    html: str
    message_id: str
    locale: str
    unsubscribe_url: str | None = None


class TemporaryMailError(Exception):
    """The mail was not accepted now but may be later: no connection, or a 4yz reply."""


class PermanentMailError(Exception):
    """The mail will never be accepted: a 5yz reply, or an address that is none."""


class MailTransport(Protocol):
    """Hands mail over to whatever carries it on."""

    async def send(self, mail: OutgoingMail) -> None:
        """Hand one mail over.

        Raises:
            TemporaryMailError: worth another attempt.
            PermanentMailError: not worth one.
        """


MAIL_TRANSPORT = Port[MailTransport]("mail transport")
