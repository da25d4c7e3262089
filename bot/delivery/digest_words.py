"""Reads "every weekday 9am Seoul" in English, Korean, Arabic and Turkish; answers nonsense with examples."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale

from bot.delivery.clock_words import cut, time_of_day
from bot.delivery.places import ABBREVIATIONS, LANGUAGES, NEIGHBOURS, fold, is_near, nearest_zones, zone_named
from bot.delivery.schedule import EVERY_DAY, WEEKDAYS, WEEKEND, Schedule
from bot.render.words import tell
from handlers.words import say
from knowledge.model import Lang

EXAMPLES = ("every weekday 9am Seoul", "daily 07:30 Europe/Istanbul", "mon wed fri 18:00 Damascus")
DEFAULT_TIME = time(9)

GROUPS = {
    EVERY_DAY: "every day|each day|daily|everyday|매일|كل يوم|يوميا|her gun|hergun|gunluk",
    WEEKDAYS: "every weekday|weekdays?|work ?days|평일|ايام العمل|ايام الاسبوع|hafta ?ici|is gunleri",
    WEEKEND: "weekends|weekend|주말|عطله نهايه الاسبوع|نهايه الاسبوع|hafta sonu|haftasonu",
}
WEEKLY = re.compile(r"(?<!\w)(?:weekly|once a week|every week|each week|haftada bir|haftalik|اسبوعيا)(?!\w)")
TOO_OFTEN = re.compile(
    r"(?<!\w)(?:hourly|every (?:\d+ )?(?:hours?|minutes?)|(?:twice|\d+ times|two times) (?:a|per) day|매시간|كل ساعه|"
    r"saat basi|gunde iki)(?!\w)"
)
TOO_SELDOM = re.compile(
    r"(?<!\w)(?:monthly|every month|once a month|every other \w+|매달|매월|شهريا|aylik|her ay)(?!\w)"
)
OFFSET = re.compile(r"\b(?:utc|gmt)\s*(?P<sign>[+\-−])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?!\d)")
FILLER = frozenset(
    "my own every each on at in from the a time zone timezone tz local oclock and for me us here please digest "
    "subscribe post send it change to by of day days 시간 기준 에 마다 매주 현지 및 와 과 "
    "saat saati saatiyle saatinde ve icin her de da gunleri haftada "
    "الساعه في بتوقيت كل يوم و توقيت ايام من".split()
)
RANGE = re.compile(r"\s*(?:-|–|—|~|\bto\b|\bthrough\b|\bthru\b|\buntil\b|부터|الي|الى|حتي)\s*")
KOREAN_DAYS = "월화수목금토일"


@dataclass(frozen=True, slots=True)
class Heard:
    """A schedule that was understood; `notes` say what was guessed, `placed` whether a place was named."""

    schedule: Schedule
    notes: tuple[str, ...] = ()
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Unheard:
    """What could not be read, and words that can be, the nearest first."""

    reason: str
    offers: tuple[str, ...] = EXAMPLES


def read_schedule(words: str, default: Schedule, lang: Lang = "en") -> Heard | Unheard:
    """The schedule that these words mean; what they leave out is taken from `default`."""
    text = _plain(words)
    if not text:
        return Heard(default)
    if offset := OFFSET.search(text):
        return Unheard(tell("not_an_offset", lang, word=offset[0]), _at_offset(offset))
    if TOO_OFTEN.search(text) or TOO_SELDOM.search(text):
        return Unheard(tell("not_a_rhythm", lang))
    at, text = time_of_day(text)
    if isinstance(at, str):
        return Unheard(tell("not_a_time", lang, word=at), (_nearest(at, text, default), *EXAMPLES[:2]))
    days, text = _days(text)
    rest = [word for word in re.split(r"[\s,;&+/()]+(?![^\s]*/)", text) if word and word not in FILLER]
    zone, notes = _zone(" ".join(rest), default.tz, lang)
    if isinstance(zone, Unheard):
        return zone
    return Heard(Schedule(zone, at or default.at, days or default.days), notes, placed=bool(rest))


def in_words(schedule: Schedule, lang: Lang = "en") -> str:
    """The schedule as people say it, and as it can be typed back."""
    named = {EVERY_DAY: "every_day", WEEKDAYS: "every_weekday", WEEKEND: "weekends"}.get(schedule.days)
    names = Locale.parse(lang).days["format"]["abbreviated"]
    days = tell(named, lang) if named else " ".join(names[day] for day in sorted(schedule.days))
    return tell("schedule", lang, days=days, time=schedule.local_time, zone=schedule.tz)


def weekday(day: date, lang: Lang) -> str:
    """The day of the week."""
    name: str = Locale.parse(lang).days["format"]["wide"][day.weekday()]
    return name


def day_in_words(day: date, lang: Lang) -> str:
    """Weekday, day and month."""
    month = say("months", lang).split()[day.month - 1]
    return tell("digest_day", lang, weekday=weekday(day, lang), day=day.day, month=month)


def _plain(words: str) -> str:
    digits = "".join(str(unicodedata.digit(mark)) if mark.isdigit() else mark for mark in words[:200])
    # Arabic letters that are written either way, and a suffix behind an apostrophe ("İstanbul'da").
    text = fold(digits).replace("ة", "ه").replace("ى", "ي").replace("o'clock", " ")
    return re.sub(r"['’]\w+", "", text)


def _at_offset(offset: re.Match[str]) -> tuple[str, ...]:
    """Words with a city that was that far from UTC in its winter."""
    ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
    ahead = ahead if offset["sign"] == "+" else -ahead
    zones = dict.fromkeys(["Asia/Damascus", *ABBREVIATIONS.values(), *NEIGHBOURS.values()])
    near = [zone for zone in zones if datetime(2025, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset() == ahead]
    return tuple(f"every weekday 9am {zone}" for zone in near[:3]) or EXAMPLES


def _nearest(written: str, text: str, default: Schedule) -> str:
    """The words with the nearest time of day in place of the one that there is not."""
    numbers = [int(number) for number in re.findall(r"\d{1,2}", written)][:2]
    hour, minute = min(numbers[0], 23), min(numbers[1], 59) if len(numbers) > 1 else 0
    there = Schedule(default.tz, time(hour, minute), default.days)
    rest = read_schedule(text.replace(written, " ", 1), there)
    return in_words(rest.schedule if isinstance(rest, Heard) else there)


def _days(text: str) -> tuple[frozenset[int] | None, str]:
    found: set[int] = set()
    for days, names in GROUPS.items():
        if hit := re.search(rf"(?<!\w)(?:{names})(?!\w)", text):
            found |= days
            text = cut(text, hit)
    weekly, text = bool(WEEKLY.search(text)), WEEKLY.sub(" ", text)
    text = _ranges(text, found)
    left = []
    for word in text.split():
        days_of_word = [_day(part) for part in re.split(r"[,/&+]", word) if part]
        if days_of_word and all(day is not None for day in days_of_word):
            found |= {day for day in days_of_word if day is not None}
        elif (packed := word.rstrip("마다에요일")) and set(packed) <= set(KOREAN_DAYS):
            found |= {KOREAN_DAYS.index(mark) for mark in packed}
        else:
            left.append(word)
    return frozenset(found or ({0} if weekly else ())) or None, " ".join(left)


def _ranges(text: str, found: set[int]) -> str:
    words = RANGE.sub(" - ", text).split()
    left: list[str] = []
    while words:
        ends = (_day(words[0]), _day(words[2])) if len(words) > 2 and words[1] == "-" else (None, None)
        if ends[0] is not None and ends[1] is not None:
            found |= {(ends[0] + step) % 7 for step in range((ends[1] - ends[0]) % 7 + 1)}
            del words[:3]
        else:
            left.append(words.pop(0))
    return " ".join(word for word in left if word != "-")


def _day(word: str) -> int | None:
    names = _day_names()
    bare = word.strip(",.;:")
    for form in (
        bare,
        bare.removesuffix("s"),
        bare.removesuffix("마다"),
        bare.removesuffix("에"),
        bare.removeprefix("و"),
    ):
        if form in names:
            return names[form]
    for suffix in ("leri", "lari"):
        if bare.removesuffix(suffix) in names:
            return names[bare.removesuffix(suffix)]
    near = [day for name, day in names.items() if len(bare) > 4 and len(name) > 4 and is_near(bare, name)]
    return near[0] if near else None


def _zone(words: str, default: str, lang: Lang) -> tuple[str | Unheard, tuple[str, ...]]:
    if not words:
        return default, ()
    if exact := zone_named(words):
        return exact, ()
    if part := _part_that_is_a_zone(words):
        left = " ".join(words.replace(part, " ", 1).split())
        known = zone_named(left) or all(zone_named(word) for word in left.split())
        return zone_named(part) or default, () if known else (tell("left_out", lang, words=left),)
    near = nearest_zones(words)
    if near and is_near(words, near[0][0]):
        return near[0][1], (tell("read_as_place", lang, word=words, zone=near[0][1]),)
    offers = tuple(f"every weekday 9am {zone}" for _, zone in near) or EXAMPLES
    return Unheard(tell("not_a_place", lang, word=words), offers), ()


def _part_that_is_a_zone(words: str) -> str | None:
    parts = words.split()
    spans = [" ".join(parts[i:j]) for i in range(len(parts)) for j in range(len(parts), i, -1)]
    trimmed = [span.removesuffix("시간").strip() for span in spans]
    return next((span for span in sorted({*spans, *trimmed}, key=len, reverse=True) if zone_named(span)), None)


@lru_cache(maxsize=1)
def _day_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        days = Locale.parse(language).days["format"]
        for width in ("wide", "abbreviated", "short"):
            for day, name in days.get(width, {}).items():
                plain = _plain(name)
                names.setdefault(plain, day)
                names.setdefault(plain.removeprefix("ال"), day)
    return {**names, "tues": 1, "weds": 2, "thur": 3, "thurs": 3, "pzts": 0}
