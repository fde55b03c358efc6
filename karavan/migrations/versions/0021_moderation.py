"""What is known of a picture, and what waits for a moderator."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    pass
