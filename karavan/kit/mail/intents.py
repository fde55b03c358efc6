"""Mail that is to be sent: a row and a job, written together with whatever is the reason for the mail."""

import json
from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import Index, LargeBinary, String, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified
from karavan.kit.ids import new_id
from karavan.kit.jobs import enqueue
from karavan.kit.mail.templates import Rendered, render
from karavan.kit.signing import UndecipherableError, key_ring

DELIVER = "mail.deliver"
_PURPOSE = "mail.content"


class MailState(StrEnum):
    """Where a mail is on its way."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Mail(Identified, Base):
    """One mail. Its words are encrypted, because some carry a code; in production they go once it is sent."""

    __tablename__ = "kit_mails"

    idempotency_key: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    template: Mapped[str]
    locale: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[MailState] = mapped_column(String, server_default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    sent_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_kit_mails_created_at", "created_at"),)


# Without a conflict target the statement reads nothing, so the application's role needs no right to read mail.
_INTEND = text("""
insert into kit_mails (id, idempotency_key, recipient, template, locale, content)
values (:id, :idempotency_key, :recipient, :template, :locale, :content)
on conflict do nothing
""")


async def send_mail(
    session: AsyncSession,
    *,
    to: str,
    template: str,
    locale: str,
    context: Mapping[str, Any],
    idempotency_key: str,
    unsubscribe_url: str | None = None,
) -> None:
    """Send a mail once the current transaction has committed.

    Args:
        to: a bare address.
        template: a name in `TEMPLATES`.
        locale: `en`, `ru` or `kk`; another falls back to English.
        context: the template's values.
        idempotency_key: names the reason; a second mail for the same reason is not sent.
        unsubscribe_url: ends mails of this sort when POSTed to without credentials (RFC 8058).

    Raises:
        KeyError: the template does not exist, or its context lacks a value.
    """
    rendered = replace(render(template, locale, context), unsubscribe_url=unsubscribe_url)
    mail_id = new_id()
    values = {
        "id": mail_id,
        "idempotency_key": idempotency_key,
        "recipient": to,
        "template": template,
        "locale": rendered.locale,
        "content": seal_content(rendered),
    }
    inserted = await session.execute(_INTEND, values)
    if inserted.rowcount:  # type: ignore[attr-defined]  # an insert yields a CursorResult
        await enqueue(session, DELIVER, mail_id=str(mail_id))


def seal_content(rendered: Rendered) -> bytes:
    """Encrypt the words of a mail."""
    return key_ring().encrypt(_PURPOSE, json.dumps(asdict(rendered)).encode())


def open_content(content: bytes) -> Rendered:
    """Decrypt the words of a mail.

    Raises:
        UndecipherableError: the secret has changed and is no longer known.
    """
    return Rendered(**json.loads(key_ring().decrypt(_PURPOSE, content)))


def message_id_of(mail_id: UUID, sender: str) -> str:
    """The Message-ID of a mail: its own id at the sender's domain, so every attempt carries the same."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{mail_id}@{domain}>"


class MailRecord(Struct, frozen=True):
    """A mail as the developer's page shows it; `words` is missing once the content was dropped."""

    id: UUID
    recipient: str
    template: str
    locale: str
    state: str
    error: str | None
    created_at: datetime
    words: Rendered | None


async def read_mails(
    session: AsyncSession, *, to: str | None = None, mail_id: UUID | None = None, limit: int = 100
) -> list[MailRecord]:
    """The newest mails first. Needs the system role."""
    statement = select(Mail).order_by(Mail.id.desc()).limit(limit)
    if to is not None:
        statement = statement.where(func.lower(Mail.recipient) == to.lower())
    if mail_id is not None:
        statement = statement.where(Mail.id == mail_id)
    return [_record(mail) for mail in await session.scalars(statement)]


def _record(mail: Mail) -> MailRecord:
    try:
        words = None if mail.content is None else open_content(mail.content)
    except UndecipherableError:
        words = None
    return MailRecord(
        id=mail.id,
        recipient=mail.recipient,
        template=mail.template,
        locale=mail.locale,
        state=mail.state,
        error=mail.error,
        created_at=mail.created_at,
        words=words,
    )
