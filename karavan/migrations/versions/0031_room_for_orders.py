"""What every order changes stays on its page.

Where a page has no room for a row's next version, that version goes to another page and into every index of the table. Most of
the products of a large market are ordered seldom, so their pages were full each time: orders wrote far more to the log
than in a small market, whose pages had been given their room by the orders before.
"""

from alembic import op

revision = "0031"
down_revision = "0030"

# A page holds some seven products, and so keeps room for one more; of levels there are eighty.
_FULL_PERCENT = {"catalogue_products": 80, "catalogue_stock_levels": 85}


def upgrade() -> None:
    for table, percent in _FULL_PERCENT.items():
        op.execute(f"alter table {table} set (fillfactor = {percent})")
