"""Reviews and wishlists."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import (
    CURRENT_ORGANISATION,
    CURRENT_USER,
    Policy,
    belongs_to,
    protect,
)

revision = "0024"
down_revision = "0023"

_MOMENT = sa.DateTime(timezone=True)
_NOW = sa.func.now()


def upgrade() -> None:
    _rights()
    _reviews()
    _reports()
    _wishlists()
    for statement in _policies():
        op.execute(statement)


def _product_of(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["product_id"],
        ["catalogue_products.id"],
        name=f"fk_{table}_product_id",
        ondelete="CASCADE",
    )


def _organisation(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["organisations_organisations.id"], name=f"fk_{table}_{column}"
    )


def _created() -> sa.Column[Any]:
    return sa.Column("created_at", _MOMENT, server_default=_NOW, nullable=False)


def _rights() -> None:
    table = "catalogue_review_rights"
    op.create_table(
        table,
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        _created(),
        _product_of(table),
        sa.PrimaryKeyConstraint("buyer_organisation_id", "product_id", name=f"pk_{table}"),
    )


def _reviews() -> None:
    table = "catalogue_reviews"
    op.create_table(
        table,
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("product_name", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_name", sa.String(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rating", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), server_default="", nullable=False),
        sa.Column("images", JSONB(), server_default="[]", nullable=False),
        sa.Column("findings", JSONB(), server_default="[]", nullable=False),
        sa.Column("rejection_reason", sa.String(), nullable=True),
        sa.Column("published_at", _MOMENT, nullable=True),
        sa.Column("edited_at", _MOMENT, nullable=True),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("reply_by_name", sa.String(), nullable=True),
        sa.Column("replied_at", _MOMENT, nullable=True),
        sa.Column("reports_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _created(),
        sa.Column("updated_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("rating between 1 and 5", name=f"ck_{table}_rating"),
        _organisation(table, "organisation_id"),
        _organisation(table, "buyer_organisation_id"),
        _product_of(table),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint(
            "buyer_organisation_id", "product_id", name=f"uq_{table}_buyer_product"
        ),
    )
    op.create_index(
        f"ix_{table}_product",
        table,
        ["product_id", sa.text("published_at desc")],
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_index(f"ix_{table}_seller", table, ["organisation_id", "created_at"])
    op.create_index(
        f"ix_{table}_waiting",
        table,
        ["created_at"],
        postgresql_where=sa.text("state = 'proposed' or reports_count > 0"),
    )


def _reports() -> None:
    table = "catalogue_review_reports"
    op.create_table(
        table,
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _created(),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["catalogue_reviews.id"],
            name=f"fk_{table}_review_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", "organisation_id", name=f"pk_{table}"),
    )
    table = "catalogue_rating_counts"
    op.create_table(
        table,
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        _product_of(table),
        sa.PrimaryKeyConstraint("product_id", "rating", name=f"pk_{table}"),
    )


def _wishlists() -> None:
    table = "catalogue_wishlist_items"
    op.create_table(
        table,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        _created(),
        _product_of(table),
        sa.PrimaryKeyConstraint("organisation_id", "user_id", "product_id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_product_id", table, ["product_id"])


def _of_known_goods(table: str) -> str:
    """Policies of the products themselves say whose goods these may be: what they hide is not found here either."""
    return f"exists (select 1 from catalogue_products p where p.id = {table}.product_id)"


def _policies() -> list[str]:
    buyer = f"buyer_organisation_id = {CURRENT_ORGANISATION}"
    mine = f"organisation_id = {CURRENT_ORGANISATION} and user_id = {CURRENT_USER}"
    published_own = f"organisation_id = {CURRENT_ORGANISATION} and state = 'published'"
    table, counts = "catalogue_reviews", "catalogue_rating_counts"
    return [
        *protect(
            "catalogue_review_rights",
            [belongs_to("buyer_organisation_id", command="select")],
            app="select",
        ),
        *protect(
            table,
            [
                Policy("buyer", buyer),
                # A seller answers what everybody can read, and removes nothing.
                Policy("seller", published_own, "update"),
                Policy("published", f"state = 'published' and {_of_known_goods(table)}", "select"),
            ],
        ),
        *protect("catalogue_review_reports", [belongs_to("organisation_id")], app="select, insert"),
        *protect(
            counts,
            [Policy("known_goods", _of_known_goods(counts), "select")],
            app="select",
        ),
        *protect("catalogue_wishlist_items", [Policy("mine", mine)]),
    ]
