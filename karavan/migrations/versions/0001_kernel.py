"""Roles, outbox and audit trail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import APP_ROLE, SYSTEM_ROLE, Policy, belongs_to, protect

revision = "0001"
down_revision = None

_CREATE_ROLE = """
do $$ begin
  create role {role} {options};
exception when duplicate_object or unique_violation then null;  -- roles are shared by every database of a server
end $$
"""


def upgrade() -> None:
    op.execute(_CREATE_ROLE.format(role=SYSTEM_ROLE, options="nologin"))
    # NOINHERIT: the application holds the system role's rights only after `set local role`.
    op.execute(_CREATE_ROLE.format(role=APP_ROLE, options="login noinherit"))
    op.execute(f"grant {SYSTEM_ROLE} to {APP_ROLE}")
    op.execute(f"grant usage on schema public to {APP_ROLE}, {SYSTEM_ROLE}")
    _outbox()
    _audit()


def _outbox() -> None:
    op.create_table(
        "kit_outbox_events",
        sa.Column("sequence", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("aggregate_id", sa.Uuid, nullable=False),
        sa.Column("payload", JSONB, nullable=False),
        sa.Column(
            "occurred_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("relayed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("sequence", name="pk_kit_outbox_events"),
    )
    op.create_index(
        "ix_kit_outbox_events_waiting",
        "kit_outbox_events",
        ["sequence"],
        postgresql_where=sa.text("relayed_at is null"),
    )
    op.create_table(
        "kit_outbox_deliveries",
        sa.Column("event_sequence", sa.BigInteger, nullable=False),
        sa.Column("handler", sa.String, nullable=False),
        sa.Column("aggregate_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.String, server_default="pending", nullable=False),
        sa.Column("attempts", sa.BigInteger, server_default="0", nullable=False),
        sa.Column(
            "next_attempt_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
        ),
        sa.Column("error", sa.String),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("event_sequence", "handler", name="pk_kit_outbox_deliveries"),
        sa.ForeignKeyConstraint(
            ["event_sequence"],
            ["kit_outbox_events.sequence"],
            name="fk_kit_outbox_deliveries_event_sequence",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_kit_outbox_deliveries_pending",
        "kit_outbox_deliveries",
        ["handler", "aggregate_id", "event_sequence"],
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_kit_outbox_deliveries_due",
        "kit_outbox_deliveries",
        ["handler", "event_sequence"],
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_kit_outbox_deliveries_dead",
        "kit_outbox_deliveries",
        ["event_sequence", "handler"],
        postgresql_where=sa.text("state = 'dead'"),
    )
    for statement in (
        *protect(
            "kit_outbox_events",
            [belongs_to("organisation_id"), Policy("unowned", "organisation_id is null", "insert")],
            app="select, insert",
        ),
        # Deliveries carry no tenant and are the relay's alone: the application role has no right to them.
        f"grant select, insert, update, delete on kit_outbox_deliveries to {SYSTEM_ROLE}",
    ):
        op.execute(statement)


def _audit() -> None:
    op.create_table(
        "kit_audit_entries",
        sa.Column("sequence", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("actor_user_id", sa.Uuid),
        sa.Column("actor_name", sa.String, server_default="", nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("target_type", sa.String, nullable=False),
        sa.Column("target_id", sa.Uuid, nullable=False),
        sa.Column("target_label", sa.String, server_default="", nullable=False),
        sa.Column("before", JSONB, server_default="{}", nullable=False),
        sa.Column("after", JSONB, server_default="{}", nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("ip", sa.String),
        sa.Column("request_id", sa.String),
        sa.Column(
            "occurred_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("chain_position", sa.BigInteger),
        sa.Column("entry_hash", sa.LargeBinary),
        sa.PrimaryKeyConstraint("sequence", name="pk_kit_audit_entries"),
    )
    op.create_index(
        "ix_kit_audit_entries_organisation_id_sequence",
        "kit_audit_entries",
        ["organisation_id", "sequence"],
    )
    op.create_index(
        "ix_kit_audit_entries_target",
        "kit_audit_entries",
        ["organisation_id", "target_type", "target_id"],
    )
    op.create_index(
        "ix_kit_audit_entries_unsealed",
        "kit_audit_entries",
        ["sequence"],
        postgresql_where=sa.text("chain_position is null"),
    )
    statements = protect(
        "kit_audit_entries",
        [belongs_to("organisation_id")],
        app="select, insert",
        system="select, insert, update (chain_position, entry_hash)",
    )
    for statement in statements:
        op.execute(statement)
