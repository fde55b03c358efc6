"""Complaints are opened about orders, of which another module knows."""

from typing import Annotated

from fastapi import Response

from karavan.kit.authz import Actor, requires
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.support.public import (
    COMPLAINT_WRITE,
    ComplaintView,
    OpenComplaintBody,
    complaint_page,
)
from karavan.processes.open_complaint import complain

router = make_router("/complaints", "complaints")


@router.post("", response_model=ComplaintView, status_code=201)
async def open_about_order(
    body: OpenComplaintBody,
    session: Tx,
    actor: Annotated[Actor, requires(COMPLAINT_WRITE)],
) -> Response:
    """Complain about an order that was shipped, delivered or completed, or about one of its lines, with photographs.

    The supplier has two working days for an answer; after that its manager decides. Until it is settled the order is not
    completed by itself.
    """
    complaint = await complain(session, actor, body)
    await session.flush()
    found = await complaint_page(session, actor, complaint.id)
    return Response(found, status_code=201, media_type="application/json")
