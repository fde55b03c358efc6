"""Organisations, trading profiles, settings, memberships, invitations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from karavan.kit.tenancy import (
    APP_ROLE,
    CURRENT_ORGANISATION,
    CURRENT_USER,
    Policy,
    belongs_to,
    belongs_to_user,
    protect,
)

revision = "0005"
down_revision = "0004"

_COLLEAGUES = f"""
create policy colleagues on identity_users for select to {APP_ROLE}
using (id in (select user_id from organisations_memberships where organisation_id = {CURRENT_ORGANISATION}))
"""
_MOMENT = sa.DateTime(timezone=True)
_NOW = sa.func.now()


def upgrade() -> None:
    _organisations()
    _profiles_and_settings()
    _memberships()
    _policies()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, server_default="", nullable=False)


def _organisations() -> None:
    op.create_table(
        "organisations_organisations",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("interest", sa.String, nullable=False),
        sa.Column("buys", sa.Boolean, nullable=False),
        sa.Column("sells", sa.Boolean, nullable=False),
        sa.Column("country", sa.String, nullable=False),
        _text("city"),
        _text("description"),
        sa.Column("categories", ARRAY(sa.String), server_default="{}", nullable=False),
        sa.Column("website", sa.String),
        sa.Column("logo_media_id", sa.Uuid),
        _text("legal_name"),
        _text("tax_id"),
        _text("address"),
        _text("postal_code"),
        sa.Column("email", sa.String),
        sa.Column("phone", sa.String),
        sa.Column("locale", sa.String, server_default="en", nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column(
            "search",
            TSVECTOR,
            sa.Computed(
                "to_tsvector('simple'::regconfig, name || ' ' || city || ' ' || legal_name || ' ' || description)",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("created_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("updated_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisations_organisations"),
        sa.UniqueConstraint("slug", name="uq_organisations_organisations_slug"),
    )
    for column in ("search", "categories"):
        op.create_index(
            f"ix_organisations_organisations_{column}",
            "organisations_organisations",
            [column],
            postgresql_using="gin",
        )
    op.create_index(
        "ix_organisations_organisations_sells_name",
        "organisations_organisations",
        ["name", "id"],
        postgresql_where=sa.text("sells and kind = 'company'"),
    )


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"],
        ["organisations_organisations.id"],
        name=f"fk_{table}_organisation_id",
        ondelete="CASCADE",
    )


def _profiles_and_settings() -> None:
    op.create_table(
        "organisations_trading_profiles",
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("side", sa.String, nullable=False),
        _text("payment_terms"),
        _text("delivery_terms"),
        _text("delivery_place"),
        sa.Column("delivery_countries", ARRAY(sa.String), server_default="{}", nullable=False),
        sa.Column("lead_time_days", sa.BigInteger),
        sa.Column("minimum_order_amount", sa.BigInteger),
        sa.Column("updated_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.PrimaryKeyConstraint(
            "organisation_id", "side", name="pk_organisations_trading_profiles"
        ),
        _of_organisation("organisations_trading_profiles"),
    )
    op.create_table(
        "organisations_settings",
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        _text("bank_name"),
        _text("bank_code"),
        _text("bank_account"),
        _text("beneficiary_code"),
        sa.Column("updated_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_organisations_settings"),
        _of_organisation("organisations_settings"),
    )


def _memberships() -> None:
    op.create_table(
        "organisations_memberships",
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("joined_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("invited_by_user_id", sa.Uuid),
        sa.PrimaryKeyConstraint("organisation_id", "user_id", name="pk_organisations_memberships"),
        _of_organisation("organisations_memberships"),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["identity_users.id"],
            name="fk_organisations_memberships_user_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_organisations_memberships_user_id", "organisations_memberships", ["user_id"]
    )
    op.create_table(
        "organisations_invites",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("email_key", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("locale", sa.String, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("invited_by_user_id", sa.Uuid, nullable=False),
        sa.Column("invited_by_name", sa.String, nullable=False),
        sa.Column("created_at", _MOMENT, server_default=_NOW, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("accepted_at", _MOMENT),
        sa.Column("accepted_by_user_id", sa.Uuid),
        sa.Column("revoked_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_organisations_invites"),
        sa.UniqueConstraint("token_hash", name="uq_organisations_invites_token_hash"),
        _of_organisation("organisations_invites"),
    )
    op.create_index(
        "ix_organisations_invites_organisation_id_created_at",
        "organisations_invites",
        ["organisation_id", "created_at"],
    )
    op.create_index(
        "uq_organisations_invites_open",
        "organisations_invites",
        ["organisation_id", "email_key"],
        unique=True,
        postgresql_where=sa.text("accepted_at is null and revoked_at is null"),
    )


def _policies() -> None:
    everybody = Policy("everybody", "true", "select")
    signed_in = Policy("signed_in", f"{CURRENT_USER} is not null", "select")
    statements = [
        # Who an organisation is may be known to all; what is not stands in organisations_settings.
        *protect(
            "organisations_organisations",
            [everybody, belongs_to("id", command="update")],
            app="select, update",
        ),
        *protect(
            "organisations_trading_profiles",
            [signed_in, belongs_to("organisation_id")],
            app="select, insert, update",
        ),
        *protect("organisations_settings", [belongs_to("organisation_id")], app="select, update"),
        *protect(
            "organisations_memberships",
            [belongs_to("organisation_id"), belongs_to_user("user_id", command="select")],
            app="select, update, delete",
        ),
        *protect(
            "organisations_invites",
            [belongs_to("organisation_id")],
            app="select, insert, update",
        ),
        _COLLEAGUES,
    ]
    for statement in statements:
        op.execute(statement)
