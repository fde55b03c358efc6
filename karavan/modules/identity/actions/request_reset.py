"""Send a code to choose a new password."""

import secrets
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.ids import new_id
from karavan.kit.mail import send_mail
from karavan.modules.identity.models import ResetCode
from karavan.modules.identity.queries import find_login
from karavan.modules.identity.tokens import code_hash
from karavan.settings import Settings

CODE_TTL = timedelta(minutes=10)
CODES_PER_HOUR = 5
"""With five tries a code, a guesser has at most 25 in a million chances an hour."""


async def send_reset_code(session: AsyncSession, settings: Settings, email: str) -> None:
    """Send a six-digit code to the owner of an address, replacing earlier ones; the system's transaction.

    Does nothing for an unknown address or too many codes: it runs as a job after the request was answered, so that
    neither the answer nor its time tells whether there is an account.
    """
    login = await find_login(session, email)
    if login is None:
        return
    now = await database_now(session)
    recent = await session.execute(
        select(func.count())
        .select_from(ResetCode)
        .where(ResetCode.user_id == login.user_id, ResetCode.created_at > now - timedelta(hours=1))
    )
    if recent.scalar_one() >= CODES_PER_HOUR:
        return
    await session.execute(
        update(ResetCode)
        .where(ResetCode.user_id == login.user_id, ResetCode.used_at.is_(None))
        .values(used_at=now)
    )
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = ResetCode(
        id=new_id(),
        user_id=login.user_id,
        code_hash=code_hash(settings, login.user_id, code),
        created_at=now,
        expires_at=now + CODE_TTL,
    )
    session.add(row)
    await send_mail(
        session,
        to=login.email,
        template="password_reset",
        locale=login.locale,
        context={
            "name": login.display_name,
            "code": code,
            "minutes": int(CODE_TTL.total_seconds() // 60),
        },
        idempotency_key=f"password-reset:{row.id}",
    )
