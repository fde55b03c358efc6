"""Price lists, whom they are for, and what has been worked out from them beforehand."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned


class PriceList(Base, Identified, Timestamped, Versioned):
    """A supplier's prices for some buyers. Of several lists that a buyer has, the one of the highest `priority` goes first.

    `revision` counts whatever changes the prices that follow from the list; `whole_revision` is the last one at which all
    of them may have changed. Earlier ones name their products in `PriceTouch`.
    """

    __tablename__ = "catalogue_price_lists"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    name: Mapped[str]
    currency: Mapped[str]
    priority: Mapped[int] = mapped_column(server_default=text("0"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    # Whether lists of lower priority add their quantity steps; otherwise this list says all about a product that it has.
    merges: Mapped[bool] = mapped_column(server_default=text("true"))
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default=text("1"), default=1)
    whole_revision: Mapped[int] = mapped_column(server_default=text("1"), default=1)

    __table_args__ = (
        UniqueConstraint(
            "organisation_id", "name", name="uq_catalogue_price_lists_organisation_id_name"
        ),
        CheckConstraint("valid_to > valid_from", name="validity"),
    )


class ListPrice(Base):
    """What one piece costs from a quantity on. A step from one piece holds for less than one as well."""

    __tablename__ = "catalogue_list_prices"

    list_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_price_lists.id", ondelete="CASCADE"), primary_key=True
    )
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE"), primary_key=True
    )
    from_quantity: Mapped[Decimal] = mapped_column(Numeric(18, 3), primary_key=True)
    organisation_id: Mapped[UUID]
    amount: Mapped[int]

    __table_args__ = (
        CheckConstraint("amount >= 0 and from_quantity >= 1", name="step"),
        Index("ix_catalogue_list_prices_product_id", "product_id"),
    )


class PriceTouch(Base):
    """The revision of a list at which a product's prices in it were last changed."""

    __tablename__ = "catalogue_price_touches"

    list_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_price_lists.id", ondelete="CASCADE"), primary_key=True
    )
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    revision: Mapped[int]

    __table_args__ = (Index("ix_catalogue_price_touches_revision", "list_id", "revision"),)


class PriceAssignment(Base, Identified):
    """Whom a list is for. `target_id` is a link, an organisation or a group; for everybody, the supplier itself."""

    __tablename__ = "catalogue_price_assignments"

    list_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_price_lists.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    kind: Mapped[str]
    target_id: Mapped[UUID]
    target_name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        UniqueConstraint(
            "list_id", "kind", "target_id", name="uq_catalogue_price_assignments_target"
        ),
        Index("ix_catalogue_price_assignments_target", "organisation_id", "kind", "target_id"),
    )


class CustomerGroup(Base, Identified, Timestamped, Versioned):
    """Buyers whom a supplier treats alike. They do not learn of it."""

    __tablename__ = "catalogue_customer_groups"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    name: Mapped[str]

    __table_args__ = (
        UniqueConstraint(
            "organisation_id", "name", name="uq_catalogue_customer_groups_organisation_id_name"
        ),
    )


class CustomerGroupMember(Base):
    """A buyer in a group."""

    __tablename__ = "catalogue_customer_group_members"

    group_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_customer_groups.id", ondelete="CASCADE"), primary_key=True
    )
    member_organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    member_name: Mapped[str]

    __table_args__ = (
        Index(
            "ix_catalogue_customer_group_members_member",
            "organisation_id",
            "member_organisation_id",
        ),
    )


class PriceChain(Base):
    """Lists in the order in which they go for some buyers, whose prices were worked out at these revisions.

    `key` is the MD5 of the lists, `stamp` that of the lists with their revisions: where it is no longer what the lists say,
    nobody reads what was worked out.
    """

    __tablename__ = "catalogue_price_chains"

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    lists: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid(as_uuid=True)))
    revisions: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    stamp: Mapped[UUID]
    resolved_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ResolvedPrice(Base):
    """The steps of a product that follow from a chain: `[{"from_quantity", "amount", "currency", "list_id"}]`, rising.

    A product that no list of the chain has is absent. The product's own price is not among them: it is added by whoever
    reads, so that it may change without anything being worked out again.
    """

    __tablename__ = "catalogue_resolved_prices"

    chain_key: Mapped[UUID] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID]
    steps: Mapped[list[dict[str, Any]]]
    # What one piece costs, where the lists say it: goods are put in order by it.
    first_amount: Mapped[int | None] = mapped_column(
        Computed(
            "case when steps -> 0 ->> 'from_quantity' = '1'"
            " then (steps -> 0 ->> 'amount')::bigint end",
            persisted=True,
        )
    )

    __table_args__ = (
        Index(
            "ix_catalogue_resolved_prices_first",
            "chain_key",
            "first_amount",
            "product_id",
            postgresql_where=text("first_amount is not null"),
        ),
    )
