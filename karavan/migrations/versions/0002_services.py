"""Idempotency keys, rate limits, numbers of documents, mail, and the chain over the audit trail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import APP_ROLE, belongs_to, grant, protect

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)

_GUARD_AUDIT = """
create function audit_guard_entries() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    -- Only the sealer links entries; what is written cannot claim a place in the chain.
    new.chain_position := null;
    new.entry_hash := null;
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if old.chain_position is null
       and to_jsonb(new) - 'chain_position' - 'entry_hash'
         = to_jsonb(old) - 'chain_position' - 'entry_hash' then
      return new;
    end if;
  end if;
  raise exception 'audit entries are appended to, never changed' using errcode = 'insufficient_privilege';
end
$$
"""


def upgrade() -> None:
    _idempotency()
    _rate_limits()
    _numbering()
    _mail()
    _audit_chain()
    # Readiness compares the database's revision with the program's.
    op.execute(f"grant select on alembic_version to {APP_ROLE}")


def _execute(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _idempotency() -> None:
    op.create_table(
        "kit_idempotency_keys",
        sa.Column("scope", sa.LargeBinary, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.BigInteger),
        sa.Column("headers", JSONB, server_default="{}", nullable=False),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_kit_idempotency_keys"),
    )
    op.create_index("ix_kit_idempotency_keys_expires_at", "kit_idempotency_keys", ["expires_at"])
    _execute(protect("kit_idempotency_keys", [belongs_to("organisation_id")]))


def _rate_limits() -> None:
    op.create_table(
        "kit_rate_limit_buckets",
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("used", sa.BigInteger, nullable=False),
        sa.Column("window_ends_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_kit_rate_limit_buckets"),
        prefixes=["UNLOGGED"],
    )
    op.create_index(
        "ix_kit_rate_limit_buckets_window_ends_at", "kit_rate_limit_buckets", ["window_ends_at"]
    )
    _execute(grant("kit_rate_limit_buckets"))


def _numbering() -> None:
    op.create_table(
        "kit_number_series",
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("year", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("last_number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "name", "year", name="pk_kit_number_series"),
    )
    _execute(
        protect(
            "kit_number_series",
            [belongs_to("organisation_id")],
            app="select, insert, update",
            system="select, insert, update",
        )
    )


def _mail() -> None:
    op.create_table(
        "kit_mails",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("idempotency_key", sa.String, nullable=False),
        sa.Column("recipient", sa.String, nullable=False),
        sa.Column("template", sa.String, nullable=False),
        sa.Column("locale", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("state", sa.String, server_default="queued", nullable=False),
        sa.Column("attempts", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("error", sa.String),
        sa.Column("created_at", _MOMENT, server_default=sa.func.now(), nullable=False),
        sa.Column("sent_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_kit_mails"),
        sa.UniqueConstraint("idempotency_key", name="uq_kit_mails_idempotency_key"),
    )
    op.create_index("ix_kit_mails_created_at", "kit_mails", ["created_at"])
    # Whoever serves requests may ask for mail to be sent but can read none.
    _execute(grant("kit_mails", app="insert"))


def _audit_chain() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("entry_hash", sa.LargeBinary, nullable=False),
        sa.Column("sealed_at", _MOMENT, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_audit_heads"),
    )
    _execute(
        protect(
            "audit_heads",
            [belongs_to("organisation_id", command="select")],
            app="select",
            system="select, insert, update",
        )
    )
    op.create_index(
        "ix_kit_audit_entries_chain",
        "kit_audit_entries",
        ["organisation_id", "chain_position"],
        postgresql_where=sa.text("chain_position is not null"),
    )
    op.execute(_GUARD_AUDIT)
    op.execute(
        "create trigger audit_guard_entries before insert or update or delete on kit_audit_entries "
        "for each row execute function audit_guard_entries()"
    )
    op.execute(
        "create trigger audit_guard_truncate before truncate on kit_audit_entries "
        "for each statement execute function audit_guard_entries()"
    )
