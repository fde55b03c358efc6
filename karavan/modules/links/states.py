"""States of a trading link."""

from enum import StrEnum


class LinkState(StrEnum):
    """How two organisations stand to one another."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DENIED = "denied"
    BLOCKED = "blocked"
    WITHDRAWN = "withdrawn"
    LEFT = "left"


LIVE = (LinkState.PENDING, LinkState.ACCEPTED, LinkState.BLOCKED)
"""States of which an ordered pair of organisations has one link at most."""

LIVE_SQL = "state in ('pending', 'accepted', 'blocked')"
