"""The lifecycle of an approval: a chain of people, the lowest role first, who agree to spending."""

from uuid import UUID

from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.procurement.approval_chain import next_step, outranks
from karavan.modules.procurement.errors import NotYourApprovalError
from karavan.modules.procurement.models import Approval
from karavan.modules.procurement.permissions import APPROVAL_DECIDE
from karavan.modules.procurement.states import ApprovalState as S

_BUYER = frozenset({"buyer"})


def _party_of(approval: Approval, organisation_id: UUID) -> str | None:
    return "buyer" if approval.organisation_id == organisation_id else None


def _label_of(approval: Approval) -> str:
    return str(approval.summary.get("label") or approval.id)


def _may_decide(approval: Approval, situation: Situation) -> DomainError | None:
    """Never the person who asks, and never a role below the one that the step names."""
    step, actor = next_step(approval.steps), situation.actor
    if step is None or actor is None:
        return None
    if actor.user_id == approval.requested_by:
        return NotYourApprovalError("Whoever asks for an approval cannot give it.")
    if not outranks(actor.role, step["role"]):
        return NotYourApprovalError(role=step["role"])
    return None


APPROVAL: Lifecycle[Approval] = Lifecycle(
    name="approval",
    states=S,
    initial=S.PENDING,
    party_of=_party_of,
    parties_of=lambda approval: {"buyer": approval.organisation_id},
    label_of=_label_of,
    transitions=(
        Transition(
            name="approve",
            event="decided",
            sources=frozenset({S.PENDING}),
            # Every step but the last leaves the approval waiting for the next person.
            targets=(S.APPROVED, S.PENDING),
            parties=_BUYER,
            permission=APPROVAL_DECIDE,
            reason=Reason.OPTIONAL,
            guard=_may_decide,
        ),
        Transition(
            name="reject",
            event="decided",
            sources=frozenset({S.PENDING}),
            targets=(S.REJECTED,),
            parties=_BUYER,
            permission=APPROVAL_DECIDE,
            reason=Reason.REQUIRED,
            guard=_may_decide,
        ),
        Transition(
            name="void",
            event="voided",
            sources=frozenset({S.PENDING, S.APPROVED}),
            targets=(S.VOID,),
            parties=frozenset({"system"}),
            permission=None,
        ),
    ),
)
