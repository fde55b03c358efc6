"""What a buyer keeps before it is an order: carts, templates and standing orders."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.orders.states import StandingState


class Cart(Base, Identified, Timestamped, Versioned):
    """What a buyer's people have gathered of one supplier; colleagues share it.

    `lost` are lines that went when the link did: [{"product_id", "sku", "name", "quantity", "code"}, …], until they were
    read and put away.
    """

    __tablename__ = "orders_carts"

    buyer_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    supplier_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    supplier_organisation_name: Mapped[str]
    lost: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]", default=list)

    __table_args__ = (
        UniqueConstraint("buyer_organisation_id", "supplier_organisation_id"),
        Index("ix_orders_carts_supplier", "supplier_organisation_id"),
    )


class CartItem(Base, Identified, Timestamped):
    """A product in a cart, each once. `price_seen_amount` is what one cost when somebody last set the quantity."""

    __tablename__ = "orders_cart_items"

    cart_id: Mapped[UUID] = mapped_column(ForeignKey("orders_carts.id", ondelete="CASCADE"))
    buyer_organisation_id: Mapped[UUID]
    product_id: Mapped[UUID]
    sku: Mapped[str]
    name: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(18, 3))
    price_seen_amount: Mapped[int]
    currency: Mapped[str]
    added_by_name: Mapped[str] = mapped_column(server_default="", default="")

    __table_args__ = (
        UniqueConstraint("cart_id", "product_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )


class OrderTemplate(Base, Identified, Timestamped, Versioned):
    """Lines that a buyer orders again and again. `lines` is [{"product_id", "sku", "name", "quantity"}, …]."""

    __tablename__ = "orders_templates"

    buyer_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    supplier_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    supplier_organisation_name: Mapped[str]
    name: Mapped[str]
    lines: Mapped[list[dict[str, Any]]]
    created_by_name: Mapped[str] = mapped_column(server_default="", default="")

    __table_args__ = (UniqueConstraint("buyer_organisation_id", "name"),)


class StandingOrder(Base, Identified, Timestamped, Versioned):
    """An order that places itself on certain days, in the name of who set it up.

    `days` are 1 (Monday) to 7 of a week, or 1 to 31 of a month, where 29 to 31 mean the last day of a shorter one;
    `hour` is of the day in `time_zone`.
    """

    __tablename__ = "orders_standing_orders"

    buyer_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    buyer_organisation_name: Mapped[str]
    supplier_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    supplier_organisation_name: Mapped[str]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default=StandingState.ACTIVE)
    lines: Mapped[list[dict[str, Any]]]
    note: Mapped[str] = mapped_column(server_default="", default="")
    buyer_reference: Mapped[str] = mapped_column(server_default="", default="")
    delivery_address: Mapped[str] = mapped_column(server_default="", default="")
    schedule: Mapped[str]
    days: Mapped[list[Any]]
    hour: Mapped[int]
    time_zone: Mapped[str]
    ends_on: Mapped[date | None]
    next_run_at: Mapped[datetime | None]
    created_by: Mapped[UUID]
    created_by_name: Mapped[str] = mapped_column(server_default="", default="")
    language: Mapped[str] = mapped_column(server_default="en", default="en")

    __table_args__ = (
        Index("ix_orders_standing_orders_buyer", "buyer_organisation_id", "created_at"),
        Index(
            "ix_orders_standing_orders_next_run_at",
            "next_run_at",
            postgresql_where=text("state = 'active'"),
        ),
    )


class StandingRun(Base, Identified):
    """One turn of a standing order: the order that it placed, or why it was skipped. Never changed."""

    __tablename__ = "orders_standing_runs"

    standing_order_id: Mapped[UUID] = mapped_column(
        ForeignKey("orders_standing_orders.id", ondelete="CASCADE")
    )
    buyer_organisation_id: Mapped[UUID]
    due_at: Mapped[datetime]
    outcome: Mapped[str]
    order_id: Mapped[UUID | None]
    order_number: Mapped[str | None]
    code: Mapped[str | None]
    detail: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    # A turn happens once, whatever becomes of the process that takes it.
    __table_args__ = (UniqueConstraint("standing_order_id", "due_at"),)
