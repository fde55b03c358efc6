"""A complaint is decided: by the supplier, by the buyer's consent, or by nobody writing any more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.lifecycle import Move, TransitionBody
from karavan.modules.support.actions.amounts import agreed_amount
from karavan.modules.support.actions.clock import DECIDE_MINUTES, end_clock, start_clock
from karavan.modules.support.actions.credit import issue_credit
from karavan.modules.support.actions.rows import (
    announce,
    facts,
    locked_complaint,
    locked_with_siblings,
    most,
    new_move,
    offer,
)
from karavan.modules.support.lifecycle import COMPLAINT
from karavan.modules.support.models import Complaint
from karavan.modules.support.schemas import ComplaintResolveBody
from karavan.modules.support.states import ComplaintState, Outcome


async def resolve(
    session: AsyncSession, actor: Actor, complaint_id: UUID, body: ComplaintResolveBody
) -> Complaint:
    """Decide. A credit is carried out at once by a credit note where the order has an invoice; otherwise it stands agreed
    and is carried out when the order is invoiced.

    Raises:
        AmountTooLargeError: more than the goods cost, with what other complaints about the order have given back.
        CreditTooLargeError: more than remains of the invoice.
    """
    complaint, siblings = await locked_with_siblings(session, complaint_id)
    now = await database_now(session)
    move = COMPLAINT.check(complaint, "resolve", actor, now, body)
    amount = agreed_amount(complaint, body.outcome, body.amount, most(complaint, siblings))
    _note_answer(complaint, now)
    complaint.outcome = body.outcome
    complaint.outcome_amount = amount
    complaint.promised_by, complaint.promised_by_name = actor.user_id, actor.display_name
    _settle(complaint, now)
    told = offer(body.outcome, amount, complaint)
    final = complaint.appealed_at is not None
    COMPLAINT.apply(session, move, after=told, data=facts(complaint, final=final))
    session.add(new_move(complaint, "resolve", actor, text=body.text, facts=told))
    await announce(session, complaint, "resolved", actor)
    if body.outcome is Outcome.CREDIT:
        # After what it follows from, in the history as well.
        await issue_credit(session, actor, complaint)
    return complaint


async def accept(
    session: AsyncSession,
    actor: Actor | None,
    complaint_id: UUID,
    body: TransitionBody | None = None,
) -> Complaint:
    """Agree with the proposal, which is then carried out, or with the decision, which is then final.

    Without a word of the buyer it happens by itself seven days after the answer; an answer without a proposal then counts
    as declined.
    """
    complaint, siblings = await locked_with_siblings(session, complaint_id)
    now = await database_now(session)
    move = COMPLAINT.check(complaint, "accept", actor, now, body)
    if complaint.state == ComplaintState.RESOLVED:
        return await _consent(session, actor, complaint, move, now)
    amount = complaint.proposed_amount
    if amount is not None:
        # Other complaints about the order may have been decided since this was proposed.
        amount = min(amount, most(complaint, siblings)) or None
    outcome = Outcome(complaint.proposed_outcome or Outcome.DECLINED)
    complaint.outcome = outcome if amount or not outcome.gives_money else Outcome.DECLINED
    complaint.outcome_amount = amount
    if actor is not None:
        complaint.accepted_at = now
    _settle(complaint, now)
    told = offer(Outcome(complaint.outcome), amount, complaint)
    # The credit note is the supplier's document and written in its own transaction, by the job that hears of this.
    COMPLAINT.apply(
        session,
        move,
        event="resolved",
        after=told,
        data=facts(complaint, final=actor is not None, by_consent=True),
    )
    session.add(new_move(complaint, "accept", actor, text=move.reason, facts=told))
    await announce(session, complaint, "accepted" if actor else "lapsed", actor)
    return complaint


async def withdraw(
    session: AsyncSession, actor: Actor, complaint_id: UUID, body: TransitionBody
) -> Complaint:
    """Withdraw the complaint: it has settled itself."""
    complaint = await locked_complaint(session, complaint_id)
    move = COMPLAINT.check(complaint, "withdraw", actor, await database_now(session), body)
    end_clock(complaint)
    complaint.proposed_outcome = complaint.proposed_amount = None
    COMPLAINT.apply(session, move, data=facts(complaint))
    session.add(new_move(complaint, "withdraw", actor, text=move.reason))
    await announce(session, complaint, "withdrawn", actor)
    return complaint


async def escalate(
    session: AsyncSession,
    actor: Actor | None,
    complaint_id: UUID,
    body: TransitionBody | None = None,
) -> Complaint:
    """Take the complaint to the supplier's manager. It happens by itself when nobody answers in time."""
    complaint = await locked_complaint(session, complaint_id)
    now = await database_now(session)
    move = COMPLAINT.check(complaint, "escalate", actor, now, body)
    if actor is None and complaint.answered_at is None:
        complaint.answered_in_time = False
    await _hand_up(session, actor, complaint, now)
    COMPLAINT.apply(
        session,
        move,
        data=facts(complaint, side=move.situation.party, by_silence=actor is None),
    )
    session.add(new_move(complaint, "escalate", actor, text=move.reason))
    await announce(session, complaint, "escalated", actor)
    return complaint


async def appeal(
    session: AsyncSession, actor: Actor, complaint_id: UUID, body: TransitionBody
) -> Complaint:
    """Appeal against the decision, once, within 14 days: a manager of the supplier decides anew, and finally."""
    complaint = await locked_complaint(session, complaint_id)
    now = await database_now(session)
    move = COMPLAINT.check(complaint, "appeal", actor, now, body)
    complaint.appealed_at = now
    complaint.resolved_at = None
    await _hand_up(session, actor, complaint, now)
    COMPLAINT.apply(session, move, data=facts(complaint))
    session.add(new_move(complaint, "appeal", actor, text=move.reason))
    await announce(session, complaint, "appealed", actor)
    return complaint


async def _hand_up(
    session: AsyncSession, actor: Actor | None, complaint: Complaint, now: datetime
) -> None:
    # First, while the row is as it was: reading the supplier's hours writes what has changed, and a buyer's transaction may
    # not write a complaint that is still answered.
    await start_clock(session, actor, complaint, now, DECIDE_MINUTES)
    complaint.escalated_at = complaint.escalated_at or now
    complaint.proposed_outcome = complaint.proposed_amount = None
    if complaint.manager_user_id is not None:
        complaint.assignee_user_id = complaint.manager_user_id
        complaint.assignee_name = complaint.manager_name


async def _consent(
    session: AsyncSession,
    actor: Actor | None,
    complaint: Complaint,
    move: Move[Complaint],
    now: datetime,
) -> Complaint:
    complaint.accepted_at = now
    COMPLAINT.apply(session, move, data=facts(complaint, final=True))
    session.add(new_move(complaint, "accept", actor, text=move.reason))
    await announce(session, complaint, "accepted", actor)
    return complaint


def _note_answer(complaint: Complaint, now: datetime) -> None:
    """A decision without an answer before it is the answer."""
    if complaint.answered_at is None:
        complaint.answered_at = now
        if complaint.answered_in_time is None:
            complaint.answered_in_time = complaint.due_at is not None and now <= complaint.due_at


def _settle(complaint: Complaint, now: datetime) -> None:
    complaint.resolved_at = now
    complaint.proposed_outcome = complaint.proposed_amount = None
    end_clock(complaint)
