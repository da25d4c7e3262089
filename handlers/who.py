"""An actor's card: role as of the source, both spellings, other names, what must not be confused, what is not said."""

from __future__ import annotations

from handlers import ask
from handlers.answer import Action, Answer, Section, Status, Suggestion
from handlers.compose import answer, name, names, told
from handlers.context import Context
from handlers.words import say
from knowledge.model import Actor, Lang
from knowledge.understand.index import facts_about
from knowledge.understand.reading import Outcome, Reading

_FACTS = 4
_OFFERED = 3
_ALIASES = 8
_NOT_SPELLINGS = {"descriptor", "role", "metonym", "informal", "fragment", "ambiguous", "given", "surname"}


def handle(context: Context, reading: Reading) -> Answer:
    """The card of the one actor that is named; a question back for two; a list of all actors where none is."""
    if reading.outcome is not Outcome.COMMAND:
        return card(context, reading, context.reader.actors[reading.entry or ""])
    if reading.people:
        return ask.handle(context, reading)
    if not reading.argument:
        return _everyone(context, reading)
    found = context.reader.canonicaliser.read(reading.argument)
    if found.actors:
        return card(context, reading, context.reader.actors[found.actors[0]])
    people = tuple(_card_of(actor, reading.lang) for actor in context.dossier.actors if actor.type == "Person")
    return answer(
        context,
        reading,
        Status.DECLINED,
        say("unknown_actor", reading.lang),
        suggestions=people[:_OFFERED],
        suggestions_title=say("next", reading.lang),
        actions=(Action.EXPLAIN, Action.PROPOSE, Action.WRONG),
    )


def _card_of(actor: Actor, lang: Lang) -> Suggestion:
    return Suggestion(id=actor.id, label=name(actor, lang), query=actor.id)


def _everyone(context: Context, reading: Reading) -> Answer:
    lang, actors = reading.lang, context.dossier.actors
    people = tuple(f"{name(actor, lang)}: {actor.role}" for actor in actors if actor.type == "Person")
    others = ", ".join(name(actor, lang) for actor in actors if actor.type not in {"Person", "Note"})
    rows = (("people", people), ("others", (others,) if others else ()))
    sections = tuple(Section(title=say(title, lang), lines=lines) for title, lines in rows if lines)
    lead = say("people_lead", lang, count=len(people))
    return answer(context, reading, Status.ANSWERED, lead, sections=sections)


def card(context: Context, reading: Reading, actor: Actor) -> Answer:
    """Everything the dossier holds on one actor."""
    lang = reading.lang
    facts = tuple(fact.id for fact in facts_about(actor, context.dossier.facts)[:_FACTS])
    shown = actor.name if name(actor, lang) == actor.name else f"{name(actor, lang)} ({actor.name})"
    lead = say("role", lang, name=shown, role=actor.role.rstrip("."))
    return told(context, reading, lead, facts, sections=_sections(context, actor, lang))


def _sections(context: Context, actor: Actor, lang: Lang) -> tuple[Section, ...]:
    confused = (names(context, actor.not_to_confuse_with, lang),) if actor.not_to_confuse_with else ()
    rows = (
        ("spelling", _spelling(actor, lang)),
        ("not_confuse", confused),
        ("not_said", ("; ".join(actor.known_unknowns),) if actor.known_unknowns else ()),
    )
    return tuple(Section(title=say(title, lang), lines=lines) for title, lines in rows if lines)


def _spelling(actor: Actor, lang: Lang) -> tuple[str, ...]:
    """House style and the source's spelling (R19), then what else a copy may have."""
    own = {actor.name, actor.source_spelling, *actor.names.values()}
    spelled = [a for a in actor.aliases if not a.weak and a.kind not in _NOT_SPELLINGS and a.lang in {"en", lang}]
    others = tuple(dict.fromkeys(alias.value for alias in spelled if alias.value not in own))[:_ALIASES]
    scripts = tuple(dict.fromkeys(text for code, text in actor.names.items() if text != actor.name and code != lang))
    rows = (
        say("house_style", lang, name=actor.name),
        say("in_source", lang, name=actor.source_spelling),
        say("also_written", lang, names=", ".join(others)) if others else "",
        say("other_scripts", lang, names=", ".join(scripts)) if scripts else "",
    )
    return tuple(filter(None, rows))
