"""What the papers of an order are drawn from."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import as_system
from karavan.kit.documents.formatting import Language
from karavan.kit.errors import NotFoundError
from karavan.kit.tenancy import caller_is
from karavan.modules.invoicing.public import party_of, party_snapshot
from karavan.modules.orders.actions.rows import lines_of, visible_order
from karavan.modules.orders.models import Shipment
from karavan.modules.orders.rendering import PaperLine, PaperOrder, PaperShipment


async def paper_order(session: AsyncSession, order_id: UUID) -> PaperOrder:
    """An order for its papers, with both parties' details as they are now.

    Raises:
        NotFoundError: the caller is no side of such an order.
    """
    order = await visible_order(session, order_id)
    lines = await lines_of(session, order.id)
    # The seller's bank account stands on the proforma, whichever side opens it; the buyer's is no business of theirs.
    async with as_system(session):
        seller = await party_snapshot(session, order.organisation_id)
        buyer = await party_snapshot(session, order.buyer_organisation_id)
    buyer.pop("bank", None)
    return PaperOrder(
        number=order.number,
        placed_on=order.created_at.date(),
        created_at=order.created_at,
        language=Language(order.language),
        seller=party_of(seller, charges_vat=any(line.tax_rate > 0 for line in lines)),
        buyer=party_of(buyer),
        currency=order.currency,
        lines=tuple(
            PaperLine(
                id=line.id,
                sku=line.sku,
                name=line.names.get(order.language, line.name),
                options=", ".join(line.options.values()),
                unit_code=line.unit,
                ordered=line.quantity,
                quantity=line.confirmed_quantity,
                unit_price_amount=line.unit_price_amount,
                tax_rate=line.tax_rate,
            )
            for line in lines
        ),
        delivery_address=order.delivery_address,
        wanted_on=order.wanted_on,
        buyer_reference=order.buyer_reference,
        payment_days=order.payment_days,
        note=order.note,
    )


async def paper_shipment(
    session: AsyncSession, order_id: UUID, position: int | None
) -> PaperShipment | None:
    """A shipment of an order, the last one by default; nothing when nothing has left yet.

    Raises:
        NotFoundError: there is none of this position.
    """
    wanted = select(Shipment).where(
        Shipment.order_id == order_id,
        caller_is(Shipment.organisation_id, Shipment.buyer_organisation_id),
    )
    if position is not None:
        wanted = wanted.where(Shipment.position == position)
    shipment = await session.scalar(wanted.order_by(Shipment.position.desc()).limit(1))
    if shipment is None:
        if position is not None:
            raise NotFoundError
        return None
    return PaperShipment(
        position=shipment.position,
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        shipped_on=shipment.created_at.date(),
        quantities={UUID(one["line_id"]): Decimal(one["quantity"]) for one in shipment.lines},
    )
