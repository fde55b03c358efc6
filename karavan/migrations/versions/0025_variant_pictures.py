"""Which of its family's pictures a variant shows first."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("catalogue_products", sa.Column("picture_id", sa.Uuid(), nullable=True))
