"""The supplier's clock: deadlines in the working time of its organisation, stopped while the buyer is waited for."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.business_hours import BusinessCalendar, calendar_of
from karavan.kit.db import as_system
from karavan.modules.support.models import BusinessHours, Complaint

ANSWER_MINUTES = 16 * 60
"""Working time in which an answer is due: two days of eight hours."""

DECIDE_MINUTES = 24 * 60
"""Working time in which a manager decides what was escalated: three days."""

LEAST_MINUTES = 60
"""Working time that is left at least when the buyer writes back: nobody answers by return."""

LAPSES_AFTER = timedelta(days=7)
"""After so many days of silence the buyer is taken to agree with the answer."""

_OFFICE = [{"from": "09:00", "to": "13:00"}, {"from": "14:00", "to": "18:00"}]
DEFAULT_TIME_ZONE = "Asia/Almaty"
DEFAULT_WEEK: list[Any] = [_OFFICE, _OFFICE, _OFFICE, _OFFICE, _OFFICE, [], []]


async def calendar_for(
    session: AsyncSession, actor: Actor | None, organisation_id: UUID
) -> BusinessCalendar:
    """When a supplier works, whoever asks; `actor` is nothing in the system's own transaction."""
    if actor is None or actor.organisation_id == organisation_id:
        return await _read(session, organisation_id)
    # A buyer's deadlines run in hours of which the buyer sees nothing else.
    async with as_system(session):
        return await _read(session, organisation_id)


async def _read(session: AsyncSession, organisation_id: UUID) -> BusinessCalendar:
    hours = await session.get(BusinessHours, organisation_id)
    if hours is None:
        return calendar_of(DEFAULT_TIME_ZONE, DEFAULT_WEEK, [])
    return calendar_of(hours.time_zone, hours.week, hours.holidays)


async def start_clock(
    session: AsyncSession, actor: Actor | None, complaint: Complaint, now: datetime, minutes: int
) -> None:
    """Give the supplier that much working time from now."""
    calendar = await calendar_for(session, actor, complaint.organisation_id)
    complaint.due_at = calendar.add(now, minutes)
    complaint.minutes_left = None
    complaint.lapses_at = None
    complaint.overdue_at = None


async def stop_clock(
    session: AsyncSession, actor: Actor | None, complaint: Complaint, now: datetime
) -> None:
    """Keep what is left of the supplier's time while the buyer is waited for."""
    calendar = await calendar_for(session, actor, complaint.organisation_id)
    left = calendar.between(now, complaint.due_at) if complaint.due_at else timedelta(0)
    complaint.minutes_left = int(left.total_seconds() // 60)
    complaint.due_at = None
    complaint.overdue_at = None


def end_clock(complaint: Complaint) -> None:
    """Nobody is waited for any more."""
    complaint.due_at = None
    complaint.minutes_left = None
    complaint.lapses_at = None
