"""Price lists, who they are for, and the prices that follow from them."""

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    pass
