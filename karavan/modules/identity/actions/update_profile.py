"""Change one's own profile."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import NotFoundError
from karavan.kit.events import record_event
from karavan.kit.versions import refuse_stale
from karavan.modules.identity.models import User


async def update_profile(
    session: AsyncSession, actor: Actor, changes: dict[str, Any], *, version: int | None = None
) -> None:
    """Apply changes to the actor's own profile.

    Args:
        changes: values by column: `display_name`, `locale`, `theme`.

    Raises:
        ConflictError: the profile has another version than the caller read.
    """
    user = await _locked(session, actor.user_id)
    refuse_stale(user, version)
    before = {name: getattr(user, name) for name in changes if getattr(user, name) != changes[name]}
    if not before:
        return
    for name in before:
        setattr(user, name, changes[name])
    user.version += 1
    after = {name: changes[name] for name in before}
    _record(session, actor, user, before, after)


async def set_avatar(session: AsyncSession, actor: Actor, media_id: UUID | None) -> UUID | None:
    """Point the actor's profile at a picture that the media module keeps, or at none. Returns the one before."""
    user = await _locked(session, actor.user_id)
    replaced = user.avatar_media_id
    before = {"avatar_media_id": str(user.avatar_media_id) if user.avatar_media_id else None}
    user.avatar_media_id = media_id
    user.version += 1
    _record(session, actor, user, before, {"avatar_media_id": str(media_id) if media_id else None})
    return replaced


async def _locked(session: AsyncSession, user_id: UUID) -> User:
    user = (
        await session.execute(
            select(User).where(User.id == user_id).with_for_update(key_share=True)
        )
    ).scalar_one_or_none()
    if user is None:
        raise NotFoundError
    return user


def _record(
    session: AsyncSession,
    actor: Actor,
    user: User,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    record_audit(
        session,
        actor,
        "user.update",
        target_type="user",
        target_id=user.id,
        target_label=user.display_name,
        before=before,
        after=after,
    )
    record_event(
        session,
        "user.updated",
        organisation_id=actor.organisation_id,
        aggregate_id=user.id,
        payload={"user_id": str(user.id), "changed": sorted(after)},
    )
