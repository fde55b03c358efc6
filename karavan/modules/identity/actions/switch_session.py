"""Let a session act for another organisation."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import UnauthenticatedError
from karavan.modules.identity.actions.start_session import tokens_of
from karavan.modules.identity.models import Session, User
from karavan.modules.identity.tokens import SessionTokens
from karavan.settings import Settings


async def switch_session(
    session: AsyncSession, settings: Settings, actor: Actor, organisation_id: UUID
) -> SessionTokens:
    """Move the actor's session. The caller has checked the membership. The refresh token stays as it is.

    Raises:
        UnauthenticatedError: the session has ended in the meantime.
    """
    row = (
        await session.execute(
            select(Session)
            .where(
                Session.id == actor.session_id,
                Session.user_id == actor.user_id,
                Session.ended_at.is_(None),
            )
            .with_for_update(key_share=True)
        )
    ).scalar_one_or_none()
    if row is None:
        raise UnauthenticatedError
    row.organisation_id = organisation_id
    await session.execute(
        update(User).where(User.id == actor.user_id).values(last_organisation_id=organisation_id)
    )
    return tokens_of(settings, row, None)
