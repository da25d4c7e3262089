"""The story in order, each point with the source's words for its time and how firm the date is."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.compose import Context, answer
from handlers.words import say
from knowledge.dates import in_words, sort_key
from knowledge.model import TimelineEntry
from knowledge.understand.reading import Reading

_BASIS = {
    "stated": "as printed",
    "anchored": "worked out from the article's date",
    "external": "from the stored copy's date, not in the text",
    "derived": "Derived",
    "time-unreliable": "timing unreliable, check",
}


def handle(context: Context, reading: Reading) -> Answer:
    """Every point of the timeline, or those of the actors that are named."""
    wanted = set(context.reader.canonicaliser.read(reading.argument).actors) if reading.argument else set()
    points = [point for point in ordered(context) if not wanted or wanted & _actors(context, point)]
    if not points:
        return answer(context, reading, Status.DECLINED, say("not_in_article", reading.lang))
    facts = tuple(dict.fromkeys(point.facts[0] for point in points if point.facts))
    section = Section(title=say("timeline_title", reading.lang), lines=tuple(line(point) for point in points))
    lead = f"{len(points)} points, earliest first; the text itself prints no full date."
    return answer(context, reading, Status.ANSWERED, lead, facts[:3], sections=(section,))


def ordered(context: Context) -> list[TimelineEntry]:
    """Timeline entries by the start of their EDTF value."""
    return sorted(context.dossier.timeline, key=lambda point: sort_key(point.edtf))


def line(point: TimelineEntry) -> str:
    """One point in a line: when, what, how firm, which facts."""
    flag = _BASIS[point.label]
    return f"{in_words(point.edtf)}: {point.display} [{', '.join(point.facts)} · {flag}]"


def _actors(context: Context, point: TimelineEntry) -> set[str]:
    return {actor for fact in context.facts(point.facts) for actor in fact.actors}
