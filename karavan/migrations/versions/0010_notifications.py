"""notifications tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import CURRENT_ORGANISATION, CURRENT_USER, Policy, belongs_to_user, protect

revision = "0010"
down_revision = "0009"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _items()
    _indexes()
    _preferences()
    own = f"user_id = {CURRENT_USER} and organisation_id = {CURRENT_ORGANISATION}"
    statements = [
        # People read and mark what they were told; only handlers tell.
        *protect(
            "notifications_items",
            [Policy("reads", own, "select"), Policy("marks", own, "update")],
            app="select, update (read_at)",
        ),
        *protect("notifications_preferences", [belongs_to_user("user_id")]),
    ]
    for statement in statements:
        op.execute(statement)


def _items() -> None:
    op.create_table(
        "notifications_items",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("event_sequence", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("params", JSONB(), server_default="{}", nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=True),
        sa.Column("collapse_key", sa.String(), nullable=True),
        sa.Column("occurrences", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("in_feed", sa.Boolean(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("read_at", _MOMENT, nullable=True),
        sa.Column("mailed_at", _MOMENT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["identity_users.id"],
            name="fk_notifications_items_user_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_notifications_items_organisation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notifications_items"),
        sa.UniqueConstraint(
            "user_id",
            "event_sequence",
            "organisation_id",
            "kind",
            name="uq_notifications_items_told_once",
        ),
    )


def _indexes() -> None:
    feed = ["user_id", "organisation_id", "sequence"]
    op.create_index(
        "ix_notifications_items_feed",
        "notifications_items",
        feed,
        postgresql_where=sa.text("in_feed"),
    )
    op.create_index(
        "ix_notifications_items_unread",
        "notifications_items",
        feed,
        postgresql_where=sa.text("in_feed and read_at is null"),
    )
    op.create_index(
        "uq_notifications_items_collapsed",
        "notifications_items",
        ["user_id", "organisation_id", "collapse_key"],
        unique=True,
        postgresql_where=sa.text("read_at is null and collapse_key is not null"),
    )
    op.create_index("ix_notifications_items_created_at", "notifications_items", ["created_at"])


def _preferences() -> None:
    op.create_table(
        "notifications_preferences",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("in_app", sa.Boolean(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("updated_at", _MOMENT, server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["identity_users.id"],
            name="fk_notifications_preferences_user_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "group_name", name="pk_notifications_preferences"),
    )
