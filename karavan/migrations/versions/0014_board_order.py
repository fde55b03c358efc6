"""Open requests in the orders in which the board shows them: soonest deadline, newest."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_OPEN = sa.text("state = 'published'")


def upgrade() -> None:
    op.drop_index("ix_procurement_requests_board", table_name="procurement_requests")
    op.create_index(
        "ix_procurement_requests_open",
        "procurement_requests",
        ["quotes_due_at", "id"],
        postgresql_where=_OPEN,
    )
    op.create_index(
        "ix_procurement_requests_newest",
        "procurement_requests",
        [sa.text("published_at desc nulls last"), sa.text("id desc")],
        postgresql_where=_OPEN,
    )
