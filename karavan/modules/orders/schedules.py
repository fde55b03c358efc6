"""When a standing order's next turn is. Pure."""

import calendar
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from karavan.modules.orders.states import Schedule

_LOOKED_AHEAD_DAYS = 62
"""Every weekday and every day of a month comes within two months."""


def next_turn(
    schedule: Schedule,
    days: Collection[int],
    hour: int,
    time_zone: str,
    after: datetime,
    *,
    ends_on: date | None = None,
) -> datetime | None:
    """The first turn after a moment, in UTC; nothing when the schedule has ended before it.

    Args:
        days: 1 (Monday) to 7 of a week, or 1 to 31 of a month: of a shorter one, its last day stands for those it lacks.
        hour: of the day in `time_zone`. An hour that a change of clocks skips is taken as if they had not changed.
        ends_on: the last day, in `time_zone`.
    """
    zone = ZoneInfo(time_zone)
    today = after.astimezone(zone).date()
    for ahead in range(_LOOKED_AHEAD_DAYS + 1):
        day = today + timedelta(days=ahead)
        if ends_on is not None and day > ends_on:
            return None
        if not _is_due(schedule, days, day):
            continue
        turn = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if turn > after:
            return turn
    return None


def _is_due(schedule: Schedule, days: Collection[int], day: date) -> bool:
    if schedule is Schedule.WEEKLY:
        return day.isoweekday() in days
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day in {min(wanted, last) for wanted in days}
