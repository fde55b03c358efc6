"""Events in: names of organisations, and credits that wait for a document."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.kit.jobs import enqueue
from karavan.modules.organisations.public import keep_name
from karavan.modules.support.models import Complaint
from karavan.modules.support.states import ComplaintState, Outcome
from karavan.modules.support.tasks import CREDIT


@handles("organisation.updated")
async def follow_name(session: AsyncSession, event: Event) -> None:
    """Keep the names that lists show, so that they need no join and can be searched."""
    await keep_name(
        session,
        event,
        (Complaint.organisation_id, Complaint.organisation_name),
        (Complaint.buyer_organisation_id, Complaint.buyer_organisation_name),
    )


@handles("complaint.resolved")
async def carry_out_consent(session: AsyncSession, event: Event) -> None:
    """What the buyer has agreed to becomes a credit note in the supplier's own transaction."""
    if event.payload["data"].get("by_consent"):
        await _credit_later(session, Complaint.id == event.aggregate_id)


@handles("order.invoiced")
async def carry_out_agreed(session: AsyncSession, event: Event) -> None:
    """Credits that were agreed before there was an invoice are taken off the one that has come."""
    await _credit_later(session, Complaint.order_id == event.aggregate_id)


async def _credit_later(session: AsyncSession, which: ColumnElement[bool]) -> None:
    found = await session.execute(
        select(Complaint.id, Complaint.organisation_id)
        .where(
            which,
            Complaint.state == ComplaintState.RESOLVED,
            Complaint.outcome == Outcome.CREDIT,
            Complaint.outcome_amount > Complaint.credited_amount,
        )
        .order_by(Complaint.id)
    )
    for row in found:
        await enqueue(
            session,
            CREDIT,
            complaint_id=str(row.id),
            organisation_id=str(row.organisation_id),
        )
