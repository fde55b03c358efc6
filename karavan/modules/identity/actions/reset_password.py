"""Exchange a code for a reset token, and the token for a new password."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.db import Database
from karavan.kit.scopes import SYSTEM
from karavan.modules.identity import passwords
from karavan.modules.identity.actions.set_password import set_password
from karavan.modules.identity.errors import InvalidResetTokenError
from karavan.modules.identity.models import ResetCode, User
from karavan.modules.identity.queries import Login, find_login, login_of
from karavan.modules.identity.tokens import code_hash, new_opaque_token, token_hash
from karavan.settings import Settings

CODE_ATTEMPTS = 5
TOKEN_TTL = timedelta(minutes=10)


async def verify_reset_code(
    session: AsyncSession, settings: Settings, *, email: str, code: str
) -> str | None:
    """Try a code; the transaction must be the system's.

    Returns:
        a reset token, once; nothing when the code is refused. The caller raises after the commit, so that a wrong
        try is counted. The row is locked, so tries that arrive together are counted one by one.
    """
    login = await find_login(session, email)
    # Hashed for an unknown address too: both answers cost the same.
    presented = code_hash(settings, login.user_id if login else UUID(int=0), code)
    if login is None:
        return None
    row = (
        await session.execute(
            select(ResetCode)
            .where(ResetCode.user_id == login.user_id, ResetCode.used_at.is_(None))
            .order_by(ResetCode.created_at.desc())
            .limit(1)
            .with_for_update(key_share=True)
        )
    ).scalar_one_or_none()
    now = await database_now(session)
    if row is None or row.expires_at <= now or row.attempts >= CODE_ATTEMPTS:
        return None
    row.attempts += 1
    if row.code_hash != presented:
        return None
    token = new_opaque_token()
    row.used_at = now
    row.token_hash = token_hash(token)
    row.token_expires_at = now + TOKEN_TTL
    return token


async def reset_password(
    database: Database, settings: Settings, token: str, new_password: str
) -> None:
    """Choose a new password with a reset token. Every session of the person ends.

    Whoever holds the token has read mail sent to the address, so the address counts as verified from now on.
    The hash is computed with no transaction open.

    Raises:
        InvalidResetTokenError: the token is unknown, expired or used.
        ValidationError: the password is too weak; the token stays good.
    """
    async with database.transaction(SYSTEM) as session:
        row = await _live_token(session, token)
        login = await _owner(session, row)
    passwords.check_new_password(new_password, email=login.email)
    hashed = await passwords.hash_password(new_password)
    async with database.transaction(SYSTEM) as session:
        row = await _live_token(session, token)
        now = await database_now(session)
        row.token_used_at = now
        user = await session.get_one(User, row.user_id)
        user.email_verified_at = user.email_verified_at or now
        await set_password(session, settings, await _owner(session, row), hashed, how="reset")


async def _owner(session: AsyncSession, row: ResetCode) -> Login:
    login = await login_of(session, row.user_id)
    assert login is not None  # the foreign key keeps codes of people who exist
    return login


async def _live_token(session: AsyncSession, token: str) -> ResetCode:
    row = (
        await session.execute(
            select(ResetCode)
            .where(ResetCode.token_hash == token_hash(token), ResetCode.token_used_at.is_(None))
            .with_for_update(key_share=True)
        )
    ).scalar_one_or_none()
    now = await database_now(session)
    if row is None or row.token_expires_at is None or row.token_expires_at <= now:
        raise InvalidResetTokenError
    return row
