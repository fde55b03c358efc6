"""Orders on paper: the proforma for the buyer, the packing slip for the parcel.

Both take some tenths of a second, so call them in a thread. The library that draws takes a quarter of a second to
import, which every start would otherwise wait for.
"""

from karavan.modules.orders.rendering.view import PaperLine, PaperOrder, PaperShipment

__all__ = [
    "PaperLine",
    "PaperOrder",
    "PaperShipment",
    "render_packing_slip",
    "render_proforma",
]


def render_proforma(order: PaperOrder) -> bytes:
    """The proforma as a PDF."""
    from karavan.modules.orders.rendering import pdf

    return pdf.render_proforma(order)


def render_packing_slip(order: PaperOrder, shipment: PaperShipment | None) -> bytes:
    """The packing slip of a parcel, or of all that is still to leave, as a PDF."""
    from karavan.modules.orders.rendering import pdf

    return pdf.render_packing_slip(order, shipment)
