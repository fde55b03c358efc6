"""Events in, for requests: the end of the last deal is the end of the request, and whoever is renamed is renamed there."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.modules.organisations.public import keep_name
from karavan.modules.procurement.actions.requests.end import close_locked
from karavan.modules.procurement.models import Deal, Invitation, Question, Quote, Request
from karavan.modules.procurement.queries.rows import locked_request
from karavan.modules.procurement.states import DealState, RequestState


@handles("deal.archived")
async def close_finished_request(session: AsyncSession, event: Event) -> None:
    """An awarded request closes by itself when every deal that stood has been archived."""
    deal = await session.get(Deal, event.aggregate_id)
    if deal is None:
        return
    request = await locked_request(session, deal.request_id)
    states = set(await session.scalars(select(Deal.state).where(Deal.request_id == request.id)))
    if request.state == RequestState.AWARDED and states <= {
        DealState.ARCHIVED,
        DealState.CANCELLED,
    }:
        await close_locked(session, None, request)


@handles("organisation.updated")
async def follow_name(session: AsyncSession, event: Event) -> None:
    """Keep the names that lists show, so that they need no join and can be searched. Contracts say what was signed."""
    await keep_name(
        session,
        event,
        (Request.organisation_id, Request.organisation_name),
        (Invitation.organisation_id, Invitation.organisation_name),
        (Question.organisation_id, Question.organisation_name),
        (Quote.organisation_id, Quote.organisation_name),
        (Deal.organisation_id, Deal.organisation_name),
        (Deal.vendor_organisation_id, Deal.vendor_organisation_name),
    )
