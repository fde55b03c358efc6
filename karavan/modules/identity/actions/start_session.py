"""Begin a session."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.ids import new_id
from karavan.modules.identity.devices import USER_AGENT_MAX_LENGTH, device_label
from karavan.modules.identity.models import RefreshToken, Session, User
from karavan.modules.identity.tokens import (
    SessionTokens,
    issue_access_token,
    new_opaque_token,
    token_hash,
)
from karavan.settings import Settings


class Visitor(Struct, frozen=True):
    """Where a request comes from, as far as it says so itself."""

    ip: str | None
    user_agent: str
    request_id: str | None = None


async def start_session(
    session: AsyncSession,
    settings: Settings,
    visitor: Visitor,
    *,
    user_id: UUID,
    organisation_id: UUID,
) -> SessionTokens:
    """Sign a person in for one of their organisations. The caller has established who they are."""
    now = await database_now(session)
    row = Session(
        id=new_id(),
        user_id=user_id,
        organisation_id=organisation_id,
        device=device_label(visitor.user_agent),
        user_agent=_stored_user_agent(visitor.user_agent),
        ip=visitor.ip,
        created_at=now,
        last_used_at=now,
        expires_at=now + timedelta(seconds=settings.refresh_token_ttl_s),
    )
    refresh_token = new_opaque_token()
    session.add(row)
    await session.flush()
    session.add(RefreshToken(token_hash=token_hash(refresh_token), session_id=row.id))
    await session.execute(
        update(User).where(User.id == user_id).values(last_organisation_id=organisation_id)
    )
    return tokens_of(settings, row, refresh_token)


def _stored_user_agent(user_agent: str) -> str:
    """Header values arrive as Latin-1: anything but printable ASCII is dropped before it is stored."""
    kept = "".join(character for character in user_agent if " " <= character <= "~")
    return kept[:USER_AGENT_MAX_LENGTH]


def tokens_of(settings: Settings, row: Session, refresh_token: str | None) -> SessionTokens:
    """The tokens for a session, with a fresh access token."""
    return SessionTokens(
        access_token=issue_access_token(
            settings,
            user_id=row.user_id,
            organisation_id=row.organisation_id,
            session_id=row.id,
        ),
        access_ttl_s=settings.access_token_ttl_s,
        refresh_token=refresh_token,
        refresh_ttl_s=settings.refresh_token_ttl_s,
        session_id=row.id,
        user_id=row.user_id,
        organisation_id=row.organisation_id,
    )
