"""An actor's card: role as of the source, both spellings, other names, what must not be confused, what is not said."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.compose import Context, answer, name, next_questions
from handlers.words import say
from knowledge.model import Actor, Lang
from knowledge.understand.index import facts_about
from knowledge.understand.reading import Outcome, Reading

_FACTS = 5
_ALIASES = 8


def handle(context: Context, reading: Reading) -> Answer:
    """The card of the one actor that is named; a list of all actors where none is."""
    if reading.outcome is Outcome.COMMAND:
        return _command(context, reading)
    return card(context, reading, context.reader.actors[reading.entry or ""])


def _command(context: Context, reading: Reading) -> Answer:
    if not reading.argument:
        return _everyone(context, reading)
    found = context.reader.canonicaliser.read(reading.argument)
    if found.actors:
        return card(context, reading, context.reader.actors[found.actors[0]])
    lead = say("unknown_actor", reading.lang, name=reading.argument)
    return answer(context, reading, Status.DECLINED, lead)


def _everyone(context: Context, reading: Reading) -> Answer:
    people = tuple(_line(actor) for actor in context.dossier.actors if actor.type == "Person")
    others = tuple(_line(actor) for actor in context.dossier.actors if actor.type not in {"Person", "Note"})
    sections = (Section(title="People", lines=people), Section(title="States, bodies, groups, places", lines=others))
    lead = f"The article names {len(people)} people; ask who followed by a name."
    return answer(context, reading, Status.ANSWERED, lead, sections=sections)


def _line(actor: Actor) -> str:
    return f"{actor.name}: {actor.role}"


def card(context: Context, reading: Reading, actor: Actor) -> Answer:
    """Everything the dossier holds on one actor."""
    lang = reading.lang
    facts = tuple(fact.id for fact in facts_about(actor, context.dossier.facts)[:_FACTS])
    lead = f"{actor.name}: {actor.role}"
    if name(actor, lang) != actor.name:
        lead = f"{name(actor, lang)} ({actor.name}): {actor.role}"
    lead = lead if lead.endswith(".") else lead + "."
    if actor.source_spelling != actor.name:
        lead += " " + say("spelling", lang, house=actor.name, source=f"“{actor.source_spelling}”")
    return answer(
        context,
        reading,
        Status.ANSWERED,
        lead,
        facts,
        sections=tuple(_sections(context, actor, lang)),
        suggestions=next_questions(context, facts),
        suggestions_title=say("next", lang),
    )


def _sections(context: Context, actor: Actor, lang: Lang) -> list[Section]:
    others = tuple(context.reader.actors[other].name for other in actor.not_to_confuse_with)
    rows = (
        ("also_known", tuple(alias.value for alias in actor.aliases if not alias.weak)[:_ALIASES]),
        ("not_confuse", others),
        ("not_said", actor.known_unknowns),
    )
    return [Section(title=say(title, lang), lines=(", ".join(lines),)) for title, lines in rows if lines]
