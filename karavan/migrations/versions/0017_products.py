"""Products, their stock and every change of price."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from karavan.kit.tenancy import (
    APP_ROLE,
    CURRENT_ORGANISATION,
    SYSTEM_ROLE,
    Policy,
    belongs_to,
    protect,
)

revision = "0017"
down_revision = "0016"

SHOWN = "state = 'published' and active and parent_id is null"
SHOWN_PUBLICLY = f"{SHOWN} and visibility in ('public', 'both')"

# Evaluated once per statement, by an index of the links.
LINKED_SUPPLIERS = (
    "array(select supplier_organisation_id from links_links"
    f" where consumer_organisation_id = {CURRENT_ORGANISATION} and state = 'accepted')"
)


def upgrade() -> None:
    _products()
    _product_indexes()
    _price_changes()
    _change_requests()
    _stock_locations()
    _stock_levels()
    _stock_movements()
    for statement in [*_policies(), *_functions()]:
        op.execute(statement)


def _content() -> list[sa.Column[Any]]:
    return [
        sa.Column("names", JSONB(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("descriptions", JSONB(), server_default="{}", nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("attributes", JSONB(), server_default="{}", nullable=False),
        sa.Column("weight_grams", sa.BigInteger(), nullable=True),
        sa.Column("length_mm", sa.BigInteger(), nullable=True),
        sa.Column("width_mm", sa.BigInteger(), nullable=True),
        sa.Column("height_mm", sa.BigInteger(), nullable=True),
        sa.Column("barcode", sa.String(), nullable=True),
        sa.Column("barcode_text", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("images", JSONB(), server_default="[]", nullable=False),
        sa.Column("has_image", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "search",
            TSVECTOR(),
            sa.Computed(
                "to_tsvector('simple', sku) || jsonb_to_tsvector('russian', names, '[\"string\"]')",
                persisted=True,
            ),
            nullable=True,
        ),
    ]


def _trade() -> list[sa.Column[Any]]:
    return [
        sa.Column("price_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column(
            "tax_rate",
            sa.Numeric(precision=5, scale=2),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column("unit", sa.String(), server_default="H87", nullable=False),
        sa.Column(
            "pack_size",
            sa.Numeric(precision=18, scale=3),
            server_default=sa.text("1"),
            nullable=False,
        ),
        sa.Column(
            "minimum_order",
            sa.Numeric(precision=18, scale=3),
            server_default=sa.text("1"),
            nullable=False,
        ),
        sa.Column("rating_sum", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("rating_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "available",
            sa.Numeric(precision=18, scale=3),
            server_default=sa.text("0"),
            nullable=False,
        ),
    ]


def _products() -> None:
    op.create_table(
        "catalogue_products",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("has_variants", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("option_axes", JSONB(), server_default="[]", nullable=False),
        sa.Column("options", JSONB(), server_default="{}", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("findings", JSONB(), server_default="[]", nullable=False),
        sa.Column("rejection_reason", sa.String(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        *_content(),
        *_trade(),
        sa.CheckConstraint("available >= 0", name="ck_catalogue_products_available"),
        sa.CheckConstraint(
            "pack_size > 0 and minimum_order > 0", name="ck_catalogue_products_quantities"
        ),
        sa.CheckConstraint("price_amount >= 0", name="ck_catalogue_products_price"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["catalogue_categories.id"], name="fk_catalogue_products_category_id"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_catalogue_products_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["catalogue_products.id"], name="fk_catalogue_products_parent_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_products"),
        sa.UniqueConstraint(
            "organisation_id", "sku", name="uq_catalogue_products_organisation_id_sku"
        ),
    )


def _product_indexes() -> None:
    op.create_index(
        "ix_catalogue_products_barcode",
        "catalogue_products",
        ["barcode"],
        unique=False,
        postgresql_where=sa.text("barcode is not null"),
    )
    op.create_index(
        "ix_catalogue_products_category",
        "catalogue_products",
        ["category_id", "organisation_id"],
        unique=False,
    )
    op.create_index(
        "ix_catalogue_products_own",
        "catalogue_products",
        ["organisation_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_catalogue_products_own_name",
        "catalogue_products",
        ["organisation_id", "name", "id"],
        unique=False,
    )
    op.create_index(
        "ix_catalogue_products_parent",
        "catalogue_products",
        ["parent_id", "position"],
        unique=False,
        postgresql_where=sa.text("parent_id is not null"),
    )
    op.create_index(
        "ix_catalogue_products_public_newest",
        "catalogue_products",
        [sa.text("published_at desc"), sa.text("id desc")],
        unique=False,
        postgresql_where=sa.text(SHOWN_PUBLICLY),
    )
    op.create_index(
        "ix_catalogue_products_public_price",
        "catalogue_products",
        ["category_id", "price_amount", "id"],
        unique=False,
        postgresql_where=sa.text(SHOWN_PUBLICLY),
    )
    op.create_index(
        "ix_catalogue_products_search",
        "catalogue_products",
        ["search"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_catalogue_products_shop_name",
        "catalogue_products",
        ["organisation_id", "name", "id"],
        unique=False,
        postgresql_where=sa.text(SHOWN),
    )
    op.create_index(
        "ix_catalogue_products_shop_newest",
        "catalogue_products",
        ["organisation_id", sa.text("published_at desc"), sa.text("id desc")],
        unique=False,
        postgresql_where=sa.text(SHOWN),
    )
    op.create_index(
        "ix_catalogue_products_shop_price",
        "catalogue_products",
        ["organisation_id", "price_amount", "id"],
        unique=False,
        postgresql_where=sa.text(SHOWN),
    )
    op.create_index(
        "ix_catalogue_products_waiting",
        "catalogue_products",
        ["proposed_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'proposed'"),
    )


def _price_changes() -> None:
    op.create_table(
        "catalogue_price_changes",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("before_amount", sa.BigInteger(), nullable=True),
        sa.Column("before_currency", sa.String(), nullable=True),
        sa.Column("after_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("actor_user_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), server_default="", nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["catalogue_products.id"],
            name="fk_catalogue_price_changes_product_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_price_changes"),
    )
    op.create_index(
        "ix_catalogue_price_changes_product_id",
        "catalogue_price_changes",
        ["product_id", "created_at", "id"],
        unique=False,
    )


def _change_requests() -> None:
    op.create_table(
        "catalogue_change_requests",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("product_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changes", JSONB(), nullable=False),
        sa.Column("images", JSONB(), nullable=True),
        sa.Column("findings", JSONB(), server_default="[]", nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_catalogue_change_requests_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["catalogue_products.id"],
            name="fk_catalogue_change_requests_product_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_change_requests"),
    )
    op.create_index(
        "ix_catalogue_change_requests_product_id",
        "catalogue_change_requests",
        ["product_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_catalogue_change_requests_waiting",
        "catalogue_change_requests",
        ["created_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_index(
        "uq_catalogue_change_requests_open",
        "catalogue_change_requests",
        ["product_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )


def _stock_locations() -> None:
    op.create_table(
        "catalogue_stock_locations",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), server_default="", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_catalogue_stock_locations_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_stock_locations"),
        sa.UniqueConstraint(
            "organisation_id", "name", name="uq_catalogue_stock_locations_organisation_id_name"
        ),
    )


def _stock_levels() -> None:
    op.create_table(
        "catalogue_stock_levels",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "on_hand",
            sa.Numeric(precision=18, scale=3),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column(
            "allocated",
            sa.Numeric(precision=18, scale=3),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "0 <= allocated and allocated <= on_hand", name="ck_catalogue_stock_levels_allocated"
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["catalogue_stock_locations.id"],
            name="fk_catalogue_stock_levels_location_id",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["catalogue_products.id"],
            name="fk_catalogue_stock_levels_product_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "location_id", name="pk_catalogue_stock_levels"),
    )
    op.create_index(
        "ix_catalogue_stock_levels_location_id",
        "catalogue_stock_levels",
        ["location_id"],
        unique=False,
    )


def _stock_movements() -> None:
    op.create_table(
        "catalogue_stock_movements",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("on_hand", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("allocated", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("actor_user_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), server_default="", nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("sequence", name="pk_catalogue_stock_movements"),
    )
    op.create_index(
        "ix_catalogue_stock_movements_order_id",
        "catalogue_stock_movements",
        ["order_id"],
        unique=False,
        postgresql_where=sa.text("order_id is not null"),
    )
    op.create_index(
        "ix_catalogue_stock_movements_product_id",
        "catalogue_stock_movements",
        ["product_id", "sequence"],
        unique=False,
    )


def _policies() -> list[str]:
    own = belongs_to("organisation_id")
    published = "state = 'published' and active"
    return [
        *protect(
            "catalogue_products",
            [
                own,
                Policy("public", f"visibility in ('public', 'both') and {published}", "select"),
                Policy(
                    "linked",
                    f"visibility in ('linked', 'both') and {published}"
                    f" and organisation_id = any({LINKED_SUPPLIERS})",
                    "select",
                ),
            ],
        ),
        *protect(
            "catalogue_price_changes", [own], app="select, insert", system="select, insert, delete"
        ),
        *protect("catalogue_change_requests", [own], app="select, insert, update"),
        *protect("catalogue_stock_locations", [own]),
        *protect("catalogue_stock_levels", [own]),
        *protect("catalogue_stock_movements", [own], app="select, insert", system="select, insert"),
    ]


def _functions() -> list[str]:
    """A supplier's search in their own products, by its index.

    A text match is not leak-proof, so under row-level security it is tried after the policies, and never by an index. This
    function runs as the tables' owner instead, and answers for the caller's own organisation alone.
    """
    signature = "catalogue_own_matching(typed text, prefix text)"
    return [
        f"""
        create function {signature} returns setof uuid
        language sql stable security definer set search_path = public, pg_temp rows 200 as $$
          select id from catalogue_products
          where organisation_id = {CURRENT_ORGANISATION}
            and search @@ (
              websearch_to_tsquery('russian', typed) || websearch_to_tsquery('simple', typed)
              || to_tsquery('russian', prefix) || to_tsquery('simple', prefix)
            )
        $$
        """,
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to {APP_ROLE}, {SYSTEM_ROLE}",
    ]
