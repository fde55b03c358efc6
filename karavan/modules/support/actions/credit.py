"""A credit that was agreed becomes a credit note of the order's invoice."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Role
from karavan.kit.db import Database
from karavan.kit.errors import DomainError
from karavan.kit.scopes import Scope
from karavan.modules.invoicing.public import NewCredit, credit_amount
from karavan.modules.support.actions.rows import facts, locked_complaint, money, new_move
from karavan.modules.support.lifecycle import COMPLAINT
from karavan.modules.support.models import Complaint
from karavan.modules.support.states import ComplaintState, Outcome

ORDER = "order"


async def issue_credit(session: AsyncSession, actor: Actor, complaint: Complaint) -> bool:
    """Issue what is missing of the agreed credit, when the order has an invoice that can be corrected.

    Args:
        actor: of the supplier; the transaction is theirs.
        complaint: locked, with its outcome.

    Returns:
        Whether a credit note was issued. Without an invoice the credit stands agreed.

    Raises:
        CreditTooLargeError: more than remains of the invoice, or of the line.
    """
    missing = (complaint.outcome_amount or 0) - complaint.credited_amount
    if missing <= 0:
        return False
    note = await credit_amount(
        session,
        actor,
        NewCredit(
            subject_type=ORDER,
            subject_id=complaint.order_id,
            amount=missing,
            reason=complaint.number,
            line=None if complaint.line_id is None else (complaint.line_sku, complaint.line_name),
        ),
    )
    if note is None:
        return False
    complaint.credited_amount += missing
    complaint.credit_note_id = note.id
    complaint.credit_note_number = note.number
    session.add(
        new_move(
            complaint,
            "credit",
            actor,
            facts={"credit_note": note.number, "amount": money(missing, complaint)},
        )
    )
    return True


async def carry_out(database: Database, complaint_id: UUID, organisation_id: UUID) -> None:
    """Issue the credit note of a complaint that was settled without the supplier's own transaction. A repetition changes
    nothing; when invoicing refuses, both sides read so in the history and the credit stands agreed.
    """
    try:
        async with database.transaction(Scope(organisation_id)) as session:
            complaint = await locked_complaint(session, complaint_id)
            promiser = _promiser(complaint)
            if _waits(complaint) and await issue_credit(session, promiser, complaint):
                complaint.version += 1
                COMPLAINT.record(session, complaint, "credited", promiser, data=facts(complaint))
    except DomainError as refusal:
        async with database.transaction(Scope(organisation_id)) as session:
            complaint = await locked_complaint(session, complaint_id)
            session.add(new_move(complaint, "credit-refused", None, facts={"code": refusal.code}))


def _waits(complaint: Complaint) -> bool:
    return complaint.state == ComplaintState.RESOLVED and complaint.outcome == Outcome.CREDIT


def _promiser(complaint: Complaint) -> Actor:
    """In whose name the note is issued: who has promised it, though they may have left since."""
    return Actor(
        user_id=complaint.promised_by or complaint.opened_by,
        organisation_id=complaint.organisation_id,
        organisation_name=complaint.organisation_name,
        display_name=complaint.promised_by_name or "",
        role=Role.VIEWER,
    )
