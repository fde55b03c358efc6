"""Tables of organisations and of who belongs to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, LargeBinary, String, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.identity.public import picture_url

SEARCH_EXPRESSION = "to_tsvector('simple'::regconfig, name || ' ' || city || ' ' || legal_name || ' ' || description)"


class Organisation(Identified, Timestamped, Versioned, Base):
    """A company, or one person trading for themselves. Everybody may read it; only its members change it.

    What only members may know stands in `OrganisationSettings`.
    """

    __tablename__ = "organisations_organisations"

    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    interest: Mapped[str]
    buys: Mapped[bool]
    sells: Mapped[bool]
    country: Mapped[str]
    city: Mapped[str] = mapped_column(server_default="")
    description: Mapped[str] = mapped_column(server_default="")
    categories: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    website: Mapped[str | None]
    logo_media_id: Mapped[UUID | None]
    legal_name: Mapped[str] = mapped_column(server_default="")
    tax_id: Mapped[str] = mapped_column(server_default="")
    vat_number: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str] = mapped_column(server_default="")
    postal_code: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str | None]
    phone: Mapped[str | None]
    locale: Mapped[str] = mapped_column(server_default="en")
    currency: Mapped[str]
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed(SEARCH_EXPRESSION, persisted=True), deferred=True
    )

    @property
    def logo_url(self) -> str | None:
        """The address of the logo."""
        return picture_url(self.logo_media_id)

    __table_args__ = (
        Index("ix_organisations_organisations_search", "search", postgresql_using="gin"),
        Index("ix_organisations_organisations_categories", "categories", postgresql_using="gin"),
        Index(
            "ix_organisations_organisations_sells_name",
            "name",
            "id",
            postgresql_where=text("sells and kind = 'company'"),
        ),
    )


class TradingProfile(Base):
    """How an organisation trades on one side, `buyer` or `vendor`: what its requests or quotes start from."""

    __tablename__ = "organisations_trading_profiles"

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id", ondelete="CASCADE"), primary_key=True
    )
    side: Mapped[str] = mapped_column(primary_key=True)
    payment_terms: Mapped[str] = mapped_column(server_default="")
    delivery_terms: Mapped[str] = mapped_column(server_default="")
    delivery_place: Mapped[str] = mapped_column(server_default="")
    delivery_countries: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    lead_time_days: Mapped[int | None]
    minimum_order_amount: Mapped[int | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class OrganisationSettings(Versioned, Base):
    """What only members may know: where money goes."""

    __tablename__ = "organisations_settings"

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id", ondelete="CASCADE"), primary_key=True
    )
    bank_name: Mapped[str] = mapped_column(server_default="")
    bank_code: Mapped[str] = mapped_column(server_default="")
    bank_account: Mapped[str] = mapped_column(server_default="")
    beneficiary_code: Mapped[str] = mapped_column(server_default="")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Membership(Base):
    """A person's place in an organisation."""

    __tablename__ = "organisations_memberships"

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("identity_users.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str]
    joined_at: Mapped[datetime] = mapped_column(server_default=func.now())
    invited_by_user_id: Mapped[UUID | None]

    __table_args__ = (Index("ix_organisations_memberships_user_id", "user_id"),)


class Invite(Identified, Base):
    """An invitation by e-mail. Only the hash of its token is kept."""

    __tablename__ = "organisations_invites"

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id", ondelete="CASCADE")
    )
    email: Mapped[str]
    email_key: Mapped[str]
    role: Mapped[str]
    locale: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    invited_by_user_id: Mapped[UUID]
    invited_by_name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_user_id: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_organisations_invites_organisation_id_created_at", "organisation_id", "created_at"
        ),
        Index(
            "uq_organisations_invites_open",
            "organisation_id",
            "email_key",
            unique=True,
            postgresql_where=text("accepted_at is null and revoked_at is null"),
        ),
    )
