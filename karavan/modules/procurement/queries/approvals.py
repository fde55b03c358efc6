"""Approvals as their readers see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import NotFoundError
from karavan.kit.money import MoneyBody
from karavan.kit.pagination import Page, PageParameters, Sorting, count_rows
from karavan.modules.procurement.actions.approvals.require import latest_approval, needed_roles
from karavan.modules.procurement.actions.approvals.subjects import publish_subject
from karavan.modules.procurement.actions.requests.duplicate import own_request
from karavan.modules.procurement.approval_chain import APPROVER_ROLES, covers, outranks
from karavan.modules.procurement.lifecycles import APPROVAL
from karavan.modules.procurement.models import Approval
from karavan.modules.procurement.queries.rows import live_lines
from karavan.modules.procurement.schemas.approvals import (
    ApprovalNeedView,
    ApprovalStepView,
    ApprovalView,
)
from karavan.modules.procurement.states import ApprovalPurpose, ApprovalState

APPROVAL_SORTS = Sorting(
    "ApprovalSort",
    {"created_at": Approval.created_at, "amount": Approval.amount},
    default="-created_at",
)


def approval_view(approval: Approval, actor: Actor, now: datetime) -> ApprovalView:
    """An approval, with what the reader may do now."""
    return ApprovalView(
        id=approval.id,
        request_id=approval.request_id,
        purpose=ApprovalPurpose(approval.purpose),
        state=ApprovalState(approval.state),
        amount=None
        if approval.amount is None
        else MoneyBody.of(approval.amount, approval.currency),
        summary=approval.summary,
        steps=[ApprovalStepView.model_validate(step) for step in approval.steps],
        requested_by=approval.requested_by,
        requested_by_name=approval.requested_by_name,
        created_at=approval.created_at,
        decided_at=approval.decided_at,
        version=approval.version,
        actions=APPROVAL.actions(approval, actor, now),
    )


async def list_approvals(
    session: AsyncSession,
    actor: Actor,
    *,
    states: Sequence[ApprovalState],
    purpose: ApprovalPurpose | None,
    request_id: UUID | None,
    mine: bool,
    asked: bool,
    sort: Sequence[str],
    paging: PageParameters,
) -> Page[ApprovalView]:
    """A page of the organisation's approvals.

    Args:
        mine: only those whose next step the actor may decide.
        asked: only those that the actor asked for.
    """
    wanted = select(Approval).where(Approval.organisation_id == actor.organisation_id)
    if states:
        wanted = wanted.where(Approval.state.in_(states))
    if purpose is not None:
        wanted = wanted.where(Approval.purpose == purpose)
    if request_id is not None:
        wanted = wanted.where(Approval.request_id == request_id)
    if mine:
        roles = [role for role in APPROVER_ROLES if outranks(actor.role, role)]
        wanted = wanted.where(
            Approval.state == ApprovalState.PENDING,
            Approval.next_role.in_(roles),
            Approval.requested_by != actor.user_id,
        )
    if asked:
        wanted = wanted.where(Approval.requested_by == actor.user_id)
    found = await session.scalars(
        wanted.order_by(*APPROVAL_SORTS.clauses(sort, Approval.id))
        .limit(paging.size)
        .offset(paging.offset)
    )
    now = await database_now(session)
    total = await count_rows(session, wanted)
    return paging.answer([approval_view(one, actor, now) for one in found], total)


async def approval_page(session: AsyncSession, actor: Actor, approval_id: UUID) -> ApprovalView:
    """One approval.

    Raises:
        NotFoundError: it is not the organisation's own.
    """
    approval = await session.get(Approval, approval_id)
    if approval is None or approval.organisation_id != actor.organisation_id:
        raise NotFoundError
    return approval_view(approval, actor, await database_now(session))


async def publish_need(session: AsyncSession, actor: Actor, request_id: UUID) -> ApprovalNeedView:
    """Whose agreement is missing if the actor published the request as it is now.

    Raises:
        NotFoundError: it is no request of the actor's organisation.
    """
    request = await own_request(session, actor, request_id)
    subject = publish_subject(request, await live_lines(session, request.id))
    needed = await needed_roles(session, actor, subject.purpose, subject.amount, subject.currency)
    approval = await latest_approval(session, request, subject.purpose, subject.fingerprint)
    agreed = (
        approval is not None
        and approval.state == ApprovalState.APPROVED
        and covers(approval.steps, needed)
    )
    return ApprovalNeedView(
        needed_roles=[] if agreed else needed,
        approval=approval_view(approval, actor, await database_now(session)) if approval else None,
    )
