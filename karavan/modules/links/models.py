"""Tables of trading links: a consumer organisation may see and order a supplier's goods by an accepted one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.links.states import LIVE_SQL, LinkState


class Agreed:
    """What a supplier grants. An absent value is not agreed, which is not the same as nought: without a credit limit no
    limit is watched, with one of nought nothing is sold on credit.

    Both amounts are minor units of `currency`; days are calendar days.
    """

    # A price list belongs to a module above, hence no foreign key; its name is kept as it was.
    price_list_id: Mapped[UUID | None]
    price_list_name: Mapped[str | None]
    currency: Mapped[str | None]
    credit_limit_amount: Mapped[int | None]
    payment_days: Mapped[int | None]
    minimum_order_amount: Mapped[int | None]
    delivery_days: Mapped[int | None]
    representative_user_id: Mapped[UUID | None]
    representative_name: Mapped[str | None]


AGREED = (
    "price_list_id",
    "price_list_name",
    "currency",
    "credit_limit_amount",
    "payment_days",
    "minimum_order_amount",
    "delivery_days",
    "representative_user_id",
    "representative_name",
)
"""Names of the columns that make up terms."""


class Link(Base, Identified, Timestamped, Versioned, Agreed):
    """A link from a consumer to a supplier, with the terms that hold now; `terms_version` is 0 before the first."""

    __tablename__ = "links_links"

    consumer_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    consumer_organisation_name: Mapped[str]
    supplier_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    supplier_organisation_name: Mapped[str]
    state: Mapped[str] = mapped_column(default=LinkState.PENDING)
    message: Mapped[str] = mapped_column(server_default="", default="")
    # Told to the consumer. Why somebody was blocked stands in the supplier's own notes.
    denial_reason: Mapped[str | None]
    terms_version: Mapped[int] = mapped_column(server_default="0", default=0)
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("links_invitations.id"))
    requested_by: Mapped[UUID]
    requested_by_name: Mapped[str]
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("consumer_organisation_id <> supplier_organisation_id", name="two_sides"),
        CheckConstraint("credit_limit_amount >= 0", name="credit_limit"),
        Index(
            "uq_links_links_live",
            "consumer_organisation_id",
            "supplier_organisation_id",
            unique=True,
            postgresql_where=text(LIVE_SQL),
        ),
        Index("ix_links_links_consumer", "consumer_organisation_id", "state", "created_at"),
        Index("ix_links_links_supplier", "supplier_organisation_id", "state", "created_at"),
        Index(
            "ix_links_links_expires_at", "expires_at", postgresql_where=text("state = 'pending'")
        ),
        Index("ix_links_links_invitation_id", "invitation_id"),
    )


class LinkTerms(Base, Identified, Agreed):
    """One version of a link's terms. Never changed: an order keeps the version that it was placed under."""

    __tablename__ = "links_terms"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("links_links.id"))
    consumer_organisation_id: Mapped[UUID]
    supplier_organisation_id: Mapped[UUID]
    number: Mapped[int]
    set_by: Mapped[UUID | None]
    set_by_name: Mapped[str] = mapped_column(server_default="", default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("link_id", "number"),)


class LinkMove(Base, Identified):
    """What has happened to a link, as both sides may read it. Never changed."""

    __tablename__ = "links_moves"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("links_links.id"))
    consumer_organisation_id: Mapped[UUID]
    supplier_organisation_id: Mapped[UUID]
    name: Mapped[str]
    side: Mapped[str]
    actor_name: Mapped[str] = mapped_column(server_default="", default="")
    reason: Mapped[str | None]
    # By the clock and not by the transaction: several moves of one transaction keep their order.
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (Index("ix_links_moves_link_id", "link_id", "created_at"),)


class LinkNote(Base, Identified):
    """What a supplier's people write down about a link, for themselves alone."""

    __tablename__ = "links_notes"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("links_links.id"))
    organisation_id: Mapped[UUID]
    text: Mapped[str]
    author_user_id: Mapped[UUID]
    author_name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (Index("ix_links_notes_link_id", "link_id", "created_at"),)


class LinkInvitation(Base, Identified):
    """An invitation that a supplier hands out as a link or on paper. Only the hash of its token is kept.

    `terms` are those that are granted at once where `accepts_at_once`.
    """

    __tablename__ = "links_invitations"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    accepts_at_once: Mapped[bool]
    terms: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    uses: Mapped[int] = mapped_column(server_default="0", default=0)
    uses_max: Mapped[int | None]
    created_by: Mapped[UUID]
    created_by_name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("uses >= 0 and (uses_max is null or uses <= uses_max)", name="uses"),
        Index("ix_links_invitations_organisation_id", "organisation_id", "created_at"),
    )
