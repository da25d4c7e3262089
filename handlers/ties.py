"""The ties themselves: every fact about diplomatic relations."""

from __future__ import annotations

from handlers.answer import Answer, Status
from handlers.compose import Context, answer, next_questions
from handlers.words import say
from knowledge.understand.reading import Reading

_PREDICATES = ("establish_ties", "announce", "sign", "have_ties", "exclude", "formalize")
_MOST = 6


def handle(context: Context, reading: Reading) -> Answer:
    """Facts on who has ties with whom; only those of the actors that are named, where any is."""
    wanted = set(context.reader.canonicaliser.read(reading.argument).actors)
    rows = [f for f in context.facts(context.reader.facts) if f.predicate in _PREDICATES and not f.derived_from]
    rows = [f for f in rows if wanted <= set(f.actors)]
    if not rows:
        return answer(context, reading, Status.DECLINED, say("not_in_article", reading.lang))
    rows.sort(key=lambda fact: -fact.importance)
    shown = tuple(fact.id for fact in rows[:_MOST])
    return answer(
        context,
        reading,
        Status.ANSWERED,
        rows[0].statement,
        shown,
        suggestions=next_questions(context, shown),
        suggestions_title=say("next", reading.lang),
    )
