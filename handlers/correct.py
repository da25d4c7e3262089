"""A reader says that something is wrong: the facts concerned, and how a correction proposal goes on."""

from __future__ import annotations

from handlers.answer import Action, Answer, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.words import say
from knowledge.understand.rank import rank
from knowledge.understand.reading import Reading

_SHOWN = 2


def handle(context: Context, reading: Reading) -> Answer:
    """Opens a correction proposal beside the facts it is about; nothing changes until an editor approves."""
    actions = (Action.WRONG, Action.PROPOSE, Action.SHOW_SOURCE)
    lead = say("correct_lead", reading.lang)
    return answer(context, reading, Status.COMMAND, lead, nearest(context, reading), actions=actions)


def nearest(context: Context, reading: Reading) -> tuple[str, ...]:
    """The facts that a reader's complaint is most likely about."""
    asked = context.reader.canonicaliser.read(reading.argument or reading.canonical.text)
    days = {("d", d) for d in asked.weekdays} | {("m", m) for m in asked.months}
    if days and not asked.actors:
        dated = [fact for fact in context.every_fact() if days & _times(context, fact.id)]
        if dated:
            dated.sort(key=lambda fact: -fact.importance)
            return tuple(fact.id for fact in dated[: _SHOWN + 1])
    rows = rank(context.reader.index, asked, context.reader.weights.row())
    return tuple(dict.fromkeys(c.entry.facts[0] for c in rows if c.entry.facts))[:_SHOWN]


def _times(context: Context, fact_id: str) -> set[tuple[str, str]]:
    statement = context.reader.shapes.by_id[fact_id].statement
    return {("d", d) for d in statement.weekdays} | {("m", m) for m in statement.months}
