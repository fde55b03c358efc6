"""Quotes. The header says that a quote exists; its versions and lines say what it offers and may be sealed."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.procurement.states import QuoteState


class Quote(Base, Identified, Timestamped, Versioned):
    """A vendor's answer to a request. `organisation_id` is the vendor."""

    __tablename__ = "procurement_quotes"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("procurement_requests.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    buyer_organisation_id: Mapped[UUID]
    number: Mapped[str]
    state: Mapped[str] = mapped_column(default=QuoteState.SUBMITTED)
    current_version: Mapped[int] = mapped_column(default=1)
    request_revision: Mapped[int]
    needs_reconfirm: Mapped[bool] = mapped_column(server_default=text("false"))
    shortlisted: Mapped[bool] = mapped_column(server_default=text("false"))
    valid_until: Mapped[datetime]
    submitted_by: Mapped[UUID]
    submitted_by_name: Mapped[str] = mapped_column(server_default="")
    rejected_reason: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        Index("ix_procurement_quotes_own", "organisation_id", "created_at"),
        Index("ix_procurement_quotes_request_id", "request_id"),
        Index("ix_procurement_quotes_buyer", "buyer_organisation_id", "created_at"),
        Index(
            "uq_procurement_quotes_live",
            "request_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("state in ('submitted', 'updated', 'standby', 'accepted')"),
        ),
        Index(
            "ix_procurement_quotes_expiring",
            "valid_until",
            postgresql_where=text("state in ('submitted', 'updated', 'standby')"),
        ),
    )


class QuoteVersion(Base, Identified):
    """What the vendor offered at one moment. Never changed: an update is the next version.

    Row-level security hides it from the buyer, and from the system role, while the request is sealed.
    """

    __tablename__ = "procurement_quote_versions"

    quote_id: Mapped[UUID] = mapped_column(ForeignKey("procurement_quotes.id", ondelete="CASCADE"))
    request_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    buyer_organisation_id: Mapped[UUID]
    number: Mapped[int]
    currency: Mapped[str]
    valid_until: Mapped[datetime]
    lead_time_days: Mapped[int]
    payment_days: Mapped[int] = mapped_column(server_default="0")
    payment_terms: Mapped[str] = mapped_column(server_default="")
    delivery_terms: Mapped[str] = mapped_column(server_default="")
    delivery_amount: Mapped[int] = mapped_column(server_default="0")
    note: Mapped[str] = mapped_column(server_default="")
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    net_amount: Mapped[int]
    tax_amount: Mapped[int]
    total_amount: Mapped[int]
    submitted_by: Mapped[UUID]
    submitted_by_name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("quote_id", "number"),)


class QuoteLine(Base, Identified):
    """The price of one requested line in one version, or why there is none."""

    __tablename__ = "procurement_quote_lines"

    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_quote_versions.id", ondelete="CASCADE")
    )
    request_line_id: Mapped[UUID] = mapped_column(ForeignKey("procurement_request_lines.id"))
    request_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    buyer_organisation_id: Mapped[UUID]
    position: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(18, 6))
    unit: Mapped[str]
    unit_price_amount: Mapped[int]
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    lead_time_days: Mapped[int | None]
    comment: Mapped[str] = mapped_column(server_default="")
    net_amount: Mapped[int]

    __table_args__ = (UniqueConstraint("version_id", "request_line_id"),)
