"""VAT numbers of organisations."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column(
        "organisations_organisations",
        sa.Column("vat_number", sa.String(), server_default="", nullable=False),
    )
