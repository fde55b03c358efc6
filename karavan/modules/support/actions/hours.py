"""A supplier says when it works."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import ConflictError
from karavan.kit.versions import refuse_stale
from karavan.modules.support.actions.clock import DEFAULT_TIME_ZONE, DEFAULT_WEEK
from karavan.modules.support.models import BusinessHours
from karavan.modules.support.permissions import BUSINESS_HOURS_WRITE
from karavan.modules.support.schemas import BusinessHoursBody, BusinessHoursView, WorkingInterval


async def set_hours(session: AsyncSession, actor: Actor, body: BusinessHoursBody) -> None:
    """Set the organisation's working time. Deadlines that run already stay as they were told.

    Raises:
        ConflictError: somebody set it since the actor read it.
    """
    week = [[one.model_dump(by_alias=True) for one in day] for day in body.week]
    holidays = sorted({day.isoformat() for day in body.holidays})
    # Two people who set it for the first time meet at the key.
    await session.execute(
        insert(BusinessHours)
        .values(
            organisation_id=actor.organisation_id,
            time_zone=DEFAULT_TIME_ZONE,
            week=DEFAULT_WEEK,
            holidays=[],
            version=0,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id"])
    )
    hours = (
        await session.scalars(
            select(BusinessHours)
            .where(BusinessHours.organisation_id == actor.organisation_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).one()
    if hours.version == 0 and body.version is not None:
        raise ConflictError(version=None)
    if hours.version:
        refuse_stale(hours, body.version)
    before = _plain(hours)
    hours.time_zone, hours.week, hours.holidays = body.time_zone, week, holidays
    hours.version += 1
    record_audit(
        session,
        actor,
        "business_hours.set",
        target_type="business_hours",
        target_id=actor.organisation_id,
        target_label=actor.organisation_name,
        before=before,
        after=_plain(hours),
    )
    await session.flush()


async def hours_view(session: AsyncSession, actor: Actor) -> BusinessHoursView:
    """The organisation's working time: Monday to Friday, 9 to 18 in Almaty with an hour of lunch, until somebody says
    otherwise.
    """
    hours = await session.scalar(
        select(BusinessHours).where(BusinessHours.organisation_id == actor.organisation_id)
    )
    week = hours.week if hours else DEFAULT_WEEK
    return BusinessHoursView(
        time_zone=hours.time_zone if hours else DEFAULT_TIME_ZONE,
        week=[[WorkingInterval.model_validate(one) for one in day] for day in week],
        holidays=[date.fromisoformat(day) for day in hours.holidays] if hours else [],
        version=hours.version if hours else None,
        may_change=actor.may(BUSINESS_HOURS_WRITE),
    )


def _plain(hours: BusinessHours) -> dict[str, Any]:
    return {"time_zone": hours.time_zone, "week": hours.week, "holidays": hours.holidays}
