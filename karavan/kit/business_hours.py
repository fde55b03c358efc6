"""Working time: hours of a week, several stretches a day, holidays, in one time zone. Pure.

A deadline in working time is the earliest moment until which that much working time has passed. Time is counted as it
passes: where clocks go forward in the middle of a working day, that day is an hour shorter.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

DAY_MINUTES = 24 * 60

_ONE_DAY = timedelta(days=1)


class BusinessCalendar(Struct, frozen=True):
    """When somebody works.

    Attributes:
        zone: the time zone in which the hours are meant.
        week: stretches of each day from Monday to Sunday as (first minute, end minute) of the local day, in their order and
            apart from one another; the end is not worked any more and may be 1440.
        holidays: local days on which nobody works.

    Raises:
        ValueError: there are not seven days, stretches overlap or lie outside the day, or the week has no working time.
    """

    zone: ZoneInfo
    week: tuple[tuple[tuple[int, int], ...], ...]
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        for day in self.week:
            reached = 0
            for start, end in day:
                if not reached <= start < end <= DAY_MINUTES:
                    raise ValueError(
                        "stretches of a day stand in their order, apart from one another"
                    )
                reached = end
        if not any(self.week):
            raise ValueError("a week needs working time")

    def add(self, start: datetime, minutes: int) -> datetime:
        """The earliest moment until which `minutes` of working time have passed since `start`.

        Args:
            start: with a time zone; may lie outside working time.
            minutes: of working time. None at all leads to `start` itself.

        Returns:
            A moment in UTC; for a positive number it lies within working time, or at its end.
        """
        moment = start.astimezone(UTC)
        left = timedelta(minutes=minutes)
        if left <= timedelta(0):
            return moment
        for opens, closes in self._stretches(moment):
            begins = max(opens, moment)
            if closes - begins >= left:
                return begins + left
            left -= closes - begins
        raise AssertionError("working time never ends")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; nothing when the end comes first."""
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        passed = timedelta(0)
        if last <= first:
            return passed
        for opens, closes in self._stretches(first):
            if opens >= last:
                break
            passed += min(closes, last) - max(opens, first)
        return passed

    def _stretches(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working stretches that end after `moment`, in UTC and in their order, without end."""
        day = moment.astimezone(self.zone).date()
        while True:
            if day not in self.holidays:
                for start, end in self.week[day.weekday()]:
                    opens, closes = self._at(day, start), self._at(day, end)
                    # Clocks that go forward can swallow a whole stretch.
                    if closes > moment and closes > opens:
                        yield opens, closes
            day += _ONE_DAY

    def _at(self, day: date, minute: int) -> datetime:
        # A local time that clocks skip is read as if they had not gone forward yet, one that comes twice is the first.
        midnight = datetime.combine(day, time(), self.zone)
        return (midnight + timedelta(minutes=minute)).astimezone(UTC)


def calendar_of(
    time_zone: str, week: Sequence[Sequence[Mapping[str, Any]]], holidays: Sequence[str]
) -> BusinessCalendar:
    """A calendar from what is stored: stretches as `{"from": "09:00", "to": "13:00"}`, holidays as ISO dates.

    Raises:
        ValueError: as `BusinessCalendar` does, or a value cannot be read.
    """
    return BusinessCalendar(
        ZoneInfo(time_zone),
        tuple(tuple((minute_of(one["from"]), minute_of(one["to"])) for one in day) for day in week),
        frozenset(date.fromisoformat(day) for day in holidays),
    )


def minute_of(clock: str) -> int:
    """Minutes since midnight of a time such as `09:30`; `24:00` ends the day."""
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
