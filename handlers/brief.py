"""The story in brief: the curated overview with its facts, then what else a reporter needs."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.answer import Answer, Section
from handlers.compose import next_questions, told
from handlers.context import Context
from handlers.words import say
from knowledge.model import Fact, Label, QuestionKind, Rank
from knowledge.understand.reading import Reading

_MORE = 5


def handle(context: Context, reading: Reading) -> Answer:
    """The overview, its facts, and one line for each other leading fact."""
    overview = next((q for q in context.dossier.questions if q.kind is QuestionKind.ANSWER), None)
    first = leading(context)
    shown = overview.facts if overview and overview.facts else (first[0].id,)
    lead = overview.lead if overview else first[0].statement
    others = various(fact for fact in first if fact.id not in shown)[:_MORE]
    lines = tuple(f"{fact.statement} [{fact.id}]" for fact in others)
    sections = (Section(title=say("also_title", reading.lang), lines=lines),) if lines else ()
    more = next_questions(context, (*shown, *(fact.id for fact in others)), reading.lang)
    return told(context, reading, lead, shown, sections=sections, suggestions=more)


def various(facts: Iterable[Fact]) -> list[Fact]:
    """The first fact of each agent or speaker, so that a short list covers the story."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(fact.speaker or next(iter(fact.agent or fact.actors), fact.id), fact)
    return list(found.values())


def leading(context: Context) -> list[Fact]:
    """Facts by importance; derived, deprecated and time-unreliable ones left out."""
    plain = [
        fact
        for fact in context.every_fact()
        if fact.label not in {Label.DERIVED, Label.TIME_UNRELIABLE} and fact.rank is not Rank.DEPRECATED
    ]
    return sorted(plain, key=lambda fact: -fact.importance)
