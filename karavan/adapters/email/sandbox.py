"""E-mail without a server: nothing leaves the machine. The mails themselves stand in the database, see `pages.py`."""

from email.utils import parseaddr

import structlog

from karavan.kit.mail import OutgoingMail, PermanentMailError, TemporaryMailError

log = structlog.get_logger()


class SandboxTransport:
    """Takes every mail, and answers by the address as a real server might.

    `bounce@…` is refused for good and `busy@…` for the moment, so that both can be tried out offline.
    """

    async def send(self, mail: OutgoingMail) -> None:
        """Take one mail.

        Raises:
            PermanentMailError: to `bounce@…`, or when the address is none.
            TemporaryMailError: to `busy@…`.
        """
        local, _, domain = parseaddr(mail.recipient)[1].rpartition("@")
        if not local or not domain:
            raise PermanentMailError("the recipient's address is malformed")
        if local == "bounce":
            raise PermanentMailError("550 5.1.1 no such mailbox")
        if local == "busy":
            raise TemporaryMailError("451 4.7.1 try again later")
        log.debug("mail_kept_in_sandbox", message_id=mail.message_id)
