"""Everything that is read about people."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.identity.emails import email_key
from karavan.modules.identity.models import OAuthIdentity, Password, Session, User
from karavan.modules.identity.pictures import picture_url


class Login(Struct, frozen=True):
    """What sign-in needs to know of an account."""

    user_id: UUID
    email: str
    email_verified: bool
    display_name: str
    locale: str
    password_hash: str | None
    last_organisation_id: UUID | None


class Account(Struct, frozen=True):
    """A person as colleagues see them."""

    user_id: UUID
    email: str
    email_verified: bool
    display_name: str
    locale: str
    theme: str
    avatar_url: str | None
    platform_role: str | None
    created_at: datetime
    version: int


async def find_login(session: AsyncSession, email: str) -> Login | None:
    """The account of a normalised address; the transaction must be the system's."""
    return await _login(session, User.email_key == email_key(email))


async def login_of(session: AsyncSession, user_id: UUID) -> Login | None:
    """The account of a person."""
    return await _login(session, User.id == user_id)


async def find_linked_login(session: AsyncSession, provider: str, subject: str) -> Login | None:
    """The account that a provider's subject was linked to; the transaction must be the system's."""
    linked = select(OAuthIdentity.user_id).where(
        OAuthIdentity.provider == provider, OAuthIdentity.subject == subject
    )
    return await _login(session, User.id.in_(linked))


async def _login(session: AsyncSession, condition: object) -> Login | None:
    row = (
        await session.execute(
            select(
                User.id,
                User.email,
                User.email_verified_at.is_not(None),
                User.display_name,
                User.locale,
                Password.password_hash,
                User.last_organisation_id,
            )
            .outerjoin(Password, Password.user_id == User.id)
            .where(condition)  # type: ignore[arg-type]  # a column expression of SQLAlchemy
        )
    ).one_or_none()
    return None if row is None else Login(*row)


def _account(user: User) -> Account:
    return Account(
        user_id=user.id,
        email=user.email,
        email_verified=user.email_verified_at is not None,
        display_name=user.display_name,
        locale=user.locale,
        theme=user.theme,
        avatar_url=picture_url(user.avatar_media_id),
        platform_role=user.platform_role,
        created_at=user.created_at,
        version=user.version,
    )


async def account_of(session: AsyncSession, user_id: UUID) -> Account | None:
    """One person, when the transaction may see them."""
    user = await session.get(User, user_id)
    return None if user is None else _account(user)


async def accounts_of(session: AsyncSession, user_ids: Iterable[UUID]) -> dict[UUID, Account]:
    """Several people by id, those that the transaction may see."""
    users = await session.execute(select(User).where(User.id.in_(set(user_ids))))
    return {user.id: _account(user) for user in users.scalars()}


async def demo_user_ids(session: AsyncSession) -> list[UUID]:
    """People of the demonstration; the transaction must be the system's."""
    found = await session.execute(select(User.id).where(User.is_demo).order_by(User.id))
    return list(found.scalars())


async def live_sessions(session: AsyncSession, user_id: UUID) -> Sequence[Session]:
    """A person's sessions that have neither ended nor expired, the latest used first."""
    found = await session.execute(
        select(Session)
        .where(
            Session.user_id == user_id,
            Session.ended_at.is_(None),
            Session.expires_at > func.now(),
        )
        .order_by(Session.last_used_at.desc(), Session.id.desc())
        .limit(100)
    )
    return found.scalars().all()
