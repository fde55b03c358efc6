"""Groups of notifications: what people choose about when they say how they want to be told."""

from enum import StrEnum


class Group(StrEnum):
    """A group, in the order in which preferences list them."""

    OPPORTUNITIES = "opportunities"
    REQUESTS = "requests"
    QUOTES = "quotes"
    APPROVALS = "approvals"
    DEALS = "deals"
    ORDERS = "orders"
    INVOICES = "invoices"
    LINKS = "links"
    PRODUCTS = "products"
    MESSAGES = "messages"
    TEAM = "team"
    SYSTEM = "system"

    @property
    def mailed_by_default(self) -> bool:
        """Whether mail is sent to who has chosen nothing. The feed shows everything to them."""
        return self not in {Group.TEAM, Group.SYSTEM}
