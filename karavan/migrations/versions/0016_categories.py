"""The tree of categories and the attributes of each."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import grant
from karavan.modules.catalogue.trade_categories import load_trade_categories

revision = "0016"
down_revision = "0015"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tree()
    _categories()
    _attributes()
    # Everybody reads the tree; only the platform's own desk changes it, and it acts as the system.
    for table in (
        "catalogue_category_tree",
        "catalogue_categories",
        "catalogue_category_attributes",
    ):
        for statement in grant(table, app="select"):
            op.execute(statement)
    load_trade_categories(op.get_bind())


def _tree() -> None:
    op.create_table(
        "catalogue_category_tree",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_catalogue_category_tree_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_category_tree"),
    )
    op.execute("insert into catalogue_category_tree (id, revision) values (1, 1)")


def _timestamps() -> list[sa.Column[Any]]:
    return [
        sa.Column(name, _MOMENT, server_default=sa.func.now(), nullable=False)
        for name in ("created_at", "updated_at")
    ]


def _categories() -> None:
    op.create_table(
        "catalogue_categories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("names", JSONB(), nullable=False),
        sa.Column("icon", sa.String(), server_default="", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("archived_at", _MOMENT, nullable=True),
        sa.Column("replaced_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        *_timestamps(),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["catalogue_categories.id"], name="fk_catalogue_categories_parent_id"
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"],
            ["catalogue_categories.id"],
            name="fk_catalogue_categories_replaced_by_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_categories"),
        sa.UniqueConstraint("code", name="uq_catalogue_categories_code"),
    )
    op.create_index(
        "ix_catalogue_categories_parent_id", "catalogue_categories", ["parent_id", "position"]
    )
    op.create_index(
        "ix_catalogue_categories_replaced_by_id",
        "catalogue_categories",
        ["replaced_by_id"],
        postgresql_where=sa.text("replaced_by_id is not null"),
    )


def _attributes() -> None:
    op.create_table(
        "catalogue_category_attributes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("names", JSONB(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("options", JSONB(), server_default="[]", nullable=False),
        sa.Column("required", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("filterable", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("number_min", sa.Numeric(18, 6), nullable=True),
        sa.Column("number_max", sa.Numeric(18, 6), nullable=True),
        *_timestamps(),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["catalogue_categories.id"],
            name="fk_catalogue_category_attributes_category_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_category_attributes"),
        sa.UniqueConstraint(
            "category_id", "code", name="uq_catalogue_category_attributes_category_id_code"
        ),
    )
    op.create_index(
        "ix_catalogue_category_attributes_code", "catalogue_category_attributes", ["code"]
    )
