"""Two or more actors side by side: what the article says of them together, then of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from handlers.answer import Action, Answer, Section, Status, Suggestion
from handlers.compose import answer, name, names
from handlers.context import Context
from handlers.words import say
from knowledge.model import Fact, Label
from knowledge.understand.reading import Reading

_EACH = 3
_MOST = 3


def handle(context: Context, reading: Reading) -> Answer:
    """A column for each actor that is named; a question back where fewer than two are."""
    actors = context.reader.canonicaliser.read(reading.argument).actors
    if len(actors) < 2:
        return _with_which(context, reading, actors)
    shared = [fact for fact in _facts(context, actors[0]) if set(actors) <= set(fact.actors)][:_MOST]
    joined = names(context, actors, reading.lang)
    lead = shared[0].statement if shared else say("compare_none", reading.lang, names=joined)
    sections = tuple(_column(context, reading, actor, shared) for actor in actors)
    shown = tuple(fact.id for fact in shared)
    actions = (Action.SHARE, Action.EXPLAIN, Action.WRONG)
    sections = tuple(section for section in sections if section.lines)
    return answer(context, reading, Status.ANSWERED, lead, shown, sections=sections, actions=actions)


def _column(context: Context, reading: Reading, actor: str, shared: Sequence[Fact]) -> Section:
    rows = [fact for fact in _facts(context, actor) if fact not in shared and fact.label is not Label.TIME_UNRELIABLE]
    lines = tuple(f"{fact.statement} [{fact.id}]" for fact in rows[:_EACH])
    return Section(title=name(context.reader.actors[actor], reading.lang), lines=lines)


def _with_which(context: Context, reading: Reading, actors: Sequence[str]) -> Answer:
    lang, known = reading.lang, context.reader.actors
    if not actors:
        busiest = [actor for actor, _ in _company(context, None).most_common(2)]
        example = " and ".join(known[actor].name for actor in busiest)
        return answer(context, reading, Status.COMMAND, say("compare_how", lang, example=example))
    one = known[actors[0]]
    company = _company(context, one.id)
    others = sorted(company, key=lambda actor: (known[actor].type != one.type, -company[actor]))[:_MOST]
    options = tuple(
        Suggestion(id=other, label=name(known[other], lang), query=f"compare {one.name} and {known[other].name}")
        for other in others
    )
    lead = say("compare_with", lang, name=name(one, lang))
    title = say("pick", lang)
    return answer(context, reading, Status.CLARIFY, lead, suggestions=options, suggestions_title=title)


def _company(context: Context, actor: str | None) -> Counter[str]:
    """How often each actor stands in a fact; beside `actor` where one is given."""
    known = context.reader.actors
    facts = [fact for fact in context.every_fact() if actor is None or actor in fact.actors]
    return Counter(a for fact in facts for a in fact.actors if a != actor and known[a].type != "Note")


def _facts(context: Context, actor: str) -> list[Fact]:
    rows = [fact for fact in context.every_fact() if actor in fact.actors]
    return sorted(rows, key=lambda fact: -fact.importance)
