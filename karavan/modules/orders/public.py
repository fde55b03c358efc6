"""What other modules may use of orders."""

from karavan.modules.orders.actions.complain import hold_open
from karavan.modules.orders.actions.rows import lines_of, locked_order, visible_order
from karavan.modules.orders.lifecycle import ORDER, party_of
from karavan.modules.orders.models import Order, OrderLine
from karavan.modules.orders.permissions import CART_WRITE, ORDER_PLACE, ORDER_READ, ORDER_SELL
from karavan.modules.orders.queries.trade import have_ordered
from karavan.modules.orders.states import OrderKind, OrderState

__all__ = [
    "CART_WRITE",
    "ORDER",
    "ORDER_PLACE",
    "ORDER_READ",
    "ORDER_SELL",
    "Order",
    "OrderKind",
    "OrderLine",
    "OrderState",
    "have_ordered",
    "hold_open",
    "lines_of",
    "locked_order",
    "party_of",
    "visible_order",
]
