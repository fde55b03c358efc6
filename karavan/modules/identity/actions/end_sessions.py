"""End sessions: one's own, all others of a person, or a removed member's."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import NotFoundError
from karavan.kit.events import record_event
from karavan.modules.identity.models import RefreshToken, Session
from karavan.modules.identity.tokens import token_hash


def end_session_row(session: AsyncSession, row: Session, now: datetime, *, reason: str) -> None:
    """End a locked session and tell whoever streams for it. Access tokens die with it: every guard reads its row."""
    row.ended_at = now
    row.end_reason = reason
    record_event(
        session,
        "session.ended",
        organisation_id=row.organisation_id,
        aggregate_id=row.id,
        payload={"user_id": str(row.user_id), "session_id": str(row.id), "reason": reason},
    )


async def end_sessions(
    session: AsyncSession,
    *,
    user_id: UUID,
    reason: str,
    organisation_id: UUID | None = None,
    except_session_id: UUID | None = None,
) -> int:
    """End the live sessions of a person.

    Args:
        organisation_id: only those that act for this organisation.
        except_session_id: the one that stays.

    Returns:
        how many were ended.
    """
    wanted = select(Session).where(Session.user_id == user_id, Session.ended_at.is_(None))
    if organisation_id is not None:
        wanted = wanted.where(Session.organisation_id == organisation_id)
    if except_session_id is not None:
        wanted = wanted.where(Session.id != except_session_id)
    locked = wanted.order_by(Session.id).with_for_update(key_share=True)
    rows = (await session.execute(locked)).scalars().all()
    now = await database_now(session)
    for row in rows:
        end_session_row(session, row, now, reason=reason)
    return len(rows)


async def end_session(session: AsyncSession, actor: Actor, session_id: UUID) -> None:
    """End one of the actor's own sessions.

    Raises:
        NotFoundError: the actor has no such live session.
    """
    row = (
        await session.execute(
            select(Session)
            .where(
                Session.id == session_id,
                Session.user_id == actor.user_id,
                Session.ended_at.is_(None),
            )
            .with_for_update(key_share=True)
        )
    ).scalar_one_or_none()
    if row is None:
        raise NotFoundError
    reason = "signed_out" if session_id == actor.session_id else "ended_by_owner"
    end_session_row(session, row, await database_now(session), reason=reason)
    record_audit(
        session,
        actor,
        "session.end",
        target_type="session",
        target_id=row.id,
        target_label=row.device,
    )


async def sign_out(
    session: AsyncSession, *, session_id: UUID | None, refresh_token: str | None
) -> None:
    """End the session that an access token or a refresh token belongs to; the transaction must be the system's.

    Does nothing when there is none: signing out succeeds also with tokens that have expired.
    """
    wanted = select(Session).where(Session.ended_at.is_(None)).with_for_update(key_share=True)
    if session_id is not None:
        wanted = wanted.where(Session.id == session_id)
    elif refresh_token is not None:
        of_token = select(RefreshToken.session_id).where(
            RefreshToken.token_hash == token_hash(refresh_token)
        )
        wanted = wanted.where(Session.id.in_(of_token))
    else:
        return
    row = (await session.execute(wanted)).scalar_one_or_none()
    if row is None:
        return
    end_session_row(session, row, await database_now(session), reason="signed_out")
    record_audit(
        session,
        None,
        "session.end",
        target_type="session",
        target_id=row.id,
        target_label=row.device,
        organisation_id=row.organisation_id,
    )
