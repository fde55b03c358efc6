"""Imports of table files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import belongs_to, protect

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    _imports()
    _row_errors()
    _headings()
    _pictures()
    for table in (
        "kit_imports",
        "kit_import_row_errors",
        "kit_import_headings",
        "catalogue_import_pictures",
    ):
        for statement in protect(table, [belongs_to("organisation_id")]):
            op.execute(statement)


def _imports() -> None:
    op.create_table(
        "kit_imports",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("archive_media_id", sa.Uuid(), nullable=True),
        sa.Column("archive_storage_key", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_kind", sa.String(), server_default="", nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sheets", JSONB(), server_default="[]", nullable=False),
        sa.Column("preview", JSONB(), server_default="[]", nullable=False),
        sa.Column("mapping", JSONB(), nullable=False),
        sa.Column("options", JSONB(), server_default="{}", nullable=False),
        sa.Column("check_report", JSONB(), server_default="{}", nullable=False),
        sa.Column("report", JSONB(), server_default="{}", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("progress", sa.Float(), server_default=sa.text("0"), nullable=False),
        sa.Column("runner", sa.Uuid(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kit_imports"),
    )
    op.create_index(
        "ix_kit_imports_organisation_id", "kit_imports", ["organisation_id", "kind", "id"]
    )


def _row_errors() -> None:
    op.create_table(
        "kit_import_row_errors",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("row_number", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("errors", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["kit_imports.id"],
            name="fk_kit_import_row_errors_import_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "import_id", "checked", "row_number", name="pk_kit_import_row_errors"
        ),
    )


def _headings() -> None:
    op.create_table(
        "kit_import_headings",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column(
            "chosen_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "kind", "heading", name="pk_kit_import_headings"
        ),
    )


def _pictures() -> None:
    op.create_table(
        "catalogue_import_pictures",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["kit_imports.id"],
            name="fk_catalogue_import_pictures_import_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["catalogue_products.id"],
            name="fk_catalogue_import_pictures_product_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sequence", name="pk_catalogue_import_pictures"),
    )
    op.create_index(
        "ix_catalogue_import_pictures_waiting",
        "catalogue_import_pictures",
        ["import_id", "sequence"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_catalogue_import_pictures_product_id", "catalogue_import_pictures", ["product_id"]
    )
