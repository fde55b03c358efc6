"""The clock, for complaints, and credit notes that are written after the fact."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.errors import InvalidTransitionError
from karavan.kit.jobs import JobContext, job, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.modules.support.actions.credit import carry_out
from karavan.modules.support.actions.rows import facts, locked_complaint
from karavan.modules.support.actions.settle import accept, escalate
from karavan.modules.support.errors import NotDueError
from karavan.modules.support.lifecycle import COMPLAINT
from karavan.modules.support.models import Complaint
from karavan.modules.support.states import ComplaintState

CREDIT = "support.issue_credit"
_AT_ONCE = 10_000


@job(CREDIT, retries=10)
async def issue_agreed_credit(
    context: JobContext, *, complaint_id: str, organisation_id: str
) -> None:
    """Write the credit note of a complaint that was settled by the buyer's consent, or before the order was invoiced."""
    await carry_out(context.database, UUID(complaint_id), UUID(organisation_id))


@scheduled("*/5 * * * *", name="support.fall_due")
async def let_complaints_fall_due(context: JobContext) -> None:
    """Escalate what nobody has answered in time, tell once of what no manager has decided in time, and take a buyer's
    silence for consent; every five minutes, each complaint in a transaction of its own.
    """
    async with context.database.transaction(SYSTEM) as session:
        now = await database_now(session)
        found = await session.execute(
            select(Complaint.id, Complaint.state)
            .where(_is_due(now))
            .order_by(Complaint.id)
            .limit(_AT_ONCE)
        )
        due = [(row.id, ComplaintState(row.state)) for row in found]
    for complaint_id, state in due:
        try:
            async with context.database.transaction(SYSTEM) as session:
                await _fall_due(session, complaint_id, state)
        except (InvalidTransitionError, NotDueError):
            # Somebody has acted since it was looked for.
            continue


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(Complaint.due_at <= now, Complaint.overdue_at.is_(None)), Complaint.lapses_at <= now
    )


async def _fall_due(session: AsyncSession, complaint_id: UUID, state: ComplaintState) -> None:
    if state is ComplaintState.OPEN:
        await escalate(session, None, complaint_id)
    elif state is ComplaintState.ANSWERED:
        await accept(session, None, complaint_id)
    else:
        await _tell_overdue(session, complaint_id)


async def _tell_overdue(session: AsyncSession, complaint_id: UUID) -> None:
    complaint = await locked_complaint(session, complaint_id)
    now = await database_now(session)
    if complaint.due_at is None or complaint.due_at > now or complaint.overdue_at is not None:
        raise NotDueError
    complaint.overdue_at = now
    COMPLAINT.record(session, complaint, "overdue", None, data=facts(complaint))
