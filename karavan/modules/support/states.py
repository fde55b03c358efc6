"""States of a complaint, what it is about, and how it may end."""

from enum import StrEnum


class ComplaintState(StrEnum):
    """How far a complaint has come. The supplier's clock runs in `open` and `escalated`."""

    OPEN = "open"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class ComplaintKind(StrEnum):
    """What is wrong."""

    DAMAGED = "damaged"
    MISSING = "missing"
    WRONG_GOODS = "wrong_goods"
    LATE = "late"
    QUALITY = "quality"
    OTHER = "other"


class Wanted(StrEnum):
    """What the buyer asks for."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    CREDIT = "credit"


class Outcome(StrEnum):
    """How a complaint ends."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    CREDIT = "credit"
    DECLINED = "declined"

    @property
    def gives_money(self) -> bool:
        """Whether an amount belongs to it."""
        return self in {Outcome.REFUND, Outcome.CREDIT}


class StatusWord(StrEnum):
    """What a status is set to: the state that is to be reached, or the verb that leads there."""

    OPEN = "open"
    REPLY = "reply"
    ANSWER = "answer"
    ANSWERED = "answered"
    ESCALATE = "escalate"
    ESCALATED = "escalated"
    RESOLVE = "resolve"
    RESOLVED = "resolved"
    WITHDRAW = "withdraw"
    WITHDRAWN = "withdrawn"
    APPEAL = "appeal"
    APPEALED = "appealed"
    ACCEPT = "accept"
    ACCEPTED = "accepted"


RUNNING = (ComplaintState.OPEN, ComplaintState.ANSWERED, ComplaintState.ESCALATED)
"""States of a complaint that is not settled."""
