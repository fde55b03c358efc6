"""What both sides say before anything is decided: answer, reply, evidence."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import InvalidTransitionError
from karavan.modules.media.public import attach
from karavan.modules.support.actions.amounts import agreed_amount
from karavan.modules.support.actions.clock import (
    ANSWER_MINUTES,
    LAPSES_AFTER,
    LEAST_MINUTES,
    start_clock,
    stop_clock,
)
from karavan.modules.support.actions.rows import (
    announce,
    facts,
    locked_complaint,
    locked_with_siblings,
    most,
    new_move,
    offer,
)
from karavan.modules.support.lifecycle import BUYER, COMPLAINT, party_of
from karavan.modules.support.models import Complaint, Evidence
from karavan.modules.support.permissions import COMPLAINT_ANSWER, COMPLAINT_WRITE
from karavan.modules.support.schemas import ComplaintAnswerBody, ComplaintReplyBody, EvidenceBody
from karavan.modules.support.states import RUNNING, ComplaintState


async def answer(
    session: AsyncSession, actor: Actor, complaint_id: UUID, body: ComplaintAnswerBody
) -> Complaint:
    """Answer the buyer, with a proposal or without. Your clock stops until the buyer writes back; after seven days of
    silence the buyer is taken to agree.

    Raises:
        AmountTooLargeError: the proposal is more than the goods cost.
    """
    complaint, siblings = await locked_with_siblings(session, complaint_id)
    now = await database_now(session)
    move = COMPLAINT.check(complaint, "answer", actor, now, body)
    amount = agreed_amount(complaint, body.proposal, body.amount, most(complaint, siblings))
    if complaint.answered_at is None:
        complaint.answered_at = now
        complaint.answered_in_time = complaint.escalated_at is None and (
            complaint.due_at is not None and now <= complaint.due_at
        )
    await stop_clock(session, actor, complaint, now)
    complaint.lapses_at = now + LAPSES_AFTER
    complaint.proposed_outcome = body.proposal
    complaint.proposed_amount = amount
    complaint.promised_by, complaint.promised_by_name = actor.user_id, actor.display_name
    told = offer(body.proposal, amount, complaint)
    COMPLAINT.apply(session, move, after=told, data=facts(complaint, proposal=told))
    session.add(new_move(complaint, "answer", actor, text=body.text, facts=told))
    await announce(session, complaint, "answered", actor)
    return complaint


async def reply(
    session: AsyncSession, actor: Actor, complaint_id: UUID, body: ComplaintReplyBody
) -> Complaint:
    """Write back to the supplier, whose clock runs on with the time that was left. A proposal is refused by it."""
    complaint = await locked_complaint(session, complaint_id)
    now = await database_now(session)
    move = COMPLAINT.check(complaint, "reply", actor, now, body)
    left = ANSWER_MINUTES if complaint.minutes_left is None else complaint.minutes_left
    await start_clock(session, actor, complaint, now, max(left, LEAST_MINUTES))
    complaint.proposed_outcome = complaint.proposed_amount = None
    target = ComplaintState.OPEN if complaint.escalated_at is None else ComplaintState.ESCALATED
    COMPLAINT.apply(session, move, target=target, data=facts(complaint))
    session.add(new_move(complaint, "reply", actor, text=body.text))
    await announce(session, complaint, "replied", actor)
    return complaint


async def add_evidence(
    session: AsyncSession, actor: Actor, complaint_id: UUID, body: EvidenceBody
) -> Complaint:
    """Put in photographs or papers, which nobody can change or take back any more.

    Raises:
        NotFoundError: the actor's organisation knows no such complaint.
        ForbiddenError: the role does not deal with complaints.
        InvalidTransitionError: the complaint is settled.
        ValidationError: a file is not the actor's.
    """
    complaint = await locked_complaint(session, complaint_id)
    side = party_of(complaint, actor.organisation_id)
    actor.require(COMPLAINT_WRITE if side == BUYER else COMPLAINT_ANSWER)
    if complaint.state not in RUNNING:
        raise InvalidTransitionError(state=complaint.state, transition="evidence", allowed=[])
    attachments = await attach(session, actor, body.attachment_ids)
    session.add(
        Evidence(
            complaint_id=complaint.id,
            organisation_id=complaint.organisation_id,
            buyer_organisation_id=complaint.buyer_organisation_id,
            side=side,
            author_user_id=actor.user_id,
            author_name=actor.display_name,
            note=body.note,
            attachments=[dict(one) for one in attachments],
        )
    )
    complaint.version += 1
    record_audit(
        session,
        actor,
        "complaint.add-evidence",
        target_type=COMPLAINT.name,
        target_id=complaint.id,
        target_label=complaint.number,
        after={"files": [one["name"] for one in attachments]},
    )
    COMPLAINT.record(session, complaint, "evidence_added", actor, data=facts(complaint))
    session.add(new_move(complaint, "evidence", actor, facts={"files": len(attachments)}))
    return complaint
