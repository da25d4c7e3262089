"""Wall times of a place, day by day, across every change of its clocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
SEARCH_DAYS = 16


@dataclass(frozen=True, slots=True)
class Schedule:
    """A local time on some days of the week (Monday is 0) in one time zone."""

    tz: str
    at: time
    days: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        if not self.days or not self.days <= EVERY_DAY:
            raise ValueError("a schedule needs days of the week between 0 and 6")
        ZoneInfo(self.tz)

    @property
    def local_time(self) -> str:
        """The time as kept: HH:MM."""
        return f"{self.at:%H:%M}"

    @property
    def day_numbers(self) -> str:
        """The days as kept: 0,1,2."""
        return ",".join(str(day) for day in sorted(self.days))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One digest that is due: the local date it is for, and the moment."""

    local_date: date
    due: datetime


def kept_schedule(tz: str, local_time: str, day_numbers: str) -> Schedule:
    """The schedule that was kept as three strings."""
    return Schedule(tz, time.fromisoformat(local_time), frozenset(int(day) for day in day_numbers.split(",")))


@lru_cache(maxsize=8192)
def moment_of(tz: str, local_date: date, at: time) -> datetime:
    """When that wall time comes: the first time if it comes twice, the first moment after the gap if never."""
    zone = ZoneInfo(tz)
    wall = datetime.combine(local_date, at)
    earlier, later = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if earlier.astimezone(zone).replace(tzinfo=None) == wall:
        return earlier
    # Inside a gap the fold turns round: `later` lies before the clocks change, `earlier` after.
    return _change_between(zone, later, earlier)


def exists(tz: str, local_date: date) -> bool:
    """Whether that date was lived there; a zone that crosses the date line skips one."""
    return moment_of(tz, local_date + DAY, time(0)) > moment_of(tz, local_date, time(0))


def occurrences(schedule: Schedule, after: datetime) -> Iterator[Occurrence]:
    """Every occurrence that is due after a moment, in order, for two weeks and more."""
    start = after.astimezone(ZoneInfo(schedule.tz)).date() - DAY
    for offset in range(SEARCH_DAYS):
        local_date = start + offset * DAY
        if local_date.weekday() in schedule.days and exists(schedule.tz, local_date):
            due = moment_of(schedule.tz, local_date, schedule.at)
            if due > after:
                yield Occurrence(local_date, due)


def next_occurrence(schedule: Schedule, after: datetime) -> Occurrence:
    """The first occurrence that is due after a moment."""
    return next(occurrences(schedule, after))


def last_occurrence(schedule: Schedule, until: datetime) -> Occurrence:
    """The last occurrence that was due by a moment."""
    return [one for one in occurrences(schedule, until - 9 * DAY) if one.due <= until][-1]


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = after.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)
