"""Bodies and answers of spending limits and approvals."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from karavan.kit.authz import Role
from karavan.kit.lifecycle import Action, TransitionBody
from karavan.kit.money import MoneyBody, Price
from karavan.kit.schemas import Body, View
from karavan.modules.procurement.schemas.awards import AwardBody
from karavan.modules.procurement.schemas.deals import SignedTerms
from karavan.modules.procurement.states import ApprovalPurpose, ApprovalState

RULES_MAX = 50
ApproverRole = Literal[Role.MANAGER, Role.ADMIN, Role.OWNER]


class ApprovalRuleBody(Body):
    """From more than this amount on, somebody with this role or a higher one must agree."""

    purpose: ApprovalPurpose
    above: Price
    approver_role: ApproverRole


class ApprovalRulesBody(Body):
    """All rules of the organisation, which they replace."""

    rules: list[ApprovalRuleBody] = Field(max_length=RULES_MAX)


class ApprovalRuleView(View):
    """A rule."""

    id: UUID
    purpose: ApprovalPurpose
    above: MoneyBody
    approver_role: Role


class ApprovalRulesView(View):
    """The organisation's rules, by purpose and amount."""

    rules: list[ApprovalRuleView]


class TermsApprovalBody(SignedTerms):
    """Terms of a deal, named as their signature would name them."""

    deal_id: UUID


class OpenApprovalBody(Body):
    """What agreement is asked for."""

    purpose: ApprovalPurpose
    award: AwardBody | None = Field(
        None,
        description="For the purpose `award`: exactly the body that will be sent to award or reaward.",
    )
    terms: TermsApprovalBody | None = Field(
        None,
        description="For the purpose `award`, instead of `award`: terms of a deal that have outgrown what was awarded.",
    )


class DecisionBody(TransitionBody):
    """A decision about one step. The version, here or as `If-Match`, says which step its sender has read."""


class ApprovalStepView(View):
    """One person's turn."""

    role: Role
    state: str
    decided_by: UUID | None
    decided_by_name: str
    decided_at: datetime | None
    reason: str | None


class ApprovalView(View):
    """A chain of agreement."""

    id: UUID
    request_id: UUID
    purpose: ApprovalPurpose
    state: ApprovalState
    amount: MoneyBody | None = Field(description="Null when nobody knows what will be spent.")
    summary: dict[str, Any]
    steps: list[ApprovalStepView]
    requested_by: UUID
    requested_by_name: str
    created_at: datetime
    decided_at: datetime | None
    version: int
    actions: list[Action]


class ApprovalNeedView(View):
    """Whether the reader could publish right now, and whose agreement is missing."""

    needed_roles: list[Role] = Field(
        description="Roles that must still agree; empty when none must."
    )
    approval: ApprovalView | None
