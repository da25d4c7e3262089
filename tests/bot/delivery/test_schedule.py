"""Wall times of a place, across every change of its clocks: no day missed, none doubled."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.schedule import (
    EVERY_DAY,
    WEEKDAYS,
    Schedule,
    exists,
    kept_schedule,
    last_occurrence,
    moment_of,
    next_occurrence,
)

ZONES = (
    "Asia/Seoul",
    "Asia/Damascus",
    "Europe/Istanbul",
    "Europe/Berlin",
    "Africa/Cairo",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Tehran",
    "Pacific/Apia",
)


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", date(2025, 3, 30), time(2, 30), "2025-03-30T01:00"),
        ("Europe/Berlin", date(2025, 3, 30), time(3, 0), "2025-03-30T01:00"),
        ("Europe/Berlin", date(2025, 10, 26), time(2, 30), "2025-10-26T00:30"),
        ("America/New_York", date(2025, 3, 9), time(2, 59), "2025-03-09T07:00"),
        ("America/New_York", date(2025, 11, 2), time(1, 15), "2025-11-02T05:15"),
        ("Africa/Cairo", date(2025, 4, 25), time(0, 0), "2025-04-24T22:00"),
        ("Asia/Damascus", date(2021, 3, 26), time(0, 30), "2021-03-25T22:00"),
        ("Australia/Lord_Howe", date(2025, 10, 5), time(2, 10), "2025-10-04T15:30"),
        ("Asia/Seoul", date(2025, 3, 30), time(2, 30), "2025-03-29T17:30"),
    ],
)
def test_a_time_in_a_gap_comes_right_after_it_and_a_doubled_time_comes_once(
    zone: str, day: date, at: time, expected: str
) -> None:
    assert moment_of(zone, day, at).strftime("%Y-%m-%dT%H:%M") == expected


def test_a_day_that_a_zone_skipped_has_no_digest() -> None:
    assert not exists("Pacific/Apia", date(2011, 12, 30))
    after_friday = datetime(2011, 12, 29, 12, tzinfo=ZoneInfo("Pacific/Apia"))
    assert next_occurrence(Schedule("Pacific/Apia", time(9)), after_friday).local_date == date(2011, 12, 31)


@pytest.mark.parametrize("zone", ZONES)
def test_seven_years_of_days_are_each_served_once_in_order(zone: str) -> None:
    for at in (time(0, 0), time(0, 30), time(1, 30), time(2, 30), time(9, 0), time(23, 59)):
        schedule = Schedule(zone, at)
        moment = datetime(2018, 12, 31, 12, tzinfo=UTC)
        served: list[date] = []
        while not served or served[-1] < date(2026, 1, 1):
            coming = next_occurrence(schedule, moment)
            assert coming.due > moment
            served.append(coming.local_date)
            moment = coming.due
        lived = [served[0] + timedelta(days=n) for n in range((served[-1] - served[0]).days + 1)]
        assert served == lived


@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    minutes=st.integers(0, 7 * 365 * 24 * 60),
)
@settings(max_examples=300, deadline=None)
def test_the_next_occurrence_is_the_first_after_a_moment(
    zone: str, at: time, days: frozenset[int], minutes: int
) -> None:
    schedule, moment = Schedule(zone, at, days), datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    coming, last = next_occurrence(schedule, moment), last_occurrence(schedule, moment)
    assert last.due <= moment < coming.due
    assert coming.local_date.weekday() in days
    local = coming.due.astimezone(ZoneInfo(zone))
    assert local.date() == coming.local_date
    assert (local.hour, local.minute) >= (at.hour, at.minute)
    assert local.replace(fold=0).astimezone(UTC) == coming.due
    between = [last.local_date + timedelta(days=n) for n in range(1, (coming.local_date - last.local_date).days)]
    assert not [day for day in between if day.weekday() in days and exists(zone, day)]


def test_a_schedule_survives_being_kept() -> None:
    schedule = Schedule("Asia/Seoul", time(7, 5), WEEKDAYS)
    assert kept_schedule(schedule.tz, schedule.local_time, schedule.day_numbers) == schedule


@pytest.mark.parametrize("days", [frozenset(), frozenset({7})])
def test_a_schedule_without_days_cannot_be_made(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="days"):
        Schedule("UTC", time(9), days)


def test_every_day_is_the_default() -> None:
    assert Schedule("UTC", time(9)).days == EVERY_DAY
