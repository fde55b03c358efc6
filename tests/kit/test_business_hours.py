"""Working time: lunch, nights, weekends, holidays, and days on which clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karavan.kit.business_hours import BusinessCalendar, calendar_of

ALMATY = ZoneInfo("Asia/Almaty")
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
WEEK = (OFFICE,) * 5 + ((), ())
CALENDAR = BusinessCalendar(ALMATY, WEEK, frozenset({date(2026, 3, 23)}))


def almaty(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, which begins on a Sunday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        (almaty(2, 10), 60, almaty(2, 11)),
        (almaty(2, 12, 30), 60, almaty(2, 14, 30)),  # over lunch
        (almaty(2, 13, 30), 1, almaty(2, 14, 1)),  # in lunch
        (almaty(2, 9), 8 * 60, almaty(2, 18)),  # the end of a day still belongs to it
        (almaty(2, 9), 8 * 60 + 1, almaty(3, 9, 1)),
        (almaty(6, 17), 120, almaty(9, 10)),  # over a weekend
        (almaty(7, 12), 16 * 60, almaty(10, 18)),  # from a Saturday, two days
        (almaty(20, 17), 120, almaty(24, 10)),  # over a weekend and the Monday after it, a holiday
        (almaty(4, 3), 0, almaty(4, 3)),
    ],
)
def test_a_deadline_falls_into_working_time(start, minutes, due):
    assert CALENDAR.add(start, minutes) == due
    assert CALENDAR.between(start, due) == timedelta(minutes=minutes)


def test_hours_that_clocks_skip_are_not_worked():
    """In Berlin clocks go from 02:00 to 03:00 on 29 March 2026 and from 03:00 back to 02:00 on 25 October."""
    always = BusinessCalendar(BERLIN, (((0, 24 * 60),),) * 7)
    spring, autumn = (
        datetime(2026, 3, 29, tzinfo=BERLIN),
        datetime(2026, 10, 25, tzinfo=BERLIN),
    )
    assert always.between(spring, datetime(2026, 3, 30, tzinfo=BERLIN)) == timedelta(hours=23)
    assert always.between(autumn, datetime(2026, 10, 26, tzinfo=BERLIN)) == timedelta(hours=25)
    assert always.add(spring, 180) == datetime(2026, 3, 29, 4, tzinfo=BERLIN)
    # Whoever begins at 9 on either side of the change begins at 9.
    office = BusinessCalendar(BERLIN, (OFFICE,) * 7)
    eve = datetime(2026, 3, 28, 17, tzinfo=BERLIN)
    assert office.add(eve, 120) == datetime(2026, 3, 29, 10, tzinfo=BERLIN)


def test_what_is_stored_is_read():
    day = [{"from": "09:00", "to": "13:00"}, {"from": "14:00", "to": "18:00"}]
    read = calendar_of("Asia/Almaty", [day] * 5 + [[], []], ["2026-03-23"])
    assert read == CALENDAR
    for week in ([[]] * 7, [day] * 6, [[*reversed(day)]] + [[]] * 6):
        with pytest.raises(ValueError, match=r"week|stretches"):
            calendar_of("Asia/Almaty", week, [])


moments = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001  # the strategy adds the zone
    datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@st.composite
def calendars(draw) -> BusinessCalendar:
    """Any week with working time, in zones with and without a change of clocks, west and east."""
    days = []
    for _ in range(7):
        edges = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
        edges = edges[: len(edges) // 2 * 2]
        days.append(tuple(zip(edges[::2], edges[1::2], strict=True)))
    if not any(days):
        days[draw(st.integers(0, 6))] = ((540, 600),)
    zone = draw(
        st.sampled_from(["Asia/Almaty", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
    )
    holidays = draw(st.sets(st.dates(date(2024, 1, 1), date(2028, 1, 1)), max_size=5))
    return BusinessCalendar(ZoneInfo(zone), tuple(days), frozenset(holidays))


@given(calendars(), moments, st.integers(1, 5000), st.integers(0, 3000))
def test_whatever_the_calendar(calendar, start, minutes, further):
    due = calendar.add(start, minutes)
    assert due > start
    assert calendar.between(start, due) == timedelta(minutes=minutes)
    # It is the earliest: a second before, working time is missing.
    assert calendar.between(start, due - timedelta(seconds=1)) < timedelta(minutes=minutes)
    # Stopped and started again at the deadline, the clock runs on as if nothing had been.
    assert calendar.add(due, further) == calendar.add(start, minutes + further) or further == 0
