"""People, passwords, sessions, reset codes, accounts at providers."""

import sqlalchemy as sa
from alembic import op

from karavan.kit.tenancy import belongs_to, belongs_to_user, protect

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)
_NOW = sa.func.now()


def upgrade() -> None:
    _users()
    _sessions()
    _reset_codes()
    _oauth()
    _policies()


def _users() -> None:
    op.create_table(
        "identity_users",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("email_key", sa.String, nullable=False),
        sa.Column("email_verified_at", _MOMENT),
        sa.Column("display_name", sa.String, nullable=False),
        sa.Column("locale", sa.String, server_default="en", nullable=False),
        sa.Column("theme", sa.String, server_default="system", nullable=False),
        sa.Column("avatar_media_id", sa.Uuid),
        sa.Column("platform_role", sa.String),
        sa.Column("is_demo", sa.Boolean, server_default="false", nullable=False),
        sa.Column("last_organisation_id", sa.Uuid),
        sa.Column("created_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("updated_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity_users"),
        sa.UniqueConstraint("email_key", name="uq_identity_users_email_key"),
    )
    op.create_table(
        "identity_passwords",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("password_hash", sa.String, nullable=False),
        sa.Column("changed_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_identity_passwords"),
        _of_user("identity_passwords"),
    )


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id"], ["identity_users.id"], name=f"fk_{table}_user_id", ondelete="CASCADE"
    )


def _sessions() -> None:
    op.create_table(
        "identity_sessions",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("user_agent", sa.String, nullable=False),
        sa.Column("ip", sa.String),
        sa.Column("created_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("last_used_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("end_reason", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_identity_sessions"),
        _of_user("identity_sessions"),
    )
    op.create_index("ix_identity_sessions_user_id", "identity_sessions", ["user_id"])
    op.create_index(
        "ix_identity_sessions_organisation_id_user_id",
        "identity_sessions",
        ["organisation_id", "user_id"],
    )
    op.create_table(
        "identity_refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("issued_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.PrimaryKeyConstraint("token_hash", name="pk_identity_refresh_tokens"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["identity_sessions.id"],
            name="fk_identity_refresh_tokens_session_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_identity_refresh_tokens_session_id", "identity_refresh_tokens", ["session_id"]
    )


def _reset_codes() -> None:
    op.create_table(
        "identity_reset_codes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("code_hash", sa.LargeBinary, nullable=False),
        sa.Column("attempts", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("created_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.Column("token_hash", sa.LargeBinary),
        sa.Column("token_expires_at", _MOMENT),
        sa.Column("token_used_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_identity_reset_codes"),
        sa.UniqueConstraint("token_hash", name="uq_identity_reset_codes_token_hash"),
        _of_user("identity_reset_codes"),
    )
    op.create_index(
        "ix_identity_reset_codes_user_id_created_at",
        "identity_reset_codes",
        ["user_id", "created_at"],
    )


def _oauth() -> None:
    op.create_table(
        "identity_oauth_identities",
        sa.Column("provider", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String),
        sa.Column("linked_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.PrimaryKeyConstraint("provider", "subject", name="pk_identity_oauth_identities"),
        _of_user("identity_oauth_identities"),
    )
    op.create_index(
        "ix_identity_oauth_identities_user_id", "identity_oauth_identities", ["user_id"]
    )
    op.create_table(
        "identity_oauth_states",
        sa.Column("state_hash", sa.LargeBinary, nullable=False),
        sa.Column("provider", sa.String, nullable=False),
        sa.Column("browser_hash", sa.LargeBinary, nullable=False),
        sa.Column("verifier", sa.String, nullable=False),
        sa.Column("nonce", sa.String, nullable=False),
        sa.Column("redirect_uri", sa.String, nullable=False),
        sa.Column("return_to", sa.String, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name="pk_identity_oauth_states"),
    )


def _policies() -> None:
    # Colleagues are let in by 0005, once there are memberships to tell who they are. What only sign-in touches
    # (refresh tokens, codes, states) has no policy for requests at all: the system role alone reads it.
    statements = [
        *protect("identity_users", [belongs_to_user("id")], app="select, update"),
        *protect("identity_passwords", [belongs_to_user("user_id")], app="select, insert, update"),
        *protect(
            "identity_sessions",
            [belongs_to_user("user_id"), belongs_to("organisation_id")],
            app="select, update",
        ),
        *protect("identity_refresh_tokens", [], app=""),
        *protect("identity_reset_codes", [], app=""),
        *protect("identity_oauth_identities", [belongs_to_user("user_id")], app="select"),
        *protect("identity_oauth_states", [], app=""),
    ]
    for statement in statements:
        op.execute(statement)
