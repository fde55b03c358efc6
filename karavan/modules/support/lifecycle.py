"""The lifecycle of a complaint."""

from datetime import datetime, timedelta
from uuid import UUID

from karavan.kit.clock import rfc3339
from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.support.errors import (
    AlreadyEscalatedError,
    AppealLateError,
    FinalError,
    ManagerDecidesError,
    NotDueError,
    NothingProposedError,
)
from karavan.modules.support.models import Complaint
from karavan.modules.support.permissions import (
    COMPLAINT_ANSWER,
    COMPLAINT_DECIDE,
    COMPLAINT_ESCALATE,
    COMPLAINT_WRITE,
)
from karavan.modules.support.states import RUNNING
from karavan.modules.support.states import ComplaintState as S

BUYER, SELLER, SYSTEM = "buyer", "seller", "system"
_BUYER = frozenset({BUYER})
_SELLER = frozenset({SELLER})

APPEALED_WITHIN = timedelta(days=14)
"""How long after a decision the buyer may appeal."""


def party_of(complaint: Complaint, organisation_id: UUID) -> str | None:
    """Which side of the complaint an organisation is; nothing for a stranger."""
    if complaint.organisation_id == organisation_id:
        return SELLER
    return BUYER if complaint.buyer_organisation_id == organisation_id else None


def _at_level(complaint: Complaint, situation: Situation) -> DomainError | None:
    """Once escalated, a complaint stays with those who decide."""
    actor = situation.actor
    if complaint.escalated_at is None or actor is None or actor.may(COMPLAINT_DECIDE):
        return None
    return ManagerDecidesError()


def _once(complaint: Complaint, situation: Situation) -> DomainError | None:
    if complaint.escalated_at is not None:
        return AlreadyEscalatedError()
    return _due(situation, complaint.due_at) if situation.actor is None else None


def _due(situation: Situation, moment: datetime | None) -> DomainError | None:
    return None if moment is not None and moment <= situation.now else NotDueError()


def _acceptable(complaint: Complaint, situation: Situation) -> DomainError | None:
    if complaint.state == S.RESOLVED:
        is_final = complaint.accepted_at is not None or complaint.appealed_at is not None
        return FinalError() if is_final else None
    if situation.actor is None:
        return _due(situation, complaint.lapses_at)
    return NothingProposedError() if complaint.proposed_outcome is None else None


def appealed_until(complaint: Complaint) -> str | None:
    """Until when the outcome can be appealed, as RFC 3339; nothing when it cannot."""
    if (
        complaint.resolved_at is None
        or complaint.accepted_at is not None
        or complaint.appealed_at is not None
    ):
        return None
    return rfc3339(complaint.resolved_at + APPEALED_WITHIN)


def _appealable(complaint: Complaint, situation: Situation) -> DomainError | None:
    until = appealed_until(complaint)
    if complaint.resolved_at is None or until is None:
        return FinalError()
    if situation.now > complaint.resolved_at + APPEALED_WITHIN:
        return AppealLateError(until=until)
    return None


COMPLAINT: Lifecycle[Complaint] = Lifecycle(
    name="complaint",
    states=S,
    initial=S.OPEN,
    party_of=party_of,
    parties_of=lambda complaint: {
        SELLER: complaint.organisation_id,
        BUYER: complaint.buyer_organisation_id,
    },
    label_of=lambda complaint: complaint.number,
    transitions=(
        Transition(
            name="answer",
            event="answered",
            sources=frozenset({S.OPEN, S.ESCALATED}),
            targets=(S.ANSWERED,),
            parties=_SELLER,
            permission=COMPLAINT_ANSWER,
            guard=_at_level,
        ),
        # An escalated complaint stays so when the buyer writes back.
        Transition(
            name="reply",
            event="replied",
            sources=frozenset({S.ANSWERED}),
            targets=(S.OPEN, S.ESCALATED),
            parties=_BUYER,
            permission=COMPLAINT_WRITE,
        ),
        Transition(
            name="accept",
            event="accepted",
            sources=frozenset({S.ANSWERED, S.RESOLVED}),
            targets=(S.RESOLVED,),
            parties=_BUYER,
            permission=COMPLAINT_WRITE,
            guard=_acceptable,
        ),
        Transition(
            name="escalate",
            event="escalated",
            sources=frozenset({S.OPEN, S.ANSWERED}),
            targets=(S.ESCALATED,),
            parties=_BUYER | _SELLER,
            permission=COMPLAINT_ESCALATE,
            reason=Reason.OPTIONAL,
            guard=_once,
        ),
        Transition(
            name="resolve",
            event="resolved",
            sources=frozenset({S.OPEN, S.ANSWERED, S.ESCALATED}),
            targets=(S.RESOLVED,),
            parties=_SELLER,
            permission=COMPLAINT_ANSWER,
            guard=_at_level,
        ),
        Transition(
            name="withdraw",
            event="withdrawn",
            sources=frozenset(RUNNING),
            targets=(S.WITHDRAWN,),
            parties=_BUYER,
            permission=COMPLAINT_WRITE,
            reason=Reason.OPTIONAL,
        ),
        Transition(
            name="appeal",
            event="appealed",
            sources=frozenset({S.RESOLVED}),
            targets=(S.ESCALATED,),
            parties=_BUYER,
            permission=COMPLAINT_WRITE,
            reason=Reason.REQUIRED,
            guard=_appealable,
        ),
    ),
)
