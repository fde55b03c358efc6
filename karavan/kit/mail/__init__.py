"""E-mail: an intent written in the transaction, a job that sends it, and a port behind which the post office stands."""

from karavan.kit.mail.delivery import deliver, sweep_mail
from karavan.kit.mail.intents import Mail, MailState, read_mails, send_mail
from karavan.kit.mail.port import (
    MAIL_TRANSPORT,
    MailTransport,
    OutgoingMail,
    PermanentMailError,
    TemporaryMailError,
)
from karavan.kit.mail.templates import TEMPLATES, render

__all__ = [
    "MAIL_TRANSPORT",
    "TEMPLATES",
    "Mail",
    "MailState",
    "MailTransport",
    "OutgoingMail",
    "PermanentMailError",
    "TemporaryMailError",
    "deliver",
    "read_mails",
    "render",
    "send_mail",
    "sweep_mail",
]
