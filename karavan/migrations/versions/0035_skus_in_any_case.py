"""SKUs tell a supplier's goods apart whatever their case, as quick orders and people read them.

Goods that had the same SKU but for its case before keep it: all but the oldest of them are numbered.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column(
        "catalogue_products",
        sa.Column("sku_twin", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
    )
    # A column of its own, as row-level security lets no index answer for `upper`, which is not leakproof.
    op.add_column(
        "catalogue_products",
        sa.Column(
            "sku_key", sa.String(), sa.Computed("upper(sku)", persisted=True), nullable=False
        ),
    )
    op.execute(
        """
        update catalogue_products p set sku_twin = t.number
        from (
          select id, row_number() over (partition by organisation_id, sku_key order by id) - 1 as number
          from catalogue_products
        ) t where t.id = p.id and t.number > 0
        """
    )
    op.create_index(
        "uq_catalogue_products_organisation_id_sku_any_case",
        "catalogue_products",
        ["organisation_id", "sku_key", "sku_twin"],
        unique=True,
    )
