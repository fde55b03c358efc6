"""What modules above procurement ask about a request in order to choose whom to tell. For system transactions."""

from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.procurement.models import Invitation, Quote, Request
from karavan.modules.procurement.states import QuoteState, RequestState


class RequestFacts(Struct, frozen=True, kw_only=True):
    """A request in a few words.

    Attributes:
        sealed: at this moment nobody but its vendor may know whose a quote is.
        ended_without_award: cancelled, or closed with no winner.
    """

    id: UUID
    label: str
    title: str
    organisation_id: UUID
    organisation_name: str
    state: str
    sealed: bool
    ended_without_award: bool


async def request_facts(session: AsyncSession, request_id: UUID) -> RequestFacts | None:
    """The facts as they stand now; nothing when the request is gone."""
    row = (
        await session.execute(
            select(
                Request,
                Request.sealed & (Request.quotes_due_at > func.clock_timestamp()),
            ).where(Request.id == request_id)
        )
    ).one_or_none()
    if row is None:
        return None
    request, sealed = row
    return RequestFacts(
        id=request.id,
        label=request.number or request.title,
        title=request.title,
        organisation_id=request.organisation_id,
        organisation_name=request.organisation_name,
        state=request.state,
        sealed=bool(sealed),
        ended_without_award=request.state == RequestState.CANCELLED
        or (request.state == RequestState.CLOSED and request.awarded_at is None),
    )


async def bidders_of(session: AsyncSession, request_id: UUID) -> list[UUID]:
    """Vendors who take part: invited and not declined, or with a quote that was not withdrawn."""
    invited = select(Invitation.organisation_id).where(
        Invitation.request_id == request_id, Invitation.declined_at.is_(None)
    )
    quoting = select(Quote.organisation_id).where(
        Quote.request_id == request_id, Quote.state != QuoteState.WITHDRAWN
    )
    return sorted((await session.execute(union(invited, quoting))).scalars())
