"""The tree of categories and the attributes of each."""

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    pass
