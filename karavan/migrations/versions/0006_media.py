"""Files, and bytes on their way to the file store."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import belongs_to, protect

revision = "0006"
down_revision = "0005"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "media_files",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("uploaded_by", sa.Uuid),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("content_type", sa.String, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("width", sa.BigInteger),
        sa.Column("height", sa.BigInteger),
        sa.Column("variants", JSONB, server_default="[]", nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attached_at", _MOMENT),
        sa.Column("created_at", _MOMENT, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_media_files"),
    )
    op.create_index("ix_media_files_organisation_id_id", "media_files", ["organisation_id", "id"])
    op.create_index(
        "ix_media_files_uploading",
        "media_files",
        ["created_at"],
        postgresql_where=sa.text("state = 'uploading'"),
    )
    op.create_table(
        "media_buffers",
        sa.Column("file_id", sa.Uuid, nullable=False),
        sa.Column("variant", sa.String, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("file_id", "variant", name="pk_media_buffers"),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["media_files.id"],
            name="fk_media_buffers_file_id",
            ondelete="CASCADE",
        ),
    )
    for table in ("media_files", "media_buffers"):
        for statement in protect(table, [belongs_to("organisation_id")]):
            op.execute(statement)
