"""Mail as its recipient reads it."""

import re

from fastapi import FastAPI

from karavan.kit.db import Database
from karavan.kit.mail import read_mails
from karavan.kit.mail.intents import MailRecord
from karavan.kit.scopes import SYSTEM


async def mails_to(app: FastAPI, email: str, template: str | None = None) -> list[MailRecord]:
    """What was written to an address, the newest first; sent or not yet."""
    database: Database = app.state.database
    async with database.transaction(SYSTEM) as session:
        mails = await read_mails(session, to=email)
    return [mail for mail in mails if template is None or mail.template == template]


async def link_token_of(app: FastAPI, email: str) -> str:
    """The token in the link of the newest invitation to an address."""
    mail = (await mails_to(app, email, "invite"))[0]
    found = re.search(r"/invite/([A-Za-z0-9_-]+)", mail.words.text)
    assert found is not None, mail.words.text
    return found[1]


async def code_of(app: FastAPI, email: str) -> str:
    """The six digits in the newest mail that carries a code."""
    mail = (await mails_to(app, email, "password_reset"))[0]
    found = re.search(r"\b(\d{6})\b", mail.words.text)
    assert found is not None, mail.words.text
    return found[1]
