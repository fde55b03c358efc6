"""What a buyer pays is looked up by its key, whatever was there when a connection planned the look.

A function's plans are kept by each connection until the table is analysed. One that was made while little had been worked out reads the
whole table, and goes on so when a hundred thousand prices stand there: a page of twenty products then took 20 ms instead of one.
"""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.execute("alter function catalogue_buyer_steps(uuid, uuid[]) set enable_seqscan = off")
