"""Events in, for deals: what happens to an invoice moves the deal that it belongs to."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.modules.procurement.actions.deals.invoice import lose_invoice, settle


@handles("invoice.paid")
async def follow_payment(session: AsyncSession, event: Event) -> None:
    """The deal is paid when its invoice is."""
    deal_id = _deal_of(event)
    if deal_id is not None:
        await settle(session, deal_id, event.aggregate_id)


@handles("invoice.voided")
async def follow_void(session: AsyncSession, event: Event) -> None:
    """A deal whose invoice was voided can be invoiced again."""
    deal_id = _deal_of(event)
    if deal_id is not None:
        await lose_invoice(session, deal_id, event.aggregate_id)


def _deal_of(event: Event) -> UUID | None:
    data = event.payload["data"]
    return UUID(data["subject_id"]) if data.get("subject_type") == "deal" else None
