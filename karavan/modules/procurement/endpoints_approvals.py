"""Spending limits, and the approvals that they ask for."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Role, requires
from karavan.kit.clock import database_now
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.money import MoneyBody
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.procurement.actions.approvals.decide import approve, reject
from karavan.modules.procurement.actions.approvals.open import open_approval
from karavan.modules.procurement.actions.approvals.set_rules import rules_of, set_rules
from karavan.modules.procurement.lifecycles import APPROVAL
from karavan.modules.procurement.models import Approval, ApprovalRule
from karavan.modules.procurement.permissions import (
    APPROVAL_CONFIGURE,
    APPROVAL_READ,
    REQUEST_READ,
    REQUEST_WRITE,
)
from karavan.modules.procurement.queries.approvals import (
    APPROVAL_SORTS,
    approval_page,
    approval_view,
    list_approvals,
    publish_need,
)
from karavan.modules.procurement.schemas.approvals import (
    ApprovalNeedView,
    ApprovalRulesBody,
    ApprovalRulesView,
    ApprovalRuleView,
    ApprovalView,
    DecisionBody,
    OpenApprovalBody,
)
from karavan.modules.procurement.states import ApprovalPurpose, ApprovalState

rules = make_router("/approval-rules", "approvals")
requests = make_router("/requests", "approvals")
router = make_router("/approvals", "approvals")
routers = [rules, requests, router]


def _rules_view(rows: list[ApprovalRule]) -> ApprovalRulesView:
    return ApprovalRulesView(
        rules=[
            ApprovalRuleView(
                id=row.id,
                purpose=ApprovalPurpose(row.purpose),
                above=MoneyBody.of(row.above_amount, row.currency),
                approver_role=Role(row.approver_role),
            )
            for row in rows
        ]
    )


@rules.get("")
async def get_rules(
    actor: Annotated[Actor, requires(APPROVAL_READ)], session: Tx
) -> ApprovalRulesView:
    """Your organisation's spending limits."""
    return _rules_view(await rules_of(session, actor))


@rules.put("")
async def replace_rules(
    body: ApprovalRulesBody,
    actor: Annotated[Actor, requires(APPROVAL_CONFIGURE)],
    session: Tx,
) -> ApprovalRulesView:
    """Replace all spending limits. Amounts of other currencies are compared by the stored rates."""
    return _rules_view(await set_rules(session, actor, body))


@requests.get("/{request_id}/approvals")
async def get_publish_need(
    request_id: UUID, actor: Annotated[Actor, requires(REQUEST_READ)], session: Tx
) -> ApprovalNeedView:
    """Whose agreement is still missing before you could publish the request as it is now."""
    return await publish_need(session, actor, request_id)


@requests.post("/{request_id}/approvals", status_code=HTTPStatus.CREATED)
async def request_approval(
    request_id: UUID,
    body: OpenApprovalBody,
    actor: Annotated[Actor, requires(REQUEST_WRITE)],
    session: Tx,
) -> ApprovalView:
    """Ask for approval of publishing the request as it is now, or of exactly this award."""
    approval = await open_approval(session, actor, request_id, body)
    await session.refresh(approval)
    return approval_view(approval, actor, await database_now(session))


@router.get("")
async def list_own_approvals(
    actor: Annotated[Actor, requires(APPROVAL_READ)],
    session: Tx,
    paging: Paging,
    sort: Annotated[list[str], APPROVAL_SORTS.parameter()],
    state: Annotated[list[ApprovalState] | None, Query()] = None,
    purpose: ApprovalPurpose | None = None,
    request_id: UUID | None = None,
    *,
    mine: Annotated[bool, Query(description="Only those that wait for you.")] = False,
    asked: Annotated[bool, Query(description="Only those that you asked for.")] = False,
) -> Page[ApprovalView]:
    """Approvals of your organisation."""
    return await list_approvals(
        session,
        actor,
        states=state or (),
        purpose=purpose,
        request_id=request_id,
        mine=mine,
        asked=asked,
        sort=sort,
        paging=paging,
    )


@router.get("/{approval_id}")
async def get_approval(
    approval_id: UUID, actor: Annotated[Actor, requires(APPROVAL_READ)], session: Tx
) -> ApprovalView:
    """An approval with every step."""
    return await approval_page(session, actor, approval_id)


async def _answer(session: AsyncSession, actor: Actor, approval: Approval) -> ApprovalView:
    await session.refresh(approval)
    return approval_view(approval, actor, await database_now(session))


add_transition_routes(
    router,
    APPROVAL,
    {"approve": Command(approve, DecisionBody), "reject": Command(reject, DecisionBody)},
    view=_answer,
    response_model=ApprovalView,
)
