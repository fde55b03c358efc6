"""Carts, orders and standing orders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import CURRENT_ORGANISATION, Policy, belongs_to, protect

revision = "0022"
down_revision = "0021"

_MOVED = (
    "state, version, updated_at, net_amount, tax_amount, total_amount, discount_amount, reserved_amount, invoice_id,"
    " invoice_number, paid_at, confirmed_at, shipped_at, delivered_at, ended_at, cancel_asked_at, due_at, complaints_open,"
    " organisation_name, buyer_organisation_name"
)


def upgrade() -> None:
    _orders()
    _lines()
    _moves()
    _shipments()
    _carts()
    _cart_items()
    _templates()
    _standing_orders()
    _standing_runs()
    # Whoever orders on credit is asked what they owe.
    op.create_index(
        "ix_invoicing_invoices_open",
        "invoicing_invoices",
        ["buyer_organisation_id", "organisation_id"],
        postgresql_where=sa.text("state = 'sent'"),
    )
    for statement in [*_order_policies(), *_buyer_policies()]:
        op.execute(statement)


def _orders() -> None:
    op.create_table(
        "orders_orders",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_name", sa.String(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.Column("terms_number", sa.BigInteger(), nullable=True),
        sa.Column("payment_days", sa.BigInteger(), nullable=True),
        sa.Column("representative_user_id", sa.Uuid(), nullable=True),
        sa.Column("representative_name", sa.String(), nullable=True),
        sa.Column("standing_order_id", sa.Uuid(), nullable=True),
        sa.Column("buyer_reference", sa.String(), server_default="", nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("delivery_address", sa.String(), server_default="", nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), server_default="en", nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reserved_amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lines_count", sa.BigInteger(), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=True),
        sa.Column("placed_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=True),
        sa.Column("invoice_number", sa.String(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complaints_open", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "net_amount >= 0 and total_amount >= net_amount", name="ck_orders_orders_amounts"
        ),
        sa.CheckConstraint("reserved_amount >= 0", name="ck_orders_orders_reserved"),
        sa.ForeignKeyConstraint(
            ["buyer_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_orders_orders_buyer_organisation_id",
        ),
        sa.ForeignKeyConstraint(["link_id"], ["links_links.id"], name="fk_orders_orders_link_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_orders_orders_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_orders"),
        sa.UniqueConstraint(
            "organisation_id", "number", name="uq_orders_orders_organisation_id_number"
        ),
    )
    op.create_index(
        "ix_orders_orders_buyer",
        "orders_orders",
        ["buyer_organisation_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_orders_orders_buyer_state",
        "orders_orders",
        ["buyer_organisation_id", "state", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_orders_orders_due_at",
        "orders_orders",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at is not null"),
    )
    op.create_index(
        "ix_orders_orders_invoiced",
        "orders_orders",
        ["buyer_organisation_id", "organisation_id"],
        unique=False,
        postgresql_where=sa.text("invoice_id is not null and paid_at is null"),
    )
    op.create_index(
        "ix_orders_orders_reserved",
        "orders_orders",
        ["buyer_organisation_id", "organisation_id"],
        unique=False,
        postgresql_where=sa.text("reserved_amount > 0"),
    )
    op.create_index(
        "ix_orders_orders_seller",
        "orders_orders",
        ["organisation_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_orders_orders_seller_state",
        "orders_orders",
        ["organisation_id", "state", "created_at"],
        unique=False,
    )


def _lines() -> None:
    op.create_table(
        "orders_lines",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("names", JSONB(), server_default="{}", nullable=False),
        sa.Column("options", JSONB(), server_default="{}", nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("confirmed_quantity", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column(
            "shipped_quantity",
            sa.Numeric(precision=18, scale=3),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column("list_price_amount", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_amount", sa.BigInteger(), nullable=False),
        sa.Column("price_source", JSONB(), server_default="{}", nullable=False),
        sa.Column("tax_rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("net_amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0 and 0 <= shipped_quantity and shipped_quantity <= confirmed_quantity and confirmed_quantity <= quantity",
            name="ck_orders_lines_quantities",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders_orders.id"], name="fk_orders_lines_order_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_lines"),
        sa.UniqueConstraint("order_id", "position", name="uq_orders_lines_order_id_position"),
    )
    op.create_index(
        "ix_orders_lines_product_id",
        "orders_lines",
        ["product_id", "buyer_organisation_id"],
        unique=False,
    )


def _moves() -> None:
    op.create_table(
        "orders_moves",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), server_default="", nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("facts", JSONB(), server_default="{}", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders_orders.id"], name="fk_orders_moves_order_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_moves"),
    )
    op.create_index(
        "ix_orders_moves_order_id", "orders_moves", ["order_id", "created_at"], unique=False
    )


def _shipments() -> None:
    op.create_table(
        "orders_shipments",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("carrier", sa.String(), server_default="", nullable=False),
        sa.Column("tracking_number", sa.String(), server_default="", nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("lines", JSONB(), nullable=False),
        sa.Column("created_by_name", sa.String(), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders_orders.id"],
            name="fk_orders_shipments_order_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_shipments"),
        sa.UniqueConstraint("order_id", "position", name="uq_orders_shipments_order_id_position"),
    )


def _carts() -> None:
    op.create_table(
        "orders_carts",
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_organisation_name", sa.String(), nullable=False),
        sa.Column("lost", JSONB(), server_default="[]", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_orders_carts_buyer_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_orders_carts_supplier_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_carts"),
        sa.UniqueConstraint(
            "buyer_organisation_id",
            "supplier_organisation_id",
            name="uq_orders_carts_buyer_organisation_id_supplier_organisation_id",
        ),
    )
    op.create_index(
        "ix_orders_carts_supplier", "orders_carts", ["supplier_organisation_id"], unique=False
    )


def _cart_items() -> None:
    op.create_table(
        "orders_cart_items",
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("price_seen_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("added_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("quantity > 0", name="ck_orders_cart_items_quantity"),
        sa.ForeignKeyConstraint(
            ["cart_id"],
            ["orders_carts.id"],
            name="fk_orders_cart_items_cart_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_cart_items"),
        sa.UniqueConstraint(
            "cart_id", "product_id", name="uq_orders_cart_items_cart_id_product_id"
        ),
    )


def _templates() -> None:
    op.create_table(
        "orders_templates",
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_organisation_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lines", JSONB(), nullable=False),
        sa.Column("created_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_orders_templates_buyer_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_orders_templates_supplier_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_templates"),
        sa.UniqueConstraint(
            "buyer_organisation_id", "name", name="uq_orders_templates_buyer_organisation_id_name"
        ),
    )


def _standing_orders() -> None:
    op.create_table(
        "orders_standing_orders",
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_name", sa.String(), nullable=False),
        sa.Column("supplier_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_organisation_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lines", JSONB(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("buyer_reference", sa.String(), server_default="", nullable=False),
        sa.Column("delivery_address", sa.String(), server_default="", nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("days", JSONB(), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("next_run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("language", sa.String(), server_default="en", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_orders_standing_orders_buyer_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_orders_standing_orders_supplier_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_standing_orders"),
    )
    op.create_index(
        "ix_orders_standing_orders_buyer",
        "orders_standing_orders",
        ["buyer_organisation_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_orders_standing_orders_next_run_at",
        "orders_standing_orders",
        ["next_run_at"],
        unique=False,
        postgresql_where=sa.text("state = 'active'"),
    )


def _standing_runs() -> None:
    op.create_table(
        "orders_standing_runs",
        sa.Column("standing_order_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("order_number", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("facts", JSONB(), server_default="{}", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["standing_order_id"],
            ["orders_standing_orders.id"],
            name="fk_orders_standing_runs_standing_order_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders_standing_runs"),
        sa.UniqueConstraint(
            "standing_order_id", "due_at", name="uq_orders_standing_runs_standing_order_id_due_at"
        ),
    )


def _order_policies() -> list[str]:
    seller = f"organisation_id = {CURRENT_ORGANISATION}"
    buyer = f"buyer_organisation_id = {CURRENT_ORGANISATION}"
    read = [
        belongs_to("organisation_id", command="select"),
        belongs_to("buyer_organisation_id", command="select"),
    ]
    # Orders are placed by the system's role, inside the action that has locked stock and credit. A buyer ends or
    # completes an order, or asks to cancel it; nobody confirms what they have ordered themselves.
    moves = Policy(
        "buyer",
        buyer,
        "update",
        check=f"{buyer} and state in ('cancelled', 'processing', 'completed')",
    )
    note = Policy("notes", f"{seller} or {buyer}", "insert")
    return [
        *protect(
            "orders_orders",
            [*read, Policy("seller", seller, "update"), moves],
            app=f"select, update ({_MOVED})",
            system="select, insert, update",
        ),
        *protect(
            "orders_lines",
            [*read, Policy("seller", seller, "update")],
            app="select, update (confirmed_quantity, shipped_quantity, net_amount)",
            system="select, insert, update",
        ),
        *protect("orders_moves", [*read, note], app="select, insert", system="select, insert"),
        *protect(
            "orders_shipments",
            [*read, Policy("seller", seller, "insert")],
            app="select, insert",
            system="select, insert",
        ),
    ]


def _buyer_policies() -> list[str]:
    return [
        statement
        for table in (
            "orders_carts",
            "orders_cart_items",
            "orders_templates",
            "orders_standing_orders",
            "orders_standing_runs",
        )
        for statement in protect(table, [belongs_to("buyer_organisation_id")])
    ]
