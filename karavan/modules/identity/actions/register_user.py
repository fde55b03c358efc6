"""Create a person."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import PlatformRole
from karavan.kit.clock import database_now
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.modules.identity.emails import email_key
from karavan.modules.identity.models import Password, User


async def register_user(
    session: AsyncSession,
    *,
    email: str,
    password_hash: str | None,
    display_name: str,
    locale: str,
    email_verified: bool,
    organisation_id: UUID,
    platform_role: str | None = None,
    is_demo: bool = False,
) -> User | None:
    """Add a person; the transaction must be the system's, because nobody is signed in yet.

    Args:
        email: normalised.
        organisation_id: of which they become a member in the same transaction.

    Returns:
        the person; nothing when the address has an account, also one that was made a moment ago by another request.
    """
    values = {
        "id": new_id(),
        "email": email,
        "email_key": email_key(email),
        "email_verified_at": await database_now(session) if email_verified else None,
        "display_name": display_name,
        "locale": locale,
        "platform_role": platform_role,
        "is_demo": is_demo,
        "last_organisation_id": organisation_id,
        "version": 1,
    }
    inserted = await session.execute(
        insert(User)
        .values(values)
        .on_conflict_do_nothing(index_elements=["email_key"])
        .returning(User)
    )
    user = inserted.scalar_one_or_none()
    if user is None:
        return None
    if password_hash is not None:
        session.add(Password(user_id=user.id, password_hash=password_hash))
    record_event(
        session,
        "user.registered",
        organisation_id=organisation_id,
        aggregate_id=user.id,
        payload={"user_id": str(user.id), "email_verified": email_verified, "locale": locale},
    )
    return user


async def confirm_email(session: AsyncSession, user_id: UUID) -> None:
    """Note that a person has proved the address to be theirs; the earlier proof stays."""
    await session.execute(
        update(User)
        .where(User.id == user_id, User.email_verified_at.is_(None))
        .values(email_verified_at=await database_now(session))
    )


async def set_platform_role(
    session: AsyncSession, user_id: UUID, role: PlatformRole | None
) -> str | None:
    """Give a person a role on the platform, or take it away; returns the one they had. The system's transaction."""
    user = await session.get_one(User, user_id, with_for_update=True)
    before = user.platform_role
    user.platform_role = role.value if role else None
    return before
