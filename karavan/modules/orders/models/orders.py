"""Orders: what was bought of whom, at which prices, and what has become of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.orders.states import OrderState


class Order(Base, Identified, Timestamped, Versioned):
    """An order of whatever kind. `organisation_id` is the seller, whose series its number is of.

    All amounts are minor units of `currency` and say what the order comes to now: a seller who confirms a part lowers
    them. `discount_amount` is what the buyer's own prices save against the list prices, without tax.
    """

    __tablename__ = "orders_orders"

    kind: Mapped[str]
    number: Mapped[str]
    state: Mapped[str] = mapped_column(default=OrderState.PENDING)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    buyer_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    buyer_organisation_name: Mapped[str]
    # A wholesale order stands under a version of its link's terms; retail orders have no link.
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("links_links.id"))
    terms_number: Mapped[int | None]
    payment_days: Mapped[int | None]
    representative_user_id: Mapped[UUID | None]
    representative_name: Mapped[str | None]
    standing_order_id: Mapped[UUID | None]
    buyer_reference: Mapped[str] = mapped_column(server_default="", default="")
    note: Mapped[str] = mapped_column(server_default="", default="")
    delivery_address: Mapped[str] = mapped_column(server_default="", default="")
    wanted_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(server_default="en", default="en")
    currency: Mapped[str]
    net_amount: Mapped[int]
    tax_amount: Mapped[int]
    total_amount: Mapped[int]
    discount_amount: Mapped[int] = mapped_column(server_default="0", default=0)
    # What it takes of the buyer's credit until an invoice takes its place.
    reserved_amount: Mapped[int] = mapped_column(server_default="0", default=0)
    lines_count: Mapped[int]
    placed_by: Mapped[UUID | None]
    placed_by_name: Mapped[str] = mapped_column(server_default="", default="")
    invoice_id: Mapped[UUID | None]
    invoice_number: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
    # When the clock acts next: unanswered and unshipped orders are cancelled, wishes to cancel granted, delivered orders
    # completed.
    due_at: Mapped[datetime | None]
    # Complaints that are open: an order is not completed by the clock before they are settled.
    complaints_open: Mapped[int] = mapped_column(server_default="0", default=0)

    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint("net_amount >= 0 and total_amount >= net_amount", name="amounts"),
        CheckConstraint("reserved_amount >= 0", name="reserved"),
        Index("ix_orders_orders_seller", "organisation_id", "created_at", "id"),
        Index("ix_orders_orders_seller_state", "organisation_id", "state", "created_at"),
        Index("ix_orders_orders_buyer", "buyer_organisation_id", "created_at", "id"),
        Index("ix_orders_orders_buyer_state", "buyer_organisation_id", "state", "created_at"),
        Index(
            "ix_orders_orders_reserved",
            "buyer_organisation_id",
            "organisation_id",
            postgresql_where=text("reserved_amount > 0"),
        ),
        Index(
            "ix_orders_orders_invoiced",
            "buyer_organisation_id",
            "organisation_id",
            postgresql_where=text("invoice_id is not null and paid_at is null"),
        ),
        Index("ix_orders_orders_due_at", "due_at", postgresql_where=text("due_at is not null")),
    )


class OrderLine(Base, Identified):
    """A product as it was ordered. Names and prices are of that moment and never change.

    `quantity` was ordered, `confirmed_quantity` is what the seller will deliver, `shipped_quantity` has left already.
    """

    __tablename__ = "orders_lines"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders_orders.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID]
    buyer_organisation_id: Mapped[UUID]
    position: Mapped[int]
    # Of a module below; kept without a foreign key so that a line outlives whatever happens to the catalogue.
    product_id: Mapped[UUID]
    parent_id: Mapped[UUID | None]
    sku: Mapped[str]
    name: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(server_default="{}", default=dict)
    options: Mapped[dict[str, str]] = mapped_column(server_default="{}", default=dict)
    unit: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(18, 3))
    confirmed_quantity: Mapped[Decimal] = mapped_column(Numeric(18, 3))
    shipped_quantity: Mapped[Decimal] = mapped_column(
        Numeric(18, 3), server_default=text("0"), default=Decimal(0)
    )
    list_price_amount: Mapped[int]
    unit_price_amount: Mapped[int]
    # Where the price came from: {"kind": "product"}, or the price list by id and name and from which quantity.
    price_source: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    net_amount: Mapped[int]

    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint(
            "quantity > 0 and 0 <= shipped_quantity and shipped_quantity <= confirmed_quantity"
            " and confirmed_quantity <= quantity",
            name="quantities",
        ),
        Index("ix_orders_lines_product_id", "product_id", "buyer_organisation_id"),
    )


class OrderMove(Base, Identified):
    """What has happened to an order, as both sides may read it. Never changed."""

    __tablename__ = "orders_moves"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders_orders.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID]
    buyer_organisation_id: Mapped[UUID]
    name: Mapped[str]
    state: Mapped[str]
    side: Mapped[str]
    actor_name: Mapped[str] = mapped_column(server_default="", default="")
    reason: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    # By the clock and not by the transaction: several moves of one transaction keep their order.
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (Index("ix_orders_moves_order_id", "order_id", "created_at"),)


class Shipment(Base, Identified):
    """Goods of an order that left together. `lines` is [{"line_id", "quantity"}, …]."""

    __tablename__ = "orders_shipments"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders_orders.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID]
    buyer_organisation_id: Mapped[UUID]
    position: Mapped[int]
    carrier: Mapped[str] = mapped_column(server_default="", default="")
    tracking_number: Mapped[str] = mapped_column(server_default="", default="")
    note: Mapped[str] = mapped_column(server_default="", default="")
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    created_by_name: Mapped[str] = mapped_column(server_default="", default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("order_id", "position"),)
