"""What attributes meant that no category asks for any more: products keep what they have said under their codes."""

import sqlalchemy as sa
from alembic import op

from karavan.kit.tenancy import grant

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "catalogue_removed_attributes",
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["catalogue_categories.id"],
            name="fk_catalogue_removed_attributes_category_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("category_id", "code", name="pk_catalogue_removed_attributes"),
    )
    # Only the platform's own desk asks for it, and it acts as the system.
    for statement in grant("catalogue_removed_attributes", app=""):
        op.execute(statement)
