"""States of orders and of what surrounds them."""

from enum import StrEnum


class OrderKind(StrEnum):
    """How an order came about. Retail and contract orders go through the same life."""

    WHOLESALE = "wholesale"
    RETAIL = "retail"
    CONTRACT = "contract"


class OrderState(StrEnum):
    """How far an order has come."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class OrderStatusWord(StrEnum):
    """Both wordings of an order's state: wholesalers say accepted and in_progress for confirmed and processing."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    PROCESSING = "processing"
    IN_PROGRESS = "in_progress"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"

    @property
    def state(self) -> OrderState:
        """The state that the word means."""
        return _MEANT.get(self) or OrderState(self.value)


_MEANT = {
    OrderStatusWord.ACCEPTED: OrderState.CONFIRMED,
    OrderStatusWord.IN_PROGRESS: OrderState.PROCESSING,
}
_SPOKEN = {state: word for word, state in _MEANT.items()}


def wholesale_word(state: str) -> OrderStatusWord:
    """The state in the words of wholesale."""
    return _SPOKEN.get(OrderState(state)) or OrderStatusWord(state)


class StandingState(StrEnum):
    """Whether a standing order runs."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class RunOutcome(StrEnum):
    """What became of one turn of a standing order."""

    PLACED = "placed"
    SKIPPED = "skipped"


class Schedule(StrEnum):
    """By what a standing order's days are counted."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
