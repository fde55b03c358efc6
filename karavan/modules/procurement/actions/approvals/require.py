"""Make sure that spending limits are kept: asked by publish, award and what changes them, in their own transactions."""

from datetime import UTC

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Role
from karavan.kit.clock import database_now
from karavan.modules.procurement.approval_chain import (
    ApprovalSubject,
    SpendingRule,
    chain,
    covers,
)
from karavan.modules.procurement.errors import (
    ApprovalRequiredError,
    NoExchangeRateError,
    SpendingLimitError,
)
from karavan.modules.procurement.models import Approval, ApprovalRule, Request
from karavan.modules.procurement.rates import RateBook, rate_book
from karavan.modules.procurement.states import ApprovalPurpose, ApprovalState


async def require_approval(
    session: AsyncSession,
    actor: Actor,
    request: Request,
    purpose: ApprovalPurpose,
    amount: int | None,
    currency: str,
    fingerprint: str,
) -> None:
    """Refuse unless everybody whose agreement the rules ask for has given it to exactly this.

    Args:
        request: locked by the caller.
        amount: minor units of `currency`; nothing when it is unknown, and then every rule applies.
        fingerprint: SHA-256 of what is decided; an approval of anything else does not count.

    Raises:
        ApprovalRequiredError: `meta` has `steps` (roles still needed), and `approval_id` and `state` of the latest approval of
            exactly this, if somebody has asked for one.
    """
    needed = await needed_roles(session, actor, purpose, amount, currency)
    if not needed:
        return
    approval = await latest_approval(session, request, purpose, fingerprint)
    if (
        approval is not None
        and approval.state == ApprovalState.APPROVED
        and covers(approval.steps, needed)
    ):
        return
    raise ApprovalRequiredError(
        approval_id=str(approval.id) if approval else None,
        state=approval.state if approval else None,
        purpose=purpose.value,
        steps=[role.value for role in needed],
    )


async def require_subject(
    session: AsyncSession, actor: Actor, request: Request, subject: ApprovalSubject
) -> None:
    """`require_approval` for a subject.

    Raises:
        ApprovalRequiredError: somebody's agreement is missing.
    """
    await require_approval(
        session,
        actor,
        request,
        subject.purpose,
        subject.amount,
        subject.currency,
        subject.fingerprint,
    )


async def refuse_growth(
    session: AsyncSession,
    actor: Actor,
    purpose: ApprovalPurpose,
    before: int | None,
    after: int | None,
    currency: str,
) -> None:
    """Refuse spending that has grown since it was allowed, when it is past the actor's own limit.

    Whoever agreed, agreed to the amount before. Without this a decision within the limits could be changed to any amount.

    Args:
        before: minor units that were allowed; nothing when the amount was unknown, and then any was.
        after: minor units now; nothing when they are no longer known, and then every rule applies.

    Raises:
        SpendingLimitError: `meta.role` is the role that may act instead, or any above it.
    """
    if before is None or (after is not None and after <= before):
        return
    if needed := await needed_roles(session, actor, purpose, after, currency):
        roles = [role.value for role in needed]
        raise SpendingLimitError(purpose=purpose.value, steps=roles, role=roles[-1])


async def needed_roles(
    session: AsyncSession,
    actor: Actor,
    purpose: ApprovalPurpose,
    amount: int | None,
    currency: str,
) -> list[Role]:
    """Roles that must agree before the actor may spend `amount`, the lowest first; empty when none must."""
    found = await session.scalars(
        select(ApprovalRule).where(
            ApprovalRule.organisation_id == actor.organisation_id, ApprovalRule.purpose == purpose
        )
    )
    rows = list(found)
    if not rows:
        return []
    today = (await database_now(session)).astimezone(UTC).date()
    rates = await rate_book(session, actor.organisation_id, today)
    rules = [
        SpendingRule(
            Role(row.approver_role),
            row.above_amount,
            _in_currency(rates, amount, currency, row.currency),
        )
        for row in rows
    ]
    return chain(rules, actor.role)


async def latest_approval(
    session: AsyncSession, request: Request, purpose: ApprovalPurpose, fingerprint: str
) -> Approval | None:
    """The latest approval of exactly this that has not become void."""
    found = await session.scalars(
        select(Approval)
        .where(
            Approval.request_id == request.id,
            Approval.organisation_id == request.organisation_id,
            Approval.purpose == purpose,
            Approval.fingerprint == fingerprint,
            Approval.state != ApprovalState.VOID,
        )
        .order_by(Approval.created_at.desc(), Approval.id.desc())
        .limit(1)
    )
    return found.first()


def _in_currency(rates: RateBook, amount: int | None, currency: str, wanted: str) -> int | None:
    """`amount` in the rule's currency; nothing when there is no rate into it, and the rule then applies."""
    if amount is None or currency == wanted:
        return amount
    try:
        return rates.find(currency, wanted).convert(amount)
    except NoExchangeRateError:
        return None
