"""Products, what their prices were, and changes of published content that wait for agreement."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.catalogue.states import ChangeRequestState, ProductState, ProductVisibility

SHOWN = "state = 'published' and active and parent_id is null"
"""What stands in lists; the indexes of lists hold no other rows, so a list says exactly this."""

SHOWN_PUBLICLY = f"{SHOWN} and visibility in ('public', 'both')"


class Product(Base, Identified, Timestamped, Versioned):
    """One thing that can be sold, or the head of a family of variants. `organisation_id` is the supplier.

    A variant is a product with a `parent_id`: a cart, a price, a barcode and a stock level address one id whatever it is.
    The head itself (`has_variants`) is never sold; its content is copied to its variants by whatever changes it, and its
    price and availability are the lowest price and the sum of theirs.
    """

    __tablename__ = "catalogue_products"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalogue_products.id"))
    has_variants: Mapped[bool] = mapped_column(server_default=text("false"))
    # Of a head: [{"name", "values": […]}, …], in order. Of a variant: {"size": "M"}.
    option_axes: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    options: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    position: Mapped[int] = mapped_column(server_default=text("0"))
    sku: Mapped[str]
    # By which goods are told apart and found whatever the case. Row-level security lets no index answer for `upper` itself.
    sku_key: Mapped[str] = deferred(mapped_column(Computed("upper(sku)", persisted=True)))
    # Above nought for goods that had the SKU of another but for its case before that was refused.
    sku_twin: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    state: Mapped[str] = mapped_column(default=ProductState.DRAFT)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    visibility: Mapped[str] = mapped_column(default=ProductVisibility.BOTH)
    # Texts by language, and the first of the names, by which lists are sorted.
    names: Mapped[dict[str, str]]
    name: Mapped[str]
    descriptions: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalogue_categories.id"))
    attributes: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    price_amount: Mapped[int]
    currency: Mapped[str]
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(5, 2), server_default=text("0"))
    unit: Mapped[str] = mapped_column(server_default="H87")
    pack_size: Mapped[Decimal] = mapped_column(Numeric(18, 3), server_default=text("1"))
    minimum_order: Mapped[Decimal] = mapped_column(Numeric(18, 3), server_default=text("1"))
    weight_grams: Mapped[int | None]
    length_mm: Mapped[int | None]
    width_mm: Mapped[int | None]
    height_mm: Mapped[int | None]
    # A GTIN as 14 digits, or any text that Code 128 can carry.
    barcode: Mapped[str | None]
    barcode_text: Mapped[str | None]
    country: Mapped[str | None]
    images: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    # Of a variant: which of its family's pictures shows it, and so stands first among its own.
    picture_id: Mapped[UUID | None]
    has_image: Mapped[bool] = mapped_column(server_default=text("false"))
    rating_sum: Mapped[int] = mapped_column(server_default=text("0"))
    rating_count: Mapped[int] = mapped_column(server_default=text("0"))
    # On hand and not allocated, over all places: kept by the stock functions, in their own transaction.
    available: Mapped[Decimal] = mapped_column(Numeric(18, 3), server_default=text("0"))
    # Why it waits for a moderator: [{"code", "field", "detail"}, …]; and why a moderator refused it.
    findings: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    rejection_reason: Mapped[str | None]
    created_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    # When it first stood in an order: from then on it is archived, never deleted.
    ordered_at: Mapped[datetime | None]
    # The supplier's own search. Russian's configuration stems Latin words as English; the SKU matches as it is written.
    search: Mapped[Any] = deferred(
        mapped_column(
            TSVECTOR,
            Computed(
                "to_tsvector('simple', sku) || jsonb_to_tsvector('russian', names, '[\"string\"]')",
                persisted=True,
            ),
        )
    )

    __table_args__ = (
        UniqueConstraint(
            "organisation_id", "sku", name="uq_catalogue_products_organisation_id_sku"
        ),
        Index(
            "uq_catalogue_products_organisation_id_sku_any_case",
            "organisation_id",
            "sku_key",
            "sku_twin",
            unique=True,
        ),
        CheckConstraint("price_amount >= 0", name="price"),
        CheckConstraint("available >= 0", name="available"),
        CheckConstraint("pack_size > 0 and minimum_order > 0", name="quantities"),
        Index("ix_catalogue_products_own", "organisation_id", "created_at", "id"),
        Index("ix_catalogue_products_own_name", "organisation_id", "name", "id"),
        Index("ix_catalogue_products_category", "category_id", "organisation_id"),
        Index(
            "ix_catalogue_products_parent",
            "parent_id",
            "position",
            postgresql_where=text("parent_id is not null"),
        ),
        Index(
            "ix_catalogue_products_barcode_organisation_id",
            "barcode",
            "organisation_id",
            postgresql_where=text("barcode is not null"),
        ),
        Index(
            "ix_catalogue_products_barcode_text",
            "barcode_text",
            postgresql_where=text("barcode_text is not null"),
        ),
        Index("ix_catalogue_products_search", "search", postgresql_using="gin"),
        Index(
            "ix_catalogue_products_waiting",
            "proposed_at",
            "id",
            postgresql_where=text("state = 'proposed'"),
        ),
        Index(
            "ix_catalogue_products_shop_name",
            "organisation_id",
            "name",
            "id",
            postgresql_where=text(SHOWN),
        ),
        Index(
            "ix_catalogue_products_offered_price",
            "organisation_id",
            "price_amount",
            "id",
            postgresql_where=text("state = 'published' and active"),
        ),
        Index(
            "ix_catalogue_products_shop_newest",
            "organisation_id",
            text("published_at desc"),
            text("id desc"),
            postgresql_where=text(SHOWN),
        ),
        Index(
            "ix_catalogue_products_public_newest",
            text("published_at desc"),
            text("id desc"),
            postgresql_where=text(SHOWN_PUBLICLY),
        ),
        Index(
            "ix_catalogue_products_public_price",
            "category_id",
            "price_amount",
            "id",
            postgresql_where=text(SHOWN_PUBLICLY),
        ),
    )

    @property
    def sellable(self) -> bool:
        """Whether it can be put into a cart at all; whether a buyer may see it is another question."""
        return self.state == ProductState.PUBLISHED and self.active and not self.has_variants


class PriceChange(Base, Identified):
    """A price that was replaced, with its reason; the first price has no `before_amount`. Never changed."""

    __tablename__ = "catalogue_price_changes"

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    before_amount: Mapped[int | None]
    before_currency: Mapped[str | None]
    after_amount: Mapped[int]
    currency: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default="")
    actor_user_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        Index("ix_catalogue_price_changes_product_id", "product_id", "created_at", "id"),
    )


class ChangeRequest(Base, Identified, Timestamped, Versioned):
    """New name, category or pictures of a published product, until a moderator has agreed.

    `changes` is {field: {"before", "after"}} of `names`, `descriptions` and `category_id`; `images` is the whole new list of
    pictures, or nothing when they stay.
    """

    __tablename__ = "catalogue_change_requests"

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    product_name: Mapped[str]
    state: Mapped[str] = mapped_column(default=ChangeRequestState.PROPOSED)
    changes: Mapped[dict[str, Any]]
    images: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    findings: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    reason: Mapped[str | None]
    created_by: Mapped[UUID]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_catalogue_change_requests_open",
            "product_id",
            unique=True,
            postgresql_where=text("state = 'proposed'"),
        ),
        Index("ix_catalogue_change_requests_product_id", "product_id", "created_at"),
        Index(
            "ix_catalogue_change_requests_waiting",
            "created_at",
            "id",
            postgresql_where=text("state = 'proposed'"),
        ),
    )
