"""What is known of pictures, and goods found by codes of their suppliers' own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from karavan.kit.tenancy import belongs_to, protect

revision = "0021"
down_revision = "0020"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "media_pictures",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("blurhash", sa.String(), nullable=False),
        sa.Column("sizes", JSONB(), nullable=False),
        sa.Column("prepared_at", _MOMENT),
        sa.Column("checked_at", _MOMENT),
        sa.Column("sharpness", sa.Float()),
        sa.Column("fingerprint", sa.BigInteger()),
        sa.Column("bands", ARRAY(sa.Integer())),
        sa.Column("codes", JSONB(), server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_media_pictures"),
        sa.UniqueConstraint("key", name="uq_media_pictures_key"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["media_files.id"], name="fk_media_pictures_file_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_media_pictures_organisation_id", "media_pictures", ["organisation_id"])
    op.create_index("ix_media_pictures_bands", "media_pictures", ["bands"], postgresql_using="gin")
    op.create_table(
        "media_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("facts", JSONB(), server_default="{}", nullable=False),
        sa.Column("related_file_id", sa.Uuid()),
        sa.Column("created_at", _MOMENT, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_media_checks"),
        sa.UniqueConstraint("file_id", "code", name="uq_media_checks_file_id_code"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["media_files.id"], name="fk_media_checks_file_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_media_checks_organisation_id", "media_checks", ["organisation_id"])
    op.create_index(
        "ix_catalogue_products_barcode_text",
        "catalogue_products",
        ["barcode_text"],
        postgresql_where=sa.text("barcode_text is not null"),
    )
    statements = [
        *protect("media_pictures", [belongs_to("organisation_id")]),
        # Findings are the platform's: their owner reads them and changes none.
        *protect("media_checks", [belongs_to("organisation_id", command="select")], app="select"),
    ]
    for statement in statements:
        op.execute(statement)
