"""Routes of complaints and of working time. A complaint is opened by a process, which knows orders as well."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, requires
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import Line
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.support.actions.hours import hours_view, set_hours
from karavan.modules.support.actions.people import assign
from karavan.modules.support.actions.set_status import set_status
from karavan.modules.support.actions.settle import accept, appeal, escalate, resolve, withdraw
from karavan.modules.support.actions.talk import add_evidence, answer, reply
from karavan.modules.support.lifecycle import COMPLAINT
from karavan.modules.support.models import Complaint
from karavan.modules.support.permissions import (
    BUSINESS_HOURS_WRITE,
    COMPLAINT_ANSWER,
    COMPLAINT_ESCALATE,
    COMPLAINT_READ,
)
from karavan.modules.support.queries import (
    COMPLAINT_SORTS,
    ComplaintFilter,
    complaint_page,
    complaint_statistics,
    count_complaints,
    list_complaints,
)
from karavan.modules.support.schemas import (
    BusinessHoursBody,
    BusinessHoursView,
    ComplaintAnswerBody,
    ComplaintAssigneeBody,
    ComplaintFacets,
    ComplaintListItem,
    ComplaintReplyBody,
    ComplaintResolveBody,
    ComplaintStatistics,
    ComplaintStatusBody,
    ComplaintView,
    EvidenceBody,
)
from karavan.modules.support.states import ComplaintKind, ComplaintState

router = make_router("/complaints", "complaints")
hours_router = make_router("/business-hours", "complaints")
routers = [router, hours_router]

JSON = "application/json"
Reader = Annotated[Actor, requires(COMPLAINT_READ)]


async def _wanted(
    side: Annotated[
        str | None, Query(pattern="^(buyer|seller)$", description="Both by default.")
    ] = None,
    state: Annotated[list[ComplaintState] | None, Query()] = None,
    kind: Annotated[list[ComplaintKind] | None, Query()] = None,
    q: Annotated[
        Line | None, Query(description="In a number, a name, the product or the text.")
    ] = None,
    partner_id: Annotated[UUID | None, Query(description="The other side.")] = None,
    order_id: Annotated[UUID | None, Query()] = None,
    *,
    mine: Annotated[bool, Query(description="Only those assigned to the reader.")] = False,
    overdue: Annotated[bool | None, Query(description="With or without a missed deadline.")] = None,
) -> ComplaintFilter:
    return ComplaintFilter(
        side=side,
        states=state or (),
        kinds=kind or (),
        words=q or None,
        partner_id=partner_id,
        order_id=order_id,
        mine=mine,
        overdue=overdue,
    )


Filter = Annotated[ComplaintFilter, Depends(_wanted)]


async def _view(
    session: AsyncSession, actor: Actor, complaint: Complaint, status: int = 200
) -> Response:
    await session.flush()
    found = await complaint_page(session, actor, complaint.id)
    return Response(found, status_code=status, media_type=JSON)


@router.get("", response_model=Page[ComplaintListItem])
async def list_all(
    session: Tx,
    actor: Reader,
    wanted: Filter,
    paging: Paging,
    sort: Annotated[list[str], COMPLAINT_SORTS.parameter()],
) -> Response:
    """The organisation's complaints, those that it made and those that it answers."""
    found = await list_complaints(session, actor, wanted, sort=sort, paging=paging)
    return Response(found, media_type=JSON)


@router.get("/facets", response_model=ComplaintFacets)
async def read_facets(session: Tx, actor: Reader, wanted: Filter) -> Response:
    """How many complaints match the other filters, by state."""
    return Response(await count_complaints(session, actor, wanted), media_type=JSON)


@router.get("/statistics", response_model=ComplaintStatistics)
async def read_statistics(
    session: Tx,
    actor: Annotated[Actor, requires(COMPLAINT_READ)],
    days: Annotated[int, Query(ge=1, le=730)] = 90,
) -> Response:
    """How the organisation answers its buyers: in time or not, escalated, and with which outcomes."""
    return Response(await complaint_statistics(session, actor, days), media_type=JSON)


@router.get("/{complaint_id}", response_model=ComplaintView)
async def read(complaint_id: UUID, session: Tx, actor: Reader) -> Response:
    """A complaint with its history, its evidence and its thread."""
    return Response(await complaint_page(session, actor, complaint_id), media_type=JSON)


@router.patch("/{complaint_id}/status", response_model=ComplaintView)
async def change_status(
    complaint_id: UUID,
    body: Annotated[ComplaintStatusBody, versioned(ComplaintStatusBody)],
    session: Tx,
    actor: Annotated[Actor, requires(COMPLAINT_ESCALATE)],
) -> Response:
    """Move a complaint by the name of a state or by a verb, with what that transition takes."""
    return await _view(session, actor, await set_status(session, actor, complaint_id, body))


@router.post("/{complaint_id}/evidence", response_model=ComplaintView, status_code=201)
async def create_evidence(
    complaint_id: UUID,
    body: EvidenceBody,
    session: Tx,
    actor: Annotated[Actor, requires(COMPLAINT_ESCALATE)],
) -> Response:
    """Put in photographs or papers. Nobody can change them or take them back any more."""
    return await _view(session, actor, await add_evidence(session, actor, complaint_id, body), 201)


@router.put("/{complaint_id}/assignee", response_model=ComplaintView)
async def put_assignee(
    complaint_id: UUID,
    body: Annotated[ComplaintAssigneeBody, versioned(ComplaintAssigneeBody)],
    session: Tx,
    actor: Annotated[Actor, requires(COMPLAINT_ANSWER)],
) -> Response:
    """Give the complaint to a colleague."""
    return await _view(session, actor, await assign(session, actor, complaint_id, body))


@hours_router.get("")
async def read_hours(session: Tx, actor: Reader) -> BusinessHoursView:
    """When the organisation works: deadlines of complaints run in these hours."""
    return await hours_view(session, actor)


@hours_router.put("")
async def put_hours(
    body: Annotated[BusinessHoursBody, versioned(BusinessHoursBody)],
    session: Tx,
    actor: Annotated[Actor, requires(BUSINESS_HOURS_WRITE)],
) -> BusinessHoursView:
    """Set when the organisation works. Deadlines that run already stay as they were told."""
    await set_hours(session, actor, body)
    return await hours_view(session, actor)


add_transition_routes(
    router,
    COMPLAINT,
    {
        "answer": Command(answer, ComplaintAnswerBody),
        "reply": Command(reply, ComplaintReplyBody),
        "accept": Command(accept),
        "escalate": Command(escalate),
        "resolve": Command(resolve, ComplaintResolveBody),
        "withdraw": Command(withdraw),
        "appeal": Command(appeal),
    },
    view=_view,
    response_model=ComplaintView,
)
