"""Imported open-contracting data."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import belongs_to, protect

revision = "0011"
down_revision = "0010"

_MOMENT = sa.DateTime(timezone=True)
_PARTS = (
    "procurement_ocds_releases",
    "procurement_external_parties",
    "procurement_external_records",
)


def upgrade() -> None:
    _processes()
    _releases()
    _parties()
    _records()
    for table in ("procurement_ocds_processes", *_PARTS):
        for statement in protect(table, [belongs_to("organisation_id")]):
            op.execute(statement)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), server_default="", nullable=False)


def _list(name: str) -> sa.Column[Any]:
    return sa.Column(name, JSONB(), server_default="[]", nullable=False)


def _created() -> sa.Column[Any]:
    return sa.Column("created_at", _MOMENT, server_default=sa.func.now(), nullable=False)


def _of_process(table: str) -> list[Any]:
    """The columns and constraints that every part of a process has."""
    return [
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["procurement_ocds_processes.id"],
            name=f"fk_{table}_process_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def _processes() -> None:
    table = "procurement_ocds_processes"
    op.create_table(
        table,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("ocid", sa.String(), nullable=False),
        sa.Column("compiled", sa.String(), nullable=False),
        _list("extensions"),
        sa.Column("request_version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _created(),
        sa.Column("updated_at", _MOMENT, server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name=f"fk_{table}_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["procurement_requests.id"],
            name=f"fk_{table}_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("request_id", name=f"uq_{table}_request_id"),
        sa.UniqueConstraint("organisation_id", "ocid", name=f"uq_{table}_organisation_id_ocid"),
    )


def _releases() -> None:
    table = "procurement_ocds_releases"
    op.create_table(
        table,
        *_of_process(table),
        sa.Column("release_id", sa.String(), nullable=False),
        sa.Column("released_at", _MOMENT, nullable=True),
        _list("tags"),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        _text("imported_by_name"),
        _created(),
        sa.UniqueConstraint("process_id", "release_id", name=f"uq_{table}_process_id_release_id"),
    )


def _parties() -> None:
    table = "procurement_external_parties"
    op.create_table(
        table,
        *_of_process(table),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        _list("roles"),
        _text("identifier"),
        _text("country"),
        sa.UniqueConstraint("process_id", "external_id", name=f"uq_{table}_process_id_external_id"),
    )


def _records() -> None:
    table = "procurement_external_records"
    op.create_table(
        table,
        *_of_process(table),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("award_id", sa.String(), nullable=True),
        _text("title"),
        _text("status"),
        _list("party_names"),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("paid_amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("dated_at", _MOMENT, nullable=True),
        sa.Column("details", JSONB(), server_default="{}", nullable=False),
        sa.UniqueConstraint(
            "process_id", "kind", "external_id", name=f"uq_{table}_process_id_kind_external_id"
        ),
    )
