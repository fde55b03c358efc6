"""Orders on paper: the proforma for the buyer, the packing slip for the parcel."""

from karavan.modules.orders.rendering.pdf import render_packing_slip, render_proforma
from karavan.modules.orders.rendering.view import PaperLine, PaperOrder, PaperShipment

__all__ = [
    "PaperLine",
    "PaperOrder",
    "PaperShipment",
    "render_packing_slip",
    "render_proforma",
]
