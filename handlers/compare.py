"""Two or more actors side by side: what the article says of each, and what joins them."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.compose import Context, answer
from handlers.words import say
from knowledge.model import Fact
from knowledge.understand.reading import Reading

_EACH = 4


def handle(context: Context, reading: Reading) -> Answer:
    """A column for each actor that is named; the story's own subject where only one is."""
    actors = context.reader.canonicaliser.read(reading.argument or reading.canonical.text).actors
    if not actors:
        return answer(
            context,
            reading,
            Status.DECLINED,
            f"{say('not_in_article', reading.lang)} Name two actors to compare, for example: compare Cuba and Syria.",
        )
    others = actors if len(actors) > 1 else [actors[0], _subject(context, actors[0])]
    columns = {actor: _facts(context, actor) for actor in others}
    shared = [fact for fact in columns[others[0]] if set(others) <= set(fact.actors)]
    shown = tuple(dict.fromkeys(fact.id for fact in [*shared, *(row[0] for row in columns.values() if row)]))
    sections = tuple(
        Section(title=context.reader.actors[actor].name, lines=tuple(f"{f.statement} [{f.id}]" for f in rows[:_EACH]))
        for actor, rows in columns.items()
    )
    names = " and ".join(context.reader.actors[actor].name for actor in others)
    lead = f"{names}: {len(shared)} facts name both." if len(shared) != 1 else f"{names}: one fact names both."
    return answer(context, reading, Status.ANSWERED, lead, shown[:_EACH], sections=sections)


def _subject(context: Context, other: str) -> str:
    """The actor that most facts are about, other than the one named."""
    counts: dict[str, int] = {}
    for fact in context.facts(context.reader.facts):
        for actor in fact.actors:
            counts[actor] = counts.get(actor, 0) + 1
    counts.pop(other, None)
    return max(counts, key=lambda actor: counts[actor])


def _facts(context: Context, actor: str) -> list[Fact]:
    rows = [fact for fact in context.facts(context.reader.facts) if actor in fact.actors]
    return sorted(rows, key=lambda fact: -fact.importance)
