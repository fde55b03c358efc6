"""A supplier's product by its code at one look, whatever is known of how codes are spread."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_index(
        "ix_catalogue_products_barcode_organisation_id",
        "catalogue_products",
        ["barcode", "organisation_id"],
        postgresql_where=sa.text("barcode is not null"),
    )
    op.drop_index("ix_catalogue_products_barcode", "catalogue_products")
