"""Sending: the job behind every mail, and the sweep of old ones."""

from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete, func, update

from karavan.kit.jobs import JobContext, job, scheduled
from karavan.kit.mail.intents import DELIVER, Mail, MailState, message_id_of, open_content
from karavan.kit.mail.port import (
    MAIL_TRANSPORT,
    OutgoingMail,
    PermanentMailError,
    TemporaryMailError,
)
from karavan.kit.scopes import SYSTEM
from karavan.kit.signing import UndecipherableError

log = structlog.get_logger()

RETENTION = timedelta(days=30)


@job(DELIVER, retries=8)
async def deliver(context: JobContext, *, mail_id: str) -> None:
    """Hand one mail to the transport with no transaction open, then record what came of it.

    A crash between the two sends the mail again with the same Message-ID; a mail recorded as sent is never sent again.

    Raises:
        TemporaryMailError: so that the job is retried with a growing delay.
    """
    outgoing = await _outgoing(context, UUID(mail_id))
    if outgoing is None:
        return
    try:
        await context.services[MAIL_TRANSPORT].send(outgoing)
    except PermanentMailError as error:
        log.warning("mail_refused", mail_id=mail_id, error=str(error))
        await _record(context, mail_id, MailState.FAILED, str(error))
        return
    except TemporaryMailError as error:
        await _record(context, mail_id, MailState.QUEUED, str(error))
        raise
    await _record(context, mail_id, MailState.SENT, None)


async def _outgoing(context: JobContext, mail_id: UUID) -> OutgoingMail | None:
    async with context.database.transaction(SYSTEM) as session:
        mail = await session.get(Mail, mail_id)
    if mail is None or mail.state != MailState.QUEUED or mail.content is None:
        return None
    try:
        words = open_content(mail.content)
    except UndecipherableError as error:
        await _record(context, str(mail_id), MailState.FAILED, str(error))
        return None
    return OutgoingMail(
        recipient=mail.recipient,
        subject=words.subject,
        text=words.text,
        html=words.html,
        message_id=message_id_of(mail.id, context.settings.smtp.sender),
        locale=words.locale,
        unsubscribe_url=words.unsubscribe_url,
    )


async def _record(context: JobContext, mail_id: str, state: MailState, error: str | None) -> None:
    values: dict[str, object] = {
        "state": state,
        "attempts": Mail.attempts + 1,
        "error": None if error is None else error[:500],
    }
    if state is MailState.SENT:
        values["sent_at"] = func.now()
    if state is not MailState.QUEUED and not context.settings.development:
        # Codes are of no use to the database once the mail has left.
        values["content"] = None
    async with context.database.transaction(SYSTEM) as session:
        await session.execute(update(Mail).where(Mail.id == UUID(mail_id)).values(values))


@scheduled("17 3 * * *", name="mail.sweep")
async def sweep_mail(context: JobContext) -> None:
    """Delete mails older than thirty days, every night."""
    async with context.database.transaction(SYSTEM) as session:
        await session.execute(delete(Mail).where(Mail.created_at < func.now() - RETENTION))
