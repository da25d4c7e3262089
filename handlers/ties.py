"""The ties themselves: every fact about diplomatic relations."""

from __future__ import annotations

from handlers.answer import Action, Answer, Status
from handlers.compose import answer, names, told
from handlers.context import Context
from handlers.lines import fact_lines
from handlers.words import say
from knowledge.understand.index import facts_about
from knowledge.understand.reading import Reading

_PREDICATES = ("establish_ties", "announce", "sign", "have_ties", "exclude", "formalize")
_MOST = 5
_NEAR = 3


def handle(context: Context, reading: Reading) -> Answer:
    """Facts on who has ties with whom; only those of the actors that are named, where any is."""
    wanted = context.reader.canonicaliser.read(reading.argument).actors
    rows = [f for f in context.every_fact() if f.predicate in _PREDICATES and not f.derived_from]
    rows = sorted((f for f in rows if set(wanted) <= set(f.actors)), key=lambda fact: -fact.importance)
    if not rows:
        return _none(context, reading, wanted)
    return told(context, reading, rows[0].statement, tuple(fact.id for fact in rows[:_MOST]))


def _none(context: Context, reading: Reading, wanted: list[str]) -> Answer:
    lang = reading.lang
    lead = say("no_ties", lang, names=names(context, wanted, lang)) if wanted else say("not_in_article", lang)
    facts = facts_about(context.reader.actors[wanted[0]], context.dossier.facts) if wanted else []
    near = fact_lines(context, (fact.id for fact in facts[:_NEAR]), lang)
    actions = (Action.EXPLAIN, Action.PROPOSE, Action.WRONG)
    return answer(context, reading, Status.DECLINED, lead, near=near, actions=actions)
