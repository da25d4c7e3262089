"""Dates in EDTF (ISO 8601-2): whether a value is one, in which order values come, and how one reads in words.

The common forms (dates to the day, `~ ? %`, X for unknown digits, intervals, open ends) are read here, because
importing and running the `edtf` parser costs more than loading a whole dossier; every other form goes to `edtf`.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from functools import lru_cache

Day = tuple[int, int, int]
SortKey = tuple[Day, int, Day]
DATE = r"\d{4}(-[01]\d(-\d\d)?)?[~?%]?"
MASKED = r"\d{3}X|\d\dXX|\d{4}(-XX){1,2}|\d{4}-[01]\d-XX|XXXX-[01]\d(-\d\d)?|XXXX(-XX){0,2}"
COMMON = re.compile(f"(?!0000)({DATE}|{MASKED})", re.ASCII)
OPEN = {"", ".."}
FIRST, LAST = (0, 1, 1), (9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Point:
    """A date as written: digits or X, and `~` about, `?` uncertain, `%` both."""

    year: str
    month: str | None
    day: str | None
    qualifier: str

    def in_calendar(self) -> bool:
        """Whether month and day exist; a day without a year may be 29 February."""
        month = 1 if self.month in (None, "XX") else int(self.month or 0)
        if not 1 <= month <= 12:
            return False
        leap = 2000 if "X" in self.year else int(self.year)
        return self.day in (None, "XX") or 1 <= int(self.day or 0) <= monthrange(leap, month)[1]

    def bounds(self) -> tuple[Day, Day]:
        """The first and the last day that it may mean."""
        first, last = int(self.year.replace("X", "0")), int(self.year.replace("X", "9"))
        months = (1, 12) if self.month in (None, "XX") else (int(self.month or 0),) * 2
        days = (1, monthrange(last, months[1])[1]) if self.day in (None, "XX") else (int(self.day or 0),) * 2
        return (first, months[0], days[0]), (last, months[1], days[1])

    def in_words(self) -> str:
        """'10 April 2025', 'about 1970', 'December, year not given'."""
        month = month_name[int(self.month)] if self.month not in (None, "XX") else None
        day = str(int(self.day)) if month and self.day not in (None, "XX") and self.day else None
        if self.year == "XXXX":
            return " ".join(filter(None, (day, month))) + ", year not given" if month else "a date not given"
        year = self.year if "X" not in self.year else f"the years {self.bounds()[0][0]} to {self.bounds()[1][0]}"
        words = " ".join(filter(None, (day, month, year)))
        return {"~": f"about {words}", "?": f"{words} (uncertain)", "%": f"about {words} (uncertain)"}.get(
            self.qualifier, words
        )


def _point(text: str) -> Point | None:
    """A date of a common form, which the calendar may still lack."""
    if not COMMON.fullmatch(text):
        return None
    year, month, day = (*text.rstrip("~?%").split("-"), None, None)[:3]
    return Point(year or "", month, day, text[-1] if text[-1] in "~?%" else "")


@lru_cache(maxsize=4096)
def is_edtf(text: str) -> bool:
    """Whether the text is a date in EDTF whose interval, if it is one, does not end before it starts."""
    start, slash, end = text.partition("/")
    ends = [part for part in (start, end) if part not in OPEN] if slash else [text]
    points = [_point(part) for part in ends]
    if not ends or any(point and not point.in_calendar() for point in points):
        return False
    if not all(points) and not _parses(text):
        return False
    return len(ends) < 2 or _bounds(start)[0] <= _bounds(end)[1]


def sort_key(text: str) -> SortKey:
    """Orders EDTF values: by start, open starts just before what they lead to, open ends last."""
    start, slash, end = text.partition("/")
    if not slash:
        first, last = _bounds(text)
        return first, 1, last
    if start in OPEN:
        return _bounds(end)[0], 0, LAST
    if end in OPEN:
        return _bounds(start)[0], 2, LAST
    return _bounds(start)[0], 1, _bounds(end)[1]


def start_day(text: str) -> Day | None:
    """The earliest day that an EDTF value may mean, None when its start is open."""
    start = text.partition("/")[0]
    return None if start in OPEN else _bounds(start)[0]


def end_day(text: str) -> Day | None:
    """The latest day that an EDTF value may mean, None when its end is open."""
    end = text.rpartition("/")[2]
    return None if end in OPEN else _bounds(end)[1]


@lru_cache(maxsize=1024)
def in_words(text: str) -> str:
    """An EDTF value in English; forms without a wording of their own come back as they are."""
    start, slash, end = text.partition("/")
    if slash:
        return _interval_in_words(start, end)
    if text.startswith(("[", "{")) and ".." not in text:
        return _listed(text)
    point = _point(text)
    return point.in_words() if point else text


def _interval_in_words(start: str, end: str) -> str:
    if start in OPEN:
        return f"up to {in_words(end)}"
    if end in OPEN:
        return f"from {in_words(start)} on"
    if start.endswith("?") and end.endswith("?"):
        start = start.removesuffix("?")
    return f"{in_words(start)} to {in_words(end)}"


def _listed(text: str) -> str:
    *most, last = (in_words(part.strip()) for part in text[1:-1].split(","))
    joint = " or " if text.startswith("[") else " and "
    return joint.join(filter(None, (", ".join(most), last)))


def _bounds(text: str) -> tuple[Day, Day]:
    point = _point(text)
    return point.bounds() if point else _library_bounds(text)


@lru_cache(maxsize=4096)
def _library_bounds(text: str) -> tuple[Day, Day]:
    # imported where it is needed: 0.15 s, and seldom
    from edtf import parse_edtf

    value = parse_edtf(text)
    return _day(value.lower_strict(), FIRST), _day(value.upper_strict(), LAST)


def _day(moment: object, when_open: Day) -> Day:
    """The date of a struct_time; the library gives an infinite float for an open end."""
    if not isinstance(moment, tuple):
        return when_open
    year, month, day = moment[:3]
    return year, month, day


def _parses(text: str) -> bool:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parse_edtf(text)
    except EDTFParseException:
        return False
    return True
