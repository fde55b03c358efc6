"""What other modules may use of the catalogue."""

from karavan.modules.catalogue.models.products import ChangeRequest, PriceChange, Product
from karavan.modules.catalogue.permissions import PRODUCT_READ, PRODUCT_WRITE, STOCK_WRITE
from karavan.modules.catalogue.states import ProductState, ProductVisibility
from karavan.modules.catalogue.stock import (
    Allocation,
    Count,
    Demand,
    adjust,
    allocate,
    receive,
    release,
    ship_allocated,
)

__all__ = [
    "PRODUCT_READ",
    "PRODUCT_WRITE",
    "STOCK_WRITE",
    "Allocation",
    "ChangeRequest",
    "Count",
    "Demand",
    "PriceChange",
    "Product",
    "ProductState",
    "ProductVisibility",
    "adjust",
    "allocate",
    "receive",
    "release",
    "ship_allocated",
]
