"""Resolved dates in the asker's language; English for forms that have no wording of their own."""

from __future__ import annotations

import re
from functools import lru_cache

from handlers.words import say
from knowledge.dates import in_words
from knowledge.model import Lang

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?(?:-(?P<day>\d\d))?(?P<mark>[?~])?")
_OPEN = {"", ".."}


@lru_cache(maxsize=1024)
def dated(edtf: str, lang: Lang) -> str:
    """An EDTF value in words."""
    start, slash, end = edtf.partition("/")
    points = [point for point in (start, end) if point not in _OPEN]
    if lang == "en" or not points or not all(_POINT.fullmatch(point) for point in points):
        return in_words(edtf)
    if not slash:
        return _point(start, lang)
    if start in _OPEN:
        return say("date_until", lang, date=_point(end, lang))
    if end in _OPEN:
        return say("date_from", lang, date=_point(start, lang))
    return say("date_range", lang, start=_point(start, lang), end=_point(end, lang))


def _point(edtf: str, lang: Lang) -> str:
    found = _POINT.fullmatch(edtf)
    if found is None:
        return in_words(edtf)
    finest = "day" if found["day"] else "month" if found["month"] else "year"
    month = say("months", lang).split()[int(found["month"] or 1) - 1]
    words = say(f"date_{finest}", lang, day=int(found["day"] or 1), month=month, year=found["year"])
    return say({"?": "date_uncertain", "~": "date_about"}[found["mark"]], lang, date=words) if found["mark"] else words
