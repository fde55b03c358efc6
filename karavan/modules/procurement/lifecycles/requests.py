"""The lifecycle of a request for quotation."""

from uuid import UUID

from karavan.kit.clock import rfc3339
from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.procurement.errors import (
    AllocationError,
    DeadlinePassedError,
    StillSealedError,
)
from karavan.modules.procurement.models import Request
from karavan.modules.procurement.permissions import REQUEST_AWARD, REQUEST_WRITE
from karavan.modules.procurement.states import RequestState as S

_BUYER = frozenset({"buyer"})


def _party_of(request: Request, organisation_id: UUID) -> str | None:
    return "buyer" if request.organisation_id == organisation_id else None


def _still_open(request: Request, situation: Situation) -> DomainError | None:
    """An amendment after the deadline would ask for quotes that nobody may send."""
    if request.quotes_due_at is not None and request.quotes_due_at <= situation.now:
        return DeadlinePassedError(quotes_due_at=rfc3339(request.quotes_due_at))
    return None


def _may_extend(request: Request, situation: Situation) -> DomainError | None:
    """Sealed quotes that could be read already would be competed against with open cards."""
    return _still_open(request, situation) if request.sealed else None


def unsealed(request: Request, situation: Situation) -> DomainError | None:
    """Sealed quotes can be read, and so chosen from, only after the deadline."""
    if request.sealed and request.quotes_due_at and request.quotes_due_at > situation.now:
        return StillSealedError(quotes_due_at=rfc3339(request.quotes_due_at))
    return None


def _may_award(request: Request, situation: Situation) -> DomainError | None:
    """From the board directly only when sealed and past the deadline; else by way of the shortlist."""
    if request.state == S.PUBLISHED and not request.sealed:
        return StillSealedError("Shortlist quotes first: this request is not a sealed tender.")
    return unsealed(request, situation)


def _something_is_free(request: Request, _: Situation) -> DomainError | None:
    return None if request.may_reaward else AllocationError("Nothing is free for another vendor.")


REQUEST: Lifecycle[Request] = Lifecycle(
    name="request",
    states=S,
    initial=S.DRAFT,
    party_of=_party_of,
    parties_of=lambda request: {"buyer": request.organisation_id},
    label_of=lambda request: request.number or request.title,
    transitions=(
        Transition(
            name="publish",
            event="published",
            sources=frozenset({S.DRAFT}),
            targets=(S.PUBLISHED,),
            parties=_BUYER,
            permission=REQUEST_WRITE,
        ),
        Transition(
            name="amend",
            event="amended",
            sources=frozenset({S.PUBLISHED}),
            targets=(S.PUBLISHED,),
            parties=_BUYER,
            permission=REQUEST_WRITE,
            guard=_still_open,
        ),
        Transition(
            name="extend",
            event="extended",
            sources=frozenset({S.PUBLISHED}),
            targets=(S.PUBLISHED,),
            parties=_BUYER,
            permission=REQUEST_WRITE,
            reason=Reason.OPTIONAL,
            guard=_may_extend,
        ),
        Transition(
            name="shortlist",
            event="shortlisted",
            sources=frozenset({S.PUBLISHED}),
            targets=(S.SHORTLIST,),
            parties=_BUYER,
            permission=REQUEST_AWARD,
            guard=unsealed,
        ),
        Transition(
            name="reopen",
            event="reopened",
            sources=frozenset({S.SHORTLIST}),
            targets=(S.PUBLISHED,),
            parties=_BUYER,
            permission=REQUEST_AWARD,
            reason=Reason.OPTIONAL,
        ),
        Transition(
            name="award",
            event="awarded",
            sources=frozenset({S.SHORTLIST, S.PUBLISHED}),
            targets=(S.AWARDED,),
            parties=_BUYER,
            permission=REQUEST_AWARD,
            reason=Reason.OPTIONAL,
            guard=_may_award,
        ),
        Transition(
            name="reaward",
            event="reawarded",
            sources=frozenset({S.AWARDED}),
            targets=(S.AWARDED,),
            parties=_BUYER,
            permission=REQUEST_AWARD,
            reason=Reason.OPTIONAL,
            guard=_something_is_free,
        ),
        Transition(
            name="close",
            event="closed",
            sources=frozenset({S.AWARDED}),
            targets=(S.CLOSED,),
            parties=_BUYER,
            permission=REQUEST_AWARD,
            reason=Reason.OPTIONAL,
        ),
        Transition(
            name="close-without-award",
            event="closed_without_award",
            sources=frozenset({S.PUBLISHED, S.SHORTLIST}),
            targets=(S.CLOSED,),
            parties=_BUYER,
            permission=REQUEST_AWARD,
            reason=Reason.REQUIRED,
        ),
        Transition(
            name="cancel",
            event="cancelled",
            sources=frozenset({S.DRAFT, S.PUBLISHED, S.SHORTLIST}),
            targets=(S.CANCELLED,),
            parties=_BUYER,
            permission=REQUEST_WRITE,
            reason=Reason.REQUIRED,
        ),
    ),
)
