"""Stock: how much of a product lies where, and every movement of it."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned


class StockLocation(Base, Identified, Timestamped, Versioned):
    """A place where a supplier keeps goods. Orders are served from the lowest `position` first."""

    __tablename__ = "catalogue_stock_locations"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    name: Mapped[str]
    address: Mapped[str] = mapped_column(server_default="")
    position: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (
        UniqueConstraint(
            "organisation_id", "name", name="uq_catalogue_stock_locations_organisation_id_name"
        ),
    )


class StockLevel(Base, Timestamped, Versioned):
    """How much of a product lies in a place, and how much of that is promised to orders.

    Changed by `stock.py` alone, which locks levels in the order of their keys and writes a movement for every change.
    """

    __tablename__ = "catalogue_stock_levels"

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE"), primary_key=True
    )
    location_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_stock_locations.id"), primary_key=True
    )
    organisation_id: Mapped[UUID]
    on_hand: Mapped[Decimal] = mapped_column(Numeric(18, 3), server_default=text("0"))
    allocated: Mapped[Decimal] = mapped_column(Numeric(18, 3), server_default=text("0"))

    __table_args__ = (
        CheckConstraint("0 <= allocated and allocated <= on_hand", name="allocated"),
        Index("ix_catalogue_stock_levels_location_id", "location_id"),
    )


class StockMovement(Base):
    """One change of a level. Never changed, never deleted.

    `quantity` is what the movement adds to what is on hand (received, adjusted, shipped, returned) or to what is allocated
    (allocated, released), with its sign; `on_hand` and `allocated` are what the level says afterwards.
    """

    __tablename__ = "catalogue_stock_movements"

    sequence: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    product_id: Mapped[UUID]
    location_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    kind: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(18, 3))
    on_hand: Mapped[Decimal] = mapped_column(Numeric(18, 3))
    allocated: Mapped[Decimal] = mapped_column(Numeric(18, 3))
    reason: Mapped[str] = mapped_column(server_default="")
    order_id: Mapped[UUID | None]
    actor_user_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        Index("ix_catalogue_stock_movements_product_id", "product_id", "sequence"),
        Index(
            "ix_catalogue_stock_movements_order_id",
            "order_id",
            postgresql_where=text("order_id is not null"),
        ),
    )
