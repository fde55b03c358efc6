"""How a buyer weighs quotes."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified


class Criterion(Base, Identified):
    """Something that counts, and how much. Only the buyer sees it."""

    __tablename__ = "procurement_criteria"

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_requests.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    position: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    weight: Mapped[int]

    __table_args__ = (
        UniqueConstraint("request_id", "position", deferrable=True, initially="DEFERRED"),
    )


class Score(Base, Identified):
    """What a person gives a quote by a manual criterion, from 0 to 100."""

    __tablename__ = "procurement_scores"

    criterion_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_criteria.id", ondelete="CASCADE")
    )
    quote_id: Mapped[UUID] = mapped_column(ForeignKey("procurement_quotes.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID]
    value: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    note: Mapped[str] = mapped_column(server_default="")
    scored_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("criterion_id", "quote_id"),)


class ExchangeRate(Base, Identified):
    """How much of `quote_currency` one unit of `base_currency` is worth on a day.

    Without an organisation it is the platform's; an organisation's own rate comes first for itself.
    """

    __tablename__ = "procurement_exchange_rates"

    organisation_id: Mapped[UUID | None]
    base_currency: Mapped[str]
    quote_currency: Mapped[str]
    rate: Mapped[Decimal] = mapped_column(Numeric(24, 10))
    effective_on: Mapped[date]
    source: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        UniqueConstraint(
            "organisation_id",
            "base_currency",
            "quote_currency",
            "effective_on",
            name="uq_procurement_exchange_rates_day",
            postgresql_nulls_not_distinct=True,
        ),
    )
