"""Tables of people, their credentials and their sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned


class User(Identified, Timestamped, Versioned, Base):
    """A person. Secrets stand in tables of their own, because colleagues may read this one.

    `email` is the address as people write it, `email_key` the form in which it is unique.
    """

    __tablename__ = "identity_users"

    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    email_verified_at: Mapped[datetime | None]
    display_name: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="en")
    theme: Mapped[str] = mapped_column(server_default="system")
    avatar_media_id: Mapped[UUID | None]
    platform_role: Mapped[str | None]
    is_demo: Mapped[bool] = mapped_column(server_default="false")
    last_organisation_id: Mapped[UUID | None]


class Password(Base):
    """A person's password hash. Nobody has two, and who signs in elsewhere has none."""

    __tablename__ = "identity_passwords"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("identity_users.id", ondelete="CASCADE"), primary_key=True
    )
    password_hash: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Session(Identified, Base):
    """One signed-in browser or program, acting for one organisation at a time.

    It is also the family of the refresh tokens that follow one another in it.
    """

    __tablename__ = "identity_sessions"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID]
    device: Mapped[str]
    user_agent: Mapped[str]
    ip: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_used_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]

    __table_args__ = (
        Index("ix_identity_sessions_user_id", "user_id"),
        Index("ix_identity_sessions_organisation_id_user_id", "organisation_id", "user_id"),
    )


class RefreshToken(Base):
    """A refresh token that was given out, by its SHA-256. Used ones stay, so that their reuse is noticed."""

    __tablename__ = "identity_refresh_tokens"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("identity_sessions.id", ondelete="CASCADE"))
    issued_at: Mapped[datetime] = mapped_column(server_default=func.now())
    used_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_identity_refresh_tokens_session_id", "session_id"),)


class ResetCode(Identified, Base):
    """A six-digit code to choose a new password, and the token that a right code is exchanged for."""

    __tablename__ = "identity_reset_codes"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    token_expires_at: Mapped[datetime | None]
    token_used_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_identity_reset_codes_user_id_created_at", "user_id", "created_at"),)


class OAuthIdentity(Base):
    """A person's account at a provider, known by the provider's own subject and never by e-mail."""

    __tablename__ = "identity_oauth_identities"

    provider: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("identity_users.id", ondelete="CASCADE"))
    email: Mapped[str | None]
    linked_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (Index("ix_identity_oauth_identities_user_id", "user_id"),)


class OAuthState(Base):
    """A sign-in that is under way at a provider: used once, by the browser that began it."""

    __tablename__ = "identity_oauth_states"

    state_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    provider: Mapped[str]
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary)
    verifier: Mapped[str]
    nonce: Mapped[str]
    redirect_uri: Mapped[str]
    return_to: Mapped[str]
    expires_at: Mapped[datetime]
