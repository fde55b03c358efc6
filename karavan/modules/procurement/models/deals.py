"""Deals: what both sides agree on, in versions, and who signed which."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.procurement.states import DealState


class Deal(Base, Identified, Timestamped, Versioned):
    """A buyer (`organisation_id`) and a vendor who have found each other."""

    __tablename__ = "procurement_deals"

    number: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    vendor_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    vendor_organisation_name: Mapped[str]
    request_id: Mapped[UUID] = mapped_column(ForeignKey("procurement_requests.id"))
    # The numbers are copied: a side may not be allowed to read the request or the quote itself any more.
    request_number: Mapped[str] = mapped_column(server_default="")
    quote_id: Mapped[UUID] = mapped_column(ForeignKey("procurement_quotes.id"))
    quote_number: Mapped[str]
    state: Mapped[str] = mapped_column(default=DealState.NEGOTIATION)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="en")
    currency: Mapped[str]
    net_amount: Mapped[int]
    tax_amount: Mapped[int]
    total_amount: Mapped[int]
    terms_number: Mapped[int] = mapped_column(default=1)
    # Sides that have signed the present terms, and those that have asked to cancel: `buyer`, `vendor`.
    signed_by: Mapped[list[str]] = mapped_column(server_default="[]")
    cancel_asked_by: Mapped[list[str]] = mapped_column(server_default="[]")
    contract_media_id: Mapped[UUID | None]
    contract_sha256: Mapped[str | None]
    invoice_id: Mapped[UUID | None]
    signed_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        Index("ix_procurement_deals_buyer", "organisation_id", "created_at"),
        Index("ix_procurement_deals_vendor", "vendor_organisation_id", "created_at"),
        Index("ix_procurement_deals_request_id", "request_id"),
    )


class DealTerms(Base, Identified):
    """One version of the terms. Never changed.

    `body` holds the lines and clauses as `schemas.TermsBody` writes them.
    """

    __tablename__ = "procurement_deal_terms"

    deal_id: Mapped[UUID] = mapped_column(ForeignKey("procurement_deals.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID]
    vendor_organisation_id: Mapped[UUID]
    number: Mapped[int]
    body: Mapped[dict[str, Any]]
    net_amount: Mapped[int]
    tax_amount: Mapped[int]
    total_amount: Mapped[int]
    note: Mapped[str] = mapped_column(server_default="")
    proposed_by: Mapped[UUID]
    proposed_by_name: Mapped[str] = mapped_column(server_default="")
    proposed_by_side: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("deal_id", "number"),)


class DealSignature(Base, Identified):
    """One side's signature under one version of the terms."""

    __tablename__ = "procurement_deal_signatures"

    deal_id: Mapped[UUID] = mapped_column(ForeignKey("procurement_deals.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID]
    vendor_organisation_id: Mapped[UUID]
    terms_number: Mapped[int]
    side: Mapped[str]
    signed_by: Mapped[UUID]
    signed_by_name: Mapped[str]
    signed_by_role: Mapped[str]
    ip: Mapped[str | None]
    content_sha256: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("deal_id", "terms_number", "side"),)
