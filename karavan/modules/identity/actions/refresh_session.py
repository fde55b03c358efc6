"""Exchange a refresh token for its successor."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.modules.identity.actions.end_sessions import end_session_row
from karavan.modules.identity.actions.start_session import Visitor, tokens_of
from karavan.modules.identity.models import RefreshToken, Session
from karavan.modules.identity.tokens import SessionTokens, successor_of, token_hash
from karavan.settings import Settings

REUSE_GRACE = timedelta(seconds=10)
"""How long a used token of a browser still yields the successor that was already given out for it."""


async def refresh_session(
    session: AsyncSession,
    settings: Settings,
    visitor: Visitor,
    refresh_token: str,
    *,
    by_cookie: bool,
) -> SessionTokens | None:
    """Rotate a refresh token (RFC 9700 § 4.14.2); the transaction must be the system's.

    A token that was used before means that two parties hold it, so its session ends: whoever stole it is out, and
    so is the victim, who signs in again. Two tabs of one browser do the same honestly and within moments, so during
    `REUSE_GRACE` a used token yields the same successor again, as long as that one is itself unused. A program has no
    tabs: for one that it presents twice there is no such excuse.

    Args:
        by_cookie: whether a browser presented it, whose tabs share one token without knowing of one another.

    Returns:
        the tokens; nothing when the token is refused. The caller raises after the transaction has committed, or the
        end of the session would be rolled back with the refusal.
    """
    presented = token_hash(refresh_token)
    found = await session.execute(
        select(RefreshToken.session_id).where(RefreshToken.token_hash == presented)
    )
    session_id = found.scalar_one_or_none()
    if session_id is None:
        return None
    # The session is locked before its token is read: of two tabs the second sees what the first has done.
    row = (
        await session.execute(
            select(Session).where(Session.id == session_id).with_for_update(key_share=True)
        )
    ).scalar_one()
    token = await session.get_one(RefreshToken, presented)
    now = await database_now(session)
    if row.ended_at is not None or row.expires_at <= now:
        return None
    successor = successor_of(settings, refresh_token)
    if token.used_at is None:
        token.used_at = now
        session.add(RefreshToken(token_hash=token_hash(successor), session_id=row.id))
        row.last_used_at = now
        row.expires_at = now + timedelta(seconds=settings.refresh_token_ttl_s)
        row.ip = visitor.ip
        await session.flush()
        return tokens_of(settings, row, successor)
    if by_cookie and await _honestly_repeated(session, token.used_at, now, token_hash(successor)):
        return tokens_of(settings, row, successor)
    end_session_row(session, row, now, reason="refresh_token_reused")
    return None


async def _honestly_repeated(
    session: AsyncSession, used_at: datetime, now: datetime, successor: bytes
) -> bool:
    following = await session.get(RefreshToken, successor)
    return now - used_at <= REUSE_GRACE and following is not None and following.used_at is None
