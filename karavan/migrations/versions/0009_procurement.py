"""Requests, quotes, evaluation, approvals and deals."""

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

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _exchange_rates()
    _approval_rules()
    _request_templates()
    _requests()
    _approvals()
    _criteria()
    _invitations()
    _questions()
    _quotes()
    _request_lines()
    _request_revisions()
    _deals()
    _quote_versions()
    _scores()
    _deal_signatures()
    _deal_terms()
    _quote_lines()
    for statement in [*_policies(), *_functions()]:
        op.execute(statement)


def _exchange_rates() -> None:
    op.create_table(
        "procurement_exchange_rates",
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("base_currency", sa.String(), nullable=False),
        sa.Column("quote_currency", sa.String(), nullable=False),
        sa.Column("rate", sa.Numeric(precision=24, scale=10), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), server_default="", nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_exchange_rates"),
        sa.UniqueConstraint(
            "organisation_id",
            "base_currency",
            "quote_currency",
            "effective_on",
            name="uq_procurement_exchange_rates_day",
            postgresql_nulls_not_distinct=True,
        ),
    )


def _approval_rules() -> None:
    op.create_table(
        "procurement_approval_rules",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("above_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("approver_role", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_procurement_approval_rules_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_approval_rules"),
        sa.UniqueConstraint(
            "organisation_id",
            "purpose",
            "currency",
            "above_amount",
            "approver_role",
            name="uq_procurement_approval_rules_rule",
        ),
    )


def _request_templates() -> None:
    op.create_table(
        "procurement_request_templates",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
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
            name="fk_procurement_request_templates_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_request_templates"),
        sa.UniqueConstraint(
            "organisation_id", "name", name="uq_procurement_request_templates_organisation_id_name"
        ),
    )


def _requests() -> None:
    op.create_table(
        "procurement_requests",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        sa.Column("category", sa.String(), server_default="other", nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("sealed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("budget_amount", sa.BigInteger(), nullable=True),
        sa.Column("quotes_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("delivery_country", sa.String(), nullable=True),
        sa.Column("delivery_place", sa.String(), server_default="", nullable=False),
        sa.Column("delivery_terms", sa.String(), server_default="", nullable=False),
        sa.Column("payment_terms", sa.String(), server_default="", nullable=False),
        sa.Column("attachments", JSONB(), server_default="[]", nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("ocid", sa.String(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("line_names", sa.String(), server_default="", nullable=False),
        sa.Column(
            "search",
            TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('russian', title), 'A') || "
                "setweight(to_tsvector('russian', line_names), 'B') || "
                "setweight(to_tsvector('russian', description), 'C')",
                persisted=True,
            ),
            nullable=True,
        ),
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
            name="fk_procurement_requests_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_requests"),
        sa.UniqueConstraint(
            "organisation_id", "number", name="uq_procurement_requests_organisation_id_number"
        ),
        sa.UniqueConstraint(
            "organisation_id", "ocid", name="uq_procurement_requests_organisation_id_ocid"
        ),
    )
    op.create_index(
        "ix_procurement_requests_board",
        "procurement_requests",
        ["quotes_due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'published' and visibility = 'public'"),
    )
    op.create_index(
        "ix_procurement_requests_unannounced",
        "procurement_requests",
        ["quotes_due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'published' and deadline_announced_at is null"),
    )
    op.create_index(
        "ix_procurement_requests_own",
        "procurement_requests",
        ["organisation_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_procurement_requests_search",
        "procurement_requests",
        ["search"],
        unique=False,
        postgresql_using="gin",
    )


def _approvals() -> None:
    op.create_table(
        "procurement_approvals",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("summary", JSONB(), server_default="{}", nullable=False),
        sa.Column("steps", JSONB(), nullable=False),
        sa.Column("next_role", sa.String(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_by_name", sa.String(), server_default="", nullable=False),
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
            name="fk_procurement_approvals_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["procurement_requests.id"],
            name="fk_procurement_approvals_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_approvals"),
    )
    op.create_index(
        "ix_procurement_approvals_own",
        "procurement_approvals",
        ["organisation_id", "state", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_procurement_approvals_request_id", "procurement_approvals", ["request_id"], unique=False
    )


def _criteria() -> None:
    op.create_table(
        "procurement_criteria",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["procurement_requests.id"],
            name="fk_procurement_criteria_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_criteria"),
        sa.UniqueConstraint(
            "request_id",
            "position",
            deferrable=True,
            initially="DEFERRED",
            name="uq_procurement_criteria_request_id_position",
        ),
    )


def _invitations() -> None:
    op.create_table(
        "procurement_invitations",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_procurement_invitations_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["procurement_requests.id"],
            name="fk_procurement_invitations_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_invitations"),
        sa.UniqueConstraint(
            "request_id",
            "organisation_id",
            name="uq_procurement_invitations_request_id_organisation_id",
        ),
    )
    op.create_index(
        "ix_procurement_invitations_organisation_id",
        "procurement_invitations",
        ["organisation_id", "request_id"],
        unique=False,
    )


def _questions() -> None:
    op.create_table(
        "procurement_questions",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_procurement_questions_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["procurement_requests.id"],
            name="fk_procurement_questions_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_questions"),
    )
    op.create_index(
        "ix_procurement_questions_request_id",
        "procurement_questions",
        ["request_id", "created_at"],
        unique=False,
    )


def _quotes() -> None:
    op.create_table(
        "procurement_quotes",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("current_version", sa.BigInteger(), nullable=False),
        sa.Column("request_revision", sa.BigInteger(), nullable=False),
        sa.Column("needs_reconfirm", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("shortlisted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("rejected_reason", sa.String(), nullable=True),
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
            name="fk_procurement_quotes_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["procurement_requests.id"], name="fk_procurement_quotes_request_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_quotes"),
        sa.UniqueConstraint(
            "organisation_id", "number", name="uq_procurement_quotes_organisation_id_number"
        ),
    )
    op.create_index(
        "ix_procurement_quotes_buyer",
        "procurement_quotes",
        ["buyer_organisation_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_procurement_quotes_expiring",
        "procurement_quotes",
        ["valid_until"],
        unique=False,
        postgresql_where=sa.text("state in ('submitted', 'updated', 'standby')"),
    )
    op.create_index(
        "ix_procurement_quotes_own",
        "procurement_quotes",
        ["organisation_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_procurement_quotes_request_id", "procurement_quotes", ["request_id"], unique=False
    )
    op.create_index(
        "uq_procurement_quotes_live",
        "procurement_quotes",
        ["request_id", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("state in ('submitted', 'updated', 'standby', 'accepted')"),
    )


def _request_lines() -> None:
    op.create_table(
        "procurement_request_lines",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("specification", sa.String(), server_default="", nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("target_price_amount", sa.BigInteger(), nullable=True),
        sa.Column("removed_in_revision", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["procurement_requests.id"],
            name="fk_procurement_request_lines_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_request_lines"),
        sa.UniqueConstraint(
            "request_id",
            "position",
            "removed_in_revision",
            deferrable=True,
            initially="DEFERRED",
            name="uq_procurement_request_lines_position",
            postgresql_nulls_not_distinct=True,
        ),
    )


def _request_revisions() -> None:
    op.create_table(
        "procurement_request_revisions",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("snapshot", JSONB(), nullable=False),
        sa.Column("changes", JSONB(), server_default="[]", nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["procurement_requests.id"],
            name="fk_procurement_request_revisions_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_request_revisions"),
        sa.UniqueConstraint(
            "request_id", "revision", name="uq_procurement_request_revisions_request_id_revision"
        ),
    )


def _deals() -> None:
    op.create_table(
        "procurement_deals",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("vendor_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("vendor_organisation_name", sa.String(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("request_number", sa.String(), server_default="", nullable=False),
        sa.Column("quote_id", sa.Uuid(), nullable=False),
        sa.Column("quote_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), server_default="en", nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("terms_number", sa.BigInteger(), nullable=False),
        sa.Column("signed_by", JSONB(), server_default="[]", nullable=False),
        sa.Column("cancel_asked_by", JSONB(), server_default="[]", nullable=False),
        sa.Column("contract_media_id", sa.Uuid(), nullable=True),
        sa.Column("contract_sha256", sa.String(), nullable=True),
        sa.Column("invoice_id", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
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
            name="fk_procurement_deals_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["procurement_quotes.id"], name="fk_procurement_deals_quote_id"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["procurement_requests.id"], name="fk_procurement_deals_request_id"
        ),
        sa.ForeignKeyConstraint(
            ["vendor_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_procurement_deals_vendor_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_deals"),
        sa.UniqueConstraint(
            "organisation_id", "number", name="uq_procurement_deals_organisation_id_number"
        ),
    )
    op.create_index(
        "ix_procurement_deals_buyer",
        "procurement_deals",
        ["organisation_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_procurement_deals_request_id", "procurement_deals", ["request_id"], unique=False
    )
    op.create_index(
        "ix_procurement_deals_vendor",
        "procurement_deals",
        ["vendor_organisation_id", "created_at"],
        unique=False,
    )


def _quote_versions() -> None:
    op.create_table(
        "procurement_quote_versions",
        sa.Column("quote_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lead_time_days", sa.BigInteger(), nullable=False),
        sa.Column("payment_days", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("payment_terms", sa.String(), server_default="", nullable=False),
        sa.Column("delivery_terms", sa.String(), server_default="", nullable=False),
        sa.Column("delivery_amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("attachments", JSONB(), server_default="[]", nullable=False),
        sa.Column("net_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_by_name", sa.String(), server_default="", nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["quote_id"],
            ["procurement_quotes.id"],
            name="fk_procurement_quote_versions_quote_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_quote_versions"),
        sa.UniqueConstraint(
            "quote_id", "number", name="uq_procurement_quote_versions_quote_id_number"
        ),
    )


def _scores() -> None:
    op.create_table(
        "procurement_scores",
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("quote_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("scored_by", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["procurement_criteria.id"],
            name="fk_procurement_scores_criterion_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"],
            ["procurement_quotes.id"],
            name="fk_procurement_scores_quote_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_scores"),
        sa.UniqueConstraint(
            "criterion_id", "quote_id", name="uq_procurement_scores_criterion_id_quote_id"
        ),
    )


def _deal_signatures() -> None:
    op.create_table(
        "procurement_deal_signatures",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("vendor_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("terms_number", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("signed_by_name", sa.String(), nullable=False),
        sa.Column("signed_by_role", sa.String(), nullable=False),
        sa.Column("ip", sa.String(), nullable=True),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["procurement_deals.id"],
            name="fk_procurement_deal_signatures_deal_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_deal_signatures"),
        sa.UniqueConstraint(
            "deal_id",
            "terms_number",
            "side",
            name="uq_procurement_deal_signatures_deal_id_terms_number_side",
        ),
    )


def _deal_terms() -> None:
    op.create_table(
        "procurement_deal_terms",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("vendor_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("net_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("proposed_by_side", sa.String(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["procurement_deals.id"],
            name="fk_procurement_deal_terms_deal_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_deal_terms"),
        sa.UniqueConstraint("deal_id", "number", name="uq_procurement_deal_terms_deal_id_number"),
    )


def _quote_lines() -> None:
    op.create_table(
        "procurement_quote_lines",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("request_line_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_price_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("lead_time_days", sa.BigInteger(), nullable=True),
        sa.Column("comment", sa.String(), server_default="", nullable=False),
        sa.Column("net_amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_line_id"],
            ["procurement_request_lines.id"],
            name="fk_procurement_quote_lines_request_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["procurement_quote_versions.id"],
            name="fk_procurement_quote_lines_version_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_procurement_quote_lines"),
        sa.UniqueConstraint(
            "version_id",
            "request_line_id",
            name="uq_procurement_quote_lines_version_id_request_line_id",
        ),
    )


# Whoever may see a request may see what belongs to it. The look-up is by primary key, for rows of one request.
_REQUEST_VISIBLE = "exists (select 1 from procurement_requests r where r.id = request_id)"

# What a quote says is readable by nobody but its vendor while the request is sealed: not by the buyer, whatever their
# role, and not by the system role either. The database's clock decides.
_UNSEALED = (
    "exists (select 1 from procurement_requests r where r.id = request_id"
    " and (not r.sealed or r.quotes_due_at <= clock_timestamp()))"
)


def _functions() -> list[str]:
    """Searching the board by its index.

    A text match is not leak-proof, so under row-level security it is tried after the policies, and never by an index. This
    function runs as the tables' owner instead, and gives away no more than which public, open requests match.
    """
    signature = "procurement_open_matching(typed text, prefix text)"
    return [
        f"""
        create function {signature} returns setof uuid
        language sql stable security definer set search_path = public, pg_temp rows 50 as $$
          select id from procurement_requests
          where state = 'published' and visibility = 'public' and quotes_due_at > now()
            and search @@ (websearch_to_tsquery('russian', typed) || to_tsquery('russian', prefix))
        $$
        """,
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to {APP_ROLE}, {SYSTEM_ROLE}",
    ]


def _policies() -> list[str]:
    return [*_request_policies(), *_quote_policies(), *_evaluation_policies(), *_deal_policies()]


def _request_policies() -> list[str]:
    invited = (
        "published_at is not null and id in (select i.request_id from procurement_invitations i"
        f" where i.organisation_id = {CURRENT_ORGANISATION})"
    )
    # Policies are tried in the reverse order of their names: the buyer's own rows first, without looking the request up.
    seen = Policy("by_request", _REQUEST_VISIBLE, "select")
    return [
        *protect(
            "procurement_requests",
            [
                belongs_to("organisation_id"),
                Policy("board", "visibility = 'public' and published_at is not null", "select"),
                Policy("invited", invited, "select"),
            ],
        ),
        *protect("procurement_request_lines", [belongs_to("organisation_id"), seen]),
        *protect("procurement_request_revisions", [belongs_to("organisation_id"), seen]),
        *protect("procurement_request_templates", [belongs_to("organisation_id")]),
        *protect(
            "procurement_invitations",
            [
                belongs_to("buyer_organisation_id"),
                belongs_to("organisation_id", command="select"),
                _invited_vendor("organisation_id"),
            ],
        ),
        *protect(
            "procurement_questions",
            [
                belongs_to("organisation_id"),
                Policy(
                    "asked_of_us",
                    f"buyer_organisation_id = {CURRENT_ORGANISATION}",
                    "select",
                ),
                Policy(
                    "answered_by_us",
                    f"buyer_organisation_id = {CURRENT_ORGANISATION}",
                    "update",
                ),
                Policy("answered", f"answer is not null and {_REQUEST_VISIBLE}", "select"),
            ],
        ),
    ]


def _invited_vendor(column: str) -> Policy:
    """The invited vendor may note that they have seen or declined the invitation."""
    return Policy("invited_vendor", f"{column} = {CURRENT_ORGANISATION}", "update")


def _quote_policies() -> list[str]:
    buyer = f"buyer_organisation_id = {CURRENT_ORGANISATION}"
    contents = [
        belongs_to("organisation_id"),
        Policy("buyer", f"{buyer} and {_UNSEALED}", "select"),
    ]
    return [
        *protect(
            "procurement_quotes",
            [
                belongs_to("organisation_id"),
                Policy("buyer_reads", buyer, "select"),
                Policy("buyer_decides", buyer, "update"),
            ],
        ),
        *protect(
            "procurement_quote_versions",
            contents,
            app="select, insert",
            system="select",
            system_using=_UNSEALED,
        ),
        *protect(
            "procurement_quote_lines",
            contents,
            app="select, insert",
            system="select",
            system_using=_UNSEALED,
        ),
    ]


def _evaluation_policies() -> list[str]:
    shared = Policy("platform", "organisation_id is null", "select")
    return [
        *protect("procurement_criteria", [belongs_to("organisation_id")]),
        *protect("procurement_scores", [belongs_to("organisation_id")]),
        *protect("procurement_exchange_rates", [belongs_to("organisation_id"), shared]),
        *protect("procurement_approval_rules", [belongs_to("organisation_id")]),
        *protect("procurement_approvals", [belongs_to("organisation_id")]),
    ]


def _deal_policies() -> list[str]:
    sides = [belongs_to("organisation_id"), belongs_to("vendor_organisation_id")]
    return [
        *protect("procurement_deals", sides, app="select, insert, update"),
        *protect("procurement_deal_terms", sides, app="select, insert"),
        *protect("procurement_deal_signatures", sides, app="select, insert"),
    ]
