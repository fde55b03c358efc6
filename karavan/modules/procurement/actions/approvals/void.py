"""Approvals of what has changed since count for nothing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.modules.procurement.actions.approvals.subjects import publish_subject
from karavan.modules.procurement.lifecycles import APPROVAL
from karavan.modules.procurement.models import Approval, Deal, Request, RequestLine
from karavan.modules.procurement.states import ApprovalPurpose, ApprovalState

_LIVE = (ApprovalState.PENDING, ApprovalState.APPROVED)


async def void_outdated(
    session: AsyncSession, request: Request, lines: Sequence[RequestLine]
) -> None:
    """Make void whatever was asked or agreed about publishing an earlier content of a draft, which the caller has locked."""
    current = publish_subject(request, lines).fingerprint
    for approval in await _locked(session, request.id, Approval.purpose == ApprovalPurpose.PUBLISH):
        if approval.fingerprint != current:
            await _void(session, approval)


async def void_awards(session: AsyncSession, request: Request) -> None:
    """Make void whatever was asked or agreed about awarding the request, because it has been amended."""
    for approval in await _locked(session, request.id, Approval.purpose == ApprovalPurpose.AWARD):
        await _void(session, approval)


async def void_terms(session: AsyncSession, deal: Deal) -> None:
    """Make void what nobody has decided about a deal's terms, because others have replaced them or they are signed.

    What was agreed stays: it counts for those terms alone. The approvals are the buyer's, and a vendor may be the one
    who acts: callers act as the system.
    """
    about = Approval.summary["deal_id"].astext == str(deal.id)
    for approval in await _locked(
        session, deal.request_id, (Approval.state == ApprovalState.PENDING) & about
    ):
        await _void(session, approval)
    await session.flush()


async def void_undecided(session: AsyncSession, request: Request) -> None:
    """Make void whatever nobody has decided, because the request has come to an end."""
    for approval in await _locked(session, request.id, Approval.state == ApprovalState.PENDING):
        await _void(session, approval)


async def _locked(
    session: AsyncSession, request_id: UUID, wanted: ColumnElement[bool]
) -> list[Approval]:
    # The lock makes a decision that is being written come first, so that it becomes void as well.
    found = await session.scalars(
        select(Approval)
        .where(Approval.request_id == request_id, Approval.state.in_(_LIVE), wanted)
        .order_by(Approval.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found)


async def _void(session: AsyncSession, approval: Approval) -> None:
    move = APPROVAL.check(approval, "void", None, await database_now(session))
    approval.next_role = None
    APPROVAL.apply(
        session,
        move,
        data={
            "request_id": str(approval.request_id),
            "purpose": approval.purpose,
            "requested_by": str(approval.requested_by),
        },
    )
