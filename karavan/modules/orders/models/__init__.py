"""Tables of orders."""

from karavan.modules.orders.models.carts import (
    Cart,
    CartItem,
    OrderTemplate,
    StandingOrder,
    StandingRun,
)
from karavan.modules.orders.models.orders import Order, OrderLine, OrderMove, Shipment

__all__ = [
    "Cart",
    "CartItem",
    "Order",
    "OrderLine",
    "OrderMove",
    "OrderTemplate",
    "Shipment",
    "StandingOrder",
    "StandingRun",
]
