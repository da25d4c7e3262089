"""Days, months and years that a sentence names."""

from __future__ import annotations

import re

from knowledge.checking.base import Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import check_lexicon
from knowledge.checking.times import Stated
from knowledge.understand.lexicon import Lexicon, variants
from knowledge.understand.quantities import Quantity

_YEAR = re.compile(r"^((?:19|20)\d\d)(?!\d)")
_SHORT = 4
_DATED_UNITS = {None, "day"}


def stated_times(claimed: Claimed, lexicon: Lexicon) -> list[Stated]:
    """Every day, month or year that a sentence names; a day number beside a month goes with it."""
    found = []
    for at, spoken in enumerate(claimed.canonical.words):
        word = _doubtful(claimed, at, lexicon) or spoken
        forms = variants(word, claimed.lang)
        weekday = next((lexicon.weekdays[f] for f in forms if f in lexicon.weekdays), None)
        month = next((lexicon.months[f] for f in forms if f in lexicon.months), None) or _numbered(word, lexicon)
        if weekday and not _everyday(claimed, at):
            found.append(Stated(at, at, weekday=int(weekday)))
        elif month:
            day = _day(claimed, at)
            places = (at, day.at) if day else (at,)
            found.append(Stated(min(places), max(places), month=int(month), day=int(day.amount) if day else None))
        elif year := _YEAR.match(word):
            found.append(Stated(at, at, year=int(year.group(1))))
    return found


def _everyday(claimed: Claimed, at: int) -> bool:
    """«sat», «wed»: the short name of a day only with a capital letter."""
    said = claimed.said(at, at)
    return claimed.lang == "en" and len(said) <= _SHORT and said.islower()


def _doubtful(claimed: Claimed, at: int, lexicon: Lexicon) -> str:
    """The month that an everyday word is by its capital letter or the word before it: «May», «in march»."""
    named = f"{claimed.words[at]}_month"
    if named not in lexicon.months and named.replace("_", "") not in lexicon.months:
        return ""
    capital = at > 0 and claimed.said(at, at)[:1].isupper()
    before = at > 0 and claimed.words[at - 1] in check_lexicon().before_month
    return named if capital or before else ""


def _numbered(word: str, lexicon: Lexicon) -> str | None:
    """A month written as a number and a word with a particle behind it."""
    if not word[0].isdigit():
        return None
    return next((key for form, key in lexicon.months.items() if form[0].isdigit() and word.startswith(form)), None)


def _day(claimed: Claimed, at: int) -> Quantity | None:
    near = [
        q
        for q in claimed.canonical.quantities
        if abs(q.at - at) == 1 and q.unit in _DATED_UNITS and 1 <= q.amount <= 31
    ]
    return near[0] if near else None


def places(stated: list[Stated]) -> frozenset[int]:
    """Tokens that times cover."""
    return frozenset(at for time in stated for at in range(time.first, time.last + 1))


def bears(known: Known, time: Stated) -> bool:
    """Whether a stated time is the fact's own."""
    return True in [point.fits(time) for point in known.points] or time.weekday in known.weekdays
