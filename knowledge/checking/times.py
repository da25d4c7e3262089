"""Days, months and years of a sentence held against the times of a fact; both count from the document's date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.model import Fact
from knowledge.understand.structure import MONTHS, WEEKDAYS

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Stated:
    """A time in a sentence: what it pins down, and the tokens behind it."""

    first: int
    last: int
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A date of the base as finely as it is known."""

    year: int
    month: int | None
    day: int | None

    @property
    def weekday(self) -> int | None:
        """ISO weekday, where the day is known."""
        return date(self.year, self.month, self.day).isoweekday() if self.month and self.day else None

    def fits(self, stated: Stated) -> bool | None:
        """True if the stated time agrees, False if it cannot, None if it is finer than what is known."""
        unknown = False
        for theirs, ours in (
            (stated.year, self.year),
            (stated.month, self.month),
            (stated.day, self.day),
            (stated.weekday, self.weekday),
        ):
            if theirs is None:
                continue
            if ours is None:
                unknown = True
            elif theirs != ours:
                return False
        return None if unknown else True


def points(fact: Fact) -> tuple[Point, ...]:
    """The dates that a fact's resolved time names: one, or both ends of an interval."""
    if fact.time is None or not fact.time.resolved:
        return ()
    found = []
    for part in fact.time.resolved.split("/"):
        if match := _DATE.match(part):
            year, month, day = match.groups()
            found.append(Point(int(year), int(month) if month else None, int(day) if day else None))
    return tuple(found)


def relative(name: str, anchor: date) -> tuple[date, date] | None:
    """First and last day that a relative time word covers, counted from the document's date."""
    year = anchor.year
    monday = anchor - timedelta(days=anchor.weekday())
    month = anchor.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    spans = {
        "last_year": (date(year - 1, 1, 1), date(year - 1, 12, 31)),
        "this_year": (date(year, 1, 1), date(year, 12, 31)),
        "two_years_ago": (date(year - 2, 1, 1), date(year - 2, 12, 31)),
        "last_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "last_month": (before, month - timedelta(days=1)),
        "this_month": (month, anchor),
        "today": (anchor, anchor),
        "yesterday": (anchor - timedelta(days=1), anchor - timedelta(days=1)),
    }
    return spans.get(name)


def within(point: Point, span: tuple[date, date]) -> bool | None:
    """Whether a date lies in a span; None where the base does not know it finely enough."""
    first, last = span
    low = date(point.year, point.month or 1, point.day or 1)
    high = date(point.year, point.month or 12, point.day or 28)
    if high < first or low > last:
        return False
    return True if first <= low and high <= last else None


def written(points_of: Sequence[Point]) -> str:
    """Dates as a reader would write them."""
    return " to ".join(dict.fromkeys(_written(point) for point in points_of))


def _written(point: Point) -> str:
    month = MONTHS[point.month - 1] + " " if point.month else ""
    day = f"{point.day} " if point.day else ""
    weekday = f"{WEEKDAYS[point.weekday - 1]}, " if point.weekday else ""
    return f"{weekday}{day}{month}{point.year}"
