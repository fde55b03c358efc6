"""Why a moderator has refused a review outlives the review, so that writing it again does not publish it."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("catalogue_review_rights", sa.Column("refused_for", sa.String(), nullable=True))
