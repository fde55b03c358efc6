"""invoicing tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import CURRENT_ORGANISATION, Policy, belongs_to, protect

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _invoices()
    _invoice_lines()
    _payments()
    for statement in _policies():
        op.execute(statement)


def _invoices() -> None:
    op.create_table(
        "invoicing_invoices",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_name", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("subject_label", sa.String(), server_default="", nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("corrects_number", sa.String(), nullable=True),
        sa.Column("corrects_date", sa.Date(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        sa.Column("language", sa.String(), server_default="en", nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("credited_amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("payment_terms", sa.String(), server_default="", nullable=False),
        sa.Column("notes", sa.String(), server_default="", nullable=False),
        sa.Column("buyer_reference", sa.String(), server_default="", nullable=False),
        sa.Column("seller", JSONB(), server_default="{}", nullable=False),
        sa.Column("buyer", JSONB(), server_default="{}", nullable=False),
        sa.Column("self_billed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "paid_amount >= 0 and paid_amount <= total_amount", name="ck_invoicing_invoices_paid"
        ),
        sa.CheckConstraint(
            "credited_amount >= 0 and credited_amount <= total_amount",
            name="ck_invoicing_invoices_credited",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_invoicing_invoices_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["buyer_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_invoicing_invoices_buyer_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["invoicing_invoices.id"], name="fk_invoicing_invoices_corrects_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invoicing_invoices"),
        sa.UniqueConstraint(
            "organisation_id", "number", name="uq_invoicing_invoices_organisation_id_number"
        ),
    )
    for name, columns in (
        ("seller", ["organisation_id", "created_at"]),
        ("buyer", ["buyer_organisation_id", "sent_at"]),
        ("subject", ["subject_type", "subject_id"]),
        ("corrects_id", ["corrects_id"]),
    ):
        op.create_index(f"ix_invoicing_invoices_{name}", "invoicing_invoices", columns)


def _invoice_lines() -> None:
    op.create_table(
        "invoicing_invoice_lines",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_price_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("net_amount", sa.BigInteger(), nullable=False),
        sa.Column("corrects_line_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoicing_invoices.id"],
            name="fk_invoicing_invoice_lines_invoice_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invoicing_invoice_lines"),
        sa.UniqueConstraint(
            "invoice_id",
            "position",
            name="uq_invoicing_invoice_lines_invoice_id_position",
            deferrable=True,
        ),
    )
    op.create_index(
        "ix_invoicing_invoice_lines_corrects_line_id",
        "invoicing_invoice_lines",
        ["corrects_line_id"],
    )


def _payments() -> None:
    op.create_table(
        "invoicing_payments",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.String(), server_default="", nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount > 0", name="ck_invoicing_payments_positive"),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoicing_invoices.id"], name="fk_invoicing_payments_invoice_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invoicing_payments"),
        sa.UniqueConstraint(
            "invoice_id", "reference", name="uq_invoicing_payments_invoice_id_reference"
        ),
    )


def _policies() -> list[str]:
    received = f"buyer_organisation_id = {CURRENT_ORGANISATION} and sent_at is not null"

    # Whoever may read an invoice may read what belongs to it. The look-up is by primary key, for rows of one invoice.
    def belongs_to_visible(table: str) -> Policy:
        visible = f"exists (select 1 from invoicing_invoices i where i.id = {table}.invoice_id)"
        return Policy("seen", visible, "select")

    return [
        *protect(
            "invoicing_invoices",
            [belongs_to("organisation_id"), Policy("received", received, "select")],
            app="select, insert, update",
        ),
        *protect(
            "invoicing_invoice_lines",
            [belongs_to("organisation_id"), belongs_to_visible("invoicing_invoice_lines")],
        ),
        *protect(
            "invoicing_payments",
            [belongs_to("organisation_id"), belongs_to_visible("invoicing_payments")],
            app="select, insert",
            system="select, insert",
        ),
    ]
