"""Reviews of products, who may write them, and wishlists."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.catalogue.states import ReviewState


class ReviewRight(Base):
    """A buyer has had a product, or a variant of it, in a completed order.

    Attributes:
        refused_for: why a moderator has refused the review that the buyer took back.
    """

    __tablename__ = "catalogue_review_rights"

    buyer_organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE"), primary_key=True
    )
    order_id: Mapped[UUID]
    refused_for: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Review(Base, Identified, Timestamped, Versioned):
    """What a buyer says of a product that they have had. `organisation_id` is the seller; a family is reviewed as one."""

    __tablename__ = "catalogue_reviews"

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE")
    )
    product_name: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    buyer_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    buyer_name: Mapped[str]
    author_user_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default=ReviewState.PROPOSED)
    rating: Mapped[int]
    text: Mapped[str] = mapped_column(server_default="")
    images: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    # Why it waits for a moderator, and why one has refused it.
    findings: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    rejection_reason: Mapped[str | None]
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    reply: Mapped[str | None]
    reply_by_name: Mapped[str | None]
    replied_at: Mapped[datetime | None]
    # Since a moderator has looked last.
    reports_count: Mapped[int] = mapped_column(server_default=sql("0"), default=0)

    __table_args__ = (
        CheckConstraint("rating between 1 and 5", name="rating"),
        UniqueConstraint(
            "buyer_organisation_id", "product_id", name="uq_catalogue_reviews_buyer_product"
        ),
        Index(
            "ix_catalogue_reviews_product",
            "product_id",
            sql("published_at desc"),
            postgresql_where=sql("state = 'published'"),
        ),
        Index("ix_catalogue_reviews_seller", "organisation_id", "created_at"),
        Index(
            "ix_catalogue_reviews_waiting",
            "created_at",
            postgresql_where=sql("state = 'proposed' or reports_count > 0"),
        ),
    )


class ReviewReport(Base):
    """An organisation that finds a review should not stand there, and why."""

    __tablename__ = "catalogue_review_reports"

    review_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_reviews.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID]
    reason: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RatingCount(Base):
    """How many published reviews of a product have how many stars; kept by event, as the average on the product is."""

    __tablename__ = "catalogue_rating_counts"

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE"), primary_key=True
    )
    rating: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


class WishlistItem(Base):
    """A product that somebody keeps an eye on, for the organisation that they act for.

    The amount is the price that they have last seen or been told of: a price below it is a drop.
    """

    __tablename__ = "catalogue_wishlist_items"

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalogue_products.id", ondelete="CASCADE"), primary_key=True
    )
    amount: Mapped[int]
    currency: Mapped[str]
    in_stock: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (Index("ix_catalogue_wishlist_items_product_id", "product_id"),)
