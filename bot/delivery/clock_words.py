"""Reads a time of day out of words: "9am", "half past nine", "오전 9시", "8.30 مساء", "noon", "every evening"."""

from __future__ import annotations

import re
from datetime import time

FIXED_TIMES = {
    time(12): "noon|midday|정오|ظهرا|الظهر|oglen|ogle vakti",
    time(0): "midnight|자정|منتصف الليل|gece yarisi",
}
MORNING = "in the morning|morning|am|오전|아침|صباحا|الصبح|ص|sabah"
AFTERNOON = "in the afternoon|in the evening|afternoon|evening|at night|pm|오후|저녁|مساء|المساء|ogleden sonra|aksam"
# What is said without an hour.
PARTS = {
    time(9): "mornings?|아침|صباحا|الصبح|sabah",
    time(18): "evenings?|저녁|مساء|المساء|aksam",
}
_EACH = re.compile(r"(?<!\w)(?:every|each) (?=(?:morning|afternoon|evening|night)(?!\w))")
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = re.compile(rf"(?<!\w)(?P<number>{'|'.join(_NUMBERS)})(?!\w)")
_SPOKEN = re.compile(r"(?<!\w)(?P<part>half past|quarter past|quarter to)\s+(?P<hour>\d{1,2})(?![\d:])")
_CLOCK = (
    r"(?<![\d:])(?P<hour>\d{1,2})(?:\s*(?::|h(?![a-z])|시)\s*(?:(?P<minute>\d{1,2})분?)?|(?P<packed>\d{2}))?(?![\d:])"
)
_TIME = re.compile(
    rf"(?:(?P<before>{MORNING}|{AFTERNOON})\s*(?:(?:at|around)\s+)?)?"
    rf"{_CLOCK}(?:\s*(?P<after>{MORNING}|{AFTERNOON})(?!\w))?"
)


def time_of_day(text: str) -> tuple[time | str | None, str]:
    """The time, or the words of one that there is not, or None; and the text without it."""
    text = _SPOKEN.sub(_in_figures, _NUMBER.sub(_figure, _EACH.sub("every day ", text)))
    for at, names in FIXED_TIMES.items():
        if found := re.search(rf"(?<!\w)(?:{names})(?!\w)", text):
            return at, cut(text, found)
    found = _TIME.search(text)
    return _part_of_day(text) if found is None else _read(found, text)


def cut(text: str, found: re.Match[str]) -> str:
    """The text without what was found in it."""
    return f"{text[: found.start()]} {text[found.end() :]}"


def _read(found: re.Match[str], text: str) -> tuple[time | str, str]:
    hour, minute = int(found["hour"]), int(found["minute"] or found["packed"] or 0)
    half = found["before"] or found["after"]
    if half:
        if not 1 <= hour <= 12 and not (hour < 24 and re.fullmatch(AFTERNOON, half)):
            return found[0].strip(), text
        hour = hour % 12 + (12 if re.fullmatch(AFTERNOON, half) else 0) if hour <= 12 else hour
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        return found[0].strip(), text
    return time(hour, minute), cut(text, found)


def _part_of_day(text: str) -> tuple[time | None, str]:
    for at, names in PARTS.items():
        if found := re.search(rf"(?<!\w)(?:{names})(?!\w)", text):
            return at, cut(text, found)
    return None, text


def _figure(found: re.Match[str]) -> str:
    return str(_NUMBERS.index(found["number"]) + 1)


def _in_figures(found: re.Match[str]) -> str:
    hour = int(found["hour"])
    if found["part"] == "quarter to":
        return f"{(hour - 1) % 24}:45"
    return f"{hour}:{'30' if found['part'] == 'half past' else '15'}"
