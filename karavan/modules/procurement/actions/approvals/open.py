"""Ask for agreement to spending."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import InvalidTransitionError, NotFoundError, invalid
from karavan.kit.ids import new_id
from karavan.modules.procurement.actions.approvals.require import (
    latest_approval,
    needed_roles,
)
from karavan.modules.procurement.actions.approvals.subjects import publish_subject
from karavan.modules.procurement.actions.deals.commitment import terms_subject
from karavan.modules.procurement.actions.deals.rows import locked_deal, terms_of
from karavan.modules.procurement.actions.deals.terms import refuse_other_terms
from karavan.modules.procurement.actions.requests.award import award_subject
from karavan.modules.procurement.approval_chain import ApprovalSubject, covers, new_steps
from karavan.modules.procurement.errors import ApprovalNotNeededError
from karavan.modules.procurement.lifecycles import APPROVAL, DEAL, REQUEST
from karavan.modules.procurement.models import Approval, Request
from karavan.modules.procurement.permissions import REQUEST_AWARD, REQUEST_WRITE
from karavan.modules.procurement.queries.rows import live_lines, locked_request
from karavan.modules.procurement.schemas.approvals import OpenApprovalBody, TermsApprovalBody
from karavan.modules.procurement.states import ApprovalPurpose, ApprovalState, RequestState


async def open_approval(
    session: AsyncSession, actor: Actor, request_id: UUID, body: OpenApprovalBody
) -> Approval:
    """Open a chain of agreement for publishing or awarding a request as it is now, or for signing what a deal of it has
    grown to.

    Asking twice for the same gives the same approval; what was rejected may be asked again.

    Raises:
        NotFoundError: it is no request of the actor's organisation.
        ForbiddenError: the actor could not publish, award or sign it themselves.
        OtherTermsError: the deal has newer terms.
        InvalidTransitionError: the request is past that decision.
        ApprovalNotNeededError: no rule asks for anybody above the actor.
    """
    request = await locked_request(session, request_id)
    subject = await _subject(session, actor, request, body)
    needed = await needed_roles(session, actor, subject.purpose, subject.amount, subject.currency)
    if not needed:
        raise ApprovalNotNeededError
    present = await latest_approval(session, request, subject.purpose, subject.fingerprint)
    if present is not None and (
        present.state == ApprovalState.PENDING
        or (present.state == ApprovalState.APPROVED and covers(present.steps, needed))
    ):
        return present
    approval = Approval(
        id=new_id(),
        organisation_id=request.organisation_id,
        request_id=request.id,
        purpose=subject.purpose,
        state=ApprovalState.PENDING,
        amount=subject.amount,
        currency=subject.currency,
        fingerprint=subject.fingerprint,
        summary=subject.summary,
        steps=new_steps(needed),
        next_role=needed[0],
        requested_by=actor.user_id,
        requested_by_name=actor.display_name,
        version=1,
    )
    session.add(approval)
    record_audit(
        session,
        actor,
        "approval.request",
        target_type="approval",
        target_id=approval.id,
        target_label=APPROVAL.label_of(approval),
        after={"purpose": subject.purpose.value, "amount": subject.amount},
    )
    APPROVAL.record(
        session,
        approval,
        "requested",
        actor,
        data={
            "request_id": str(request.id),
            "purpose": subject.purpose.value,
            "requested_by": str(actor.user_id),
            "next_role": needed[0].value,
        },
    )
    await session.flush()
    return approval


async def _subject(
    session: AsyncSession, actor: Actor, request: Request, body: OpenApprovalBody
) -> ApprovalSubject:
    if body.purpose is ApprovalPurpose.PUBLISH:
        actor.require(REQUEST_WRITE)
        _refuse_past(request, "publish")
        return publish_subject(request, await live_lines(session, request.id))
    if body.terms is not None:
        return await _terms(session, actor, request, body.terms)
    actor.require(REQUEST_AWARD)
    _refuse_past(request, "reaward" if request.state == RequestState.AWARDED else "award")
    if body.award is None:
        raise invalid("#/award", "required", "Say which award is to be approved.")
    return await award_subject(session, actor, request, body.award)


async def _terms(
    session: AsyncSession, actor: Actor, request: Request, body: TermsApprovalBody
) -> ApprovalSubject:
    """The present terms of one of the request's deals, which the buyer could sign but for a limit."""
    # The lock holds off newer terms: an approval is never opened about terms that have just been replaced.
    deal = await locked_deal(session, body.deal_id)
    if deal.request_id != request.id:
        raise NotFoundError
    now = await database_now(session)
    DEAL.check(deal, "sign", actor, now)
    terms = await terms_of(session, deal.id, deal.terms_number)
    refuse_other_terms(terms, body, now)
    subject = await terms_subject(session, actor, request, deal, terms)
    if subject is None:
        raise ApprovalNotNeededError
    return subject


def _refuse_past(request: Request, transition: str) -> None:
    if request.state not in REQUEST.by_name[transition].sources:
        allowed = [t.name for t in REQUEST.transitions if request.state in t.sources]
        raise InvalidTransitionError(state=request.state, transition=transition, allowed=allowed)
