"""Agree to spending, or refuse it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import NotFoundError, invalid
from karavan.modules.procurement.approval_chain import next_step
from karavan.modules.procurement.lifecycles import APPROVAL
from karavan.modules.procurement.models import Approval
from karavan.modules.procurement.schemas.approvals import DecisionBody
from karavan.modules.procurement.states import ApprovalState


async def approve(
    session: AsyncSession, actor: Actor, approval_id: UUID, body: DecisionBody
) -> Approval:
    """Agree to the next undecided step. One decision is one step, even when the same person may take the next as well."""
    return await _decide(session, actor, approval_id, body, "approve")


async def reject(
    session: AsyncSession, actor: Actor, approval_id: UUID, body: DecisionBody
) -> Approval:
    """Refuse, with a reason. That ends the approval: a changed request can be submitted anew."""
    return await _decide(session, actor, approval_id, body, "reject")


async def _decide(
    session: AsyncSession, actor: Actor, approval_id: UUID, body: DecisionBody, verb: str
) -> Approval:
    found = await session.scalars(
        select(Approval).where(Approval.id == approval_id).with_for_update()
    )
    approval = found.one_or_none()
    if approval is None:
        raise NotFoundError
    if body.version is None:
        raise invalid("#/version", "required", "Say which version of the approval you have read.")
    now = await database_now(session)
    # The version names the step that was read: of two who decide at once the second gets a conflict.
    move = APPROVAL.check(approval, verb, actor, now, body)
    steps = [dict(step) for step in approval.steps]
    step = next_step(steps)
    if step is None:
        raise RuntimeError(f"approval {approval.id} is pending without a step to decide")
    agreed = verb == "approve"
    step |= {
        "state": "approved" if agreed else "rejected",
        "decided_by": str(actor.user_id),
        "decided_by_name": actor.display_name,
        "decided_at": rfc3339(now),
        "reason": move.reason,
    }
    following = next_step(steps) if agreed else None
    approval.steps = steps
    approval.next_role = following["role"] if following else None
    if following is None:
        approval.decided_at = now
    reached = _reached(agreed=agreed, following=following)
    APPROVAL.apply(
        session,
        move,
        target=reached,
        after={"step": step["role"], "decision": step["state"]},
        data={
            "request_id": str(approval.request_id),
            "purpose": approval.purpose,
            "requested_by": str(approval.requested_by),
            "decision": step["state"],
            "step": step["role"],
            "next_role": following["role"] if following else None,
        },
    )
    await session.flush()
    return approval


def _reached(*, agreed: bool, following: dict[str, Any] | None) -> ApprovalState:
    if not agreed:
        return ApprovalState.REJECTED
    return ApprovalState.APPROVED if following is None else ApprovalState.PENDING
