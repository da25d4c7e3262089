"""The story in brief: the most important facts, each with its attribution."""

from __future__ import annotations

from handlers.answer import Answer, Status
from handlers.compose import Context, answer, next_questions
from handlers.words import say
from knowledge.model import Fact, Label, QuestionKind, Rank
from knowledge.understand.reading import Reading

_MOST = 5


def handle(context: Context, reading: Reading) -> Answer:
    """What a reporter needs first: the curated overview, then the leading facts."""
    overview = next((q for q in context.dossier.questions if q.kind is QuestionKind.ANSWER), None)
    facts = tuple(fact.id for fact in leading(context)[:_MOST])
    lead = overview.lead if overview else context.facts(facts)[0].statement
    shown = tuple(dict.fromkeys((*(overview.facts if overview else ()), *facts)))[:_MOST]
    return answer(
        context,
        reading,
        Status.ANSWERED,
        lead,
        shown,
        suggestions=next_questions(context, shown),
        suggestions_title=say("next", reading.lang),
    )


def leading(context: Context) -> list[Fact]:
    """Facts by importance, derived, deprecated and time-unreliable ones left out."""
    plain = [
        fact
        for fact in context.facts(context.reader.facts)
        if fact.label not in {Label.DERIVED, Label.TIME_UNRELIABLE} and fact.rank is not Rank.DEPRECATED
    ]
    return sorted(plain, key=lambda fact: -fact.importance)
