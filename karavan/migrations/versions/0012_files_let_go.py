"""Files that documents have let go of, and those that no document ever had."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("media_files", sa.Column("released_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_media_files_loose",
        "media_files",
        [sa.text("coalesce(released_at, created_at)")],
        postgresql_where=sa.text("attached_at is null or released_at is not null"),
    )
