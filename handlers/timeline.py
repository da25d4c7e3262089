"""The story in order: the source's words for each time, the resolved date after them, and what it rests on."""

from __future__ import annotations

from handlers.answer import Action, Answer, Section, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.days import dated
from handlers.lines import fact_lines
from handlers.words import say
from knowledge.dates import sort_key
from knowledge.model import Lang, TimelineEntry
from knowledge.understand.reading import Reading

_BASIS = {
    "derived": "label_derived",
    "external": "basis_external",
    "time-unreliable": "label_time-unreliable",
}


def handle(context: Context, reading: Reading) -> Answer:
    """Every point of the timeline, or those of the actors that are named."""
    lang = reading.lang
    wanted = set(context.reader.canonicaliser.read(reading.argument).actors)
    points = [point for point in ordered(context) if not wanted or wanted & _actors(context, point)]
    if not points:
        more = (Action.EXPLAIN, Action.PROPOSE, Action.WRONG)
        return answer(context, reading, Status.DECLINED, say("not_in_article", lang), actions=more)
    section = Section(title=say("timeline_title", lang), lines=tuple(line(point, lang) for point in points))
    shown = fact_lines(context, (fact for point in points for fact in point.facts), lang)
    actions = (Action.SHARE, Action.WRONG)
    lead = say("timeline_lead", lang)
    return answer(context, reading, Status.ANSWERED, lead, sections=(section,), rests_on=shown, actions=actions)


def ordered(context: Context) -> list[TimelineEntry]:
    """Timeline entries by the start of their EDTF value."""
    return sorted(context.dossier.timeline, key=lambda point: sort_key(point.edtf))


def line(point: TimelineEntry, lang: Lang) -> str:
    """One point in a line: what in the source's time words, the date, how firm, which facts (R8)."""
    basis = say(_BASIS.get(point.label, f"time_{point.label}"), lang)
    what = point.display.rstrip(".")
    return say("timeline_line", lang, what=what, date=dated(point.edtf, lang), basis=basis, ids=", ".join(point.facts))


def _actors(context: Context, point: TimelineEntry) -> set[str]:
    return {actor for fact in context.facts(point.facts) for actor in fact.actors}
