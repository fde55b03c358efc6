"""Say from which amounts on whose agreement is needed."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.ids import new_id
from karavan.kit.locks import lock_name
from karavan.modules.procurement.models import ApprovalRule
from karavan.modules.procurement.schemas.approvals import ApprovalRulesBody


async def set_rules(
    session: AsyncSession, actor: Actor, body: ApprovalRulesBody
) -> list[ApprovalRule]:
    """Replace the organisation's rules. Approvals that were given stay, but must cover what the new rules ask.

    Raises:
        ValidationError: a rule stands there twice.
    """
    keys = [(r.purpose, r.above.currency, r.above.amount, r.approver_role) for r in body.rules]
    errors = [
        FieldError(pointer=f"#/rules/{i}", code="duplicate", detail="This rule stands here twice.")
        for i, key in enumerate(keys)
        if key in keys[:i]
    ]
    if errors:
        raise ValidationError(errors=errors)
    # Replacing all rules is deleting and inserting: two at once would leave the union of both.
    await lock_name(session, "approval-rules", actor.organisation_id)
    before = await rules_of(session, actor)
    await session.execute(
        delete(ApprovalRule).where(ApprovalRule.organisation_id == actor.organisation_id)
    )
    session.add_all(
        ApprovalRule(
            id=new_id(),
            organisation_id=actor.organisation_id,
            purpose=rule.purpose,
            above_amount=rule.above.amount,
            currency=rule.above.currency,
            approver_role=rule.approver_role,
        )
        for rule in body.rules
    )
    await session.flush()
    after = await rules_of(session, actor)
    record_audit(
        session,
        actor,
        "approval_rules.replace",
        target_type="organisation",
        target_id=actor.organisation_id,
        target_label=actor.organisation_name,
        before={"rules": [_told(rule) for rule in before]},
        after={"rules": [_told(rule) for rule in after]},
    )
    return after


async def rules_of(session: AsyncSession, actor: Actor) -> list[ApprovalRule]:
    """The organisation's rules by purpose, currency and amount."""
    rows = await session.scalars(
        select(ApprovalRule)
        .where(ApprovalRule.organisation_id == actor.organisation_id)
        .order_by(
            ApprovalRule.purpose,
            ApprovalRule.currency,
            ApprovalRule.above_amount,
            ApprovalRule.approver_role,
        )
    )
    return list(rows)


def _told(rule: ApprovalRule) -> str:
    return f"{rule.purpose} > {rule.above_amount} {rule.currency}: {rule.approver_role}"
