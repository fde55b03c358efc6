"""The first attribute of each code, whose names a facet has, at one look instead of by sorting all of that code."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_index(
        "ix_catalogue_category_attributes_code_created_at",
        "catalogue_category_attributes",
        ["code", "created_at", "id"],
    )
    op.drop_index("ix_catalogue_category_attributes_code", "catalogue_category_attributes")
