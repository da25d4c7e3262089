"""A question about the story: answered, corrected, asked back, offered or declined."""

from __future__ import annotations

import re

from handlers.answer import Action, Answer, Status, Suggestion
from handlers.compose import answer, command, label, name, names, suggestion, told
from handlers.context import Context
from handlers.lines import fact_lines
from handlers.slots import answering, asked_in_vain
from handlers.words import say
from knowledge.model import Option, Slot
from knowledge.understand.index import EntryKind
from knowledge.understand.reading import Outcome, Reading

_ID = re.compile(r"[A-Za-z]{1,3}\d{2,6}")
_NEAR = 3
_WAYS_ON = ("brief", "who", "help")
_OPEN = (Action.EXPLAIN, Action.PROPOSE, Action.WRONG)


def handle(context: Context, reading: Reading) -> Answer:
    """The answer to a question, by the outcome of its reading."""
    return _BY_OUTCOME[reading.outcome](context, reading)


def _direct(context: Context, reading: Reading) -> Answer:
    entry = context.reader.index.by_id[reading.entry or ""]
    if entry.kind is not EntryKind.FACT:
        return told(context, reading, context.reader.questions[entry.id].lead, entry.facts)
    fact = context.facts(entry.facts)[0]
    # A full question may say "where" of a country or "whom" of a source; only a bare follow-up means the slot alone.
    named = reading.slot not in {Slot.WHERE, Slot.WHOM} or reading.follow_up
    bare = reading.follow_up and not reading.candidates
    if named and asked_in_vain(context, fact, reading.slot, bare=bare):
        slot = say(f"slot_{reading.slot.value}", reading.lang) if reading.slot else ""
        return _declined(context, reading, say("no_slot", reading.lang, slot=slot, title=fact.title), (fact.id,))
    if reading.vacant and reading.slot:
        lead = f"{say('not_in_article', reading.lang)} {fact.slots[reading.slot]}"
        return _declined(context, reading, lead, (fact.id,))
    return told(context, reading, answering(fact, reading.slot), (fact.id,))


def _corrected(context: Context, reading: Reading) -> Answer:
    entry = context.reader.index.by_id[reading.entry or ""]
    if entry.kind is EntryKind.PREMISE:
        lead = context.reader.questions[entry.id].lead
        return told(context, reading, lead, entry.facts, status=Status.CORRECTED)
    fact = context.facts(entry.facts)[0]
    first = reading.mismatches[0]
    if first.dimension == "predicate":
        lead = f"{say('mismatch_predicate', reading.lang)} {fact.statement}"
    else:
        lead = say("mismatch", reading.lang, yours=first.yours, source=first.source)
    return told(context, reading, lead, (fact.id,), status=Status.CORRECTED)


def _suggested(context: Context, reading: Reading) -> Answer:
    entry = context.reader.index.by_id.get(reading.entry or "")
    first = [command(entry.title, reading.lang)] if entry and entry.kind is EntryKind.INTENT else []
    offers = (*first, *(suggestion(context, offer, reading.lang) for offer in reading.offers))[:_NEAR]
    if not offers:
        return _decline(context, reading)
    lead = say("did_you_mean", reading.lang)
    return _asked_back(context, reading, Status.SUGGESTED, lead, offers)


def _clarify(context: Context, reading: Reading) -> Answer:
    if reading.people:
        return _which(context, reading)
    question = context.reader.questions[reading.entry or ""]
    lead = question.lead
    actors = [option.entry for option in question.options if option.entry in context.reader.actors]
    if reading.lang != "en" and actors and len(actors) == len(question.options):
        lead = say("which_one", reading.lang, names=names(context, actors, reading.lang, "or"))
    options = tuple(_option(context, reading, option) for option in question.options)
    return _asked_back(context, reading, Status.CLARIFY, lead, options)


def _option(context: Context, reading: Reading, option: Option) -> Suggestion:
    entry = context.reader.index.by_id.get(option.entry)
    shown = option.label if reading.lang == "en" or entry is None else label(context, entry, reading.lang)
    return Suggestion(id=option.entry, label=shown, query=option.entry)


def _which(context: Context, reading: Reading) -> Answer:
    actors = [context.reader.actors[p] for p in reading.people if p in context.reader.actors]
    options = tuple(
        Suggestion(id=a.id, label=name(a, reading.lang), query=_about(reading, a.id, a.name)) for a in actors
    )
    lead = say("which_one", reading.lang, names=names(context, [a.id for a in actors], reading.lang, "or"))
    return _asked_back(context, reading, Status.CLARIFY, lead, options)


def _about(reading: Reading, actor_id: str, actor_name: str) -> str:
    """What a button of a two-way question asks: the card for a bare name, else the question with the name put in."""
    if reading.outcome is Outcome.COMMAND or (not reading.canonical.content and not reading.canonical.concepts):
        return actor_id
    return f"{actor_name}: {reading.canonical.text}"


def _asked_back(
    context: Context, reading: Reading, status: Status, lead: str, options: tuple[Suggestion, ...]
) -> Answer:
    title = say("pick", reading.lang)
    actions = _OPEN if status is Status.SUGGESTED else (Action.EXPLAIN, Action.WRONG)
    return answer(context, reading, status, lead, suggestions=options, suggestions_title=title, actions=actions)


def _decline(context: Context, reading: Reading) -> Answer:
    entry = context.reader.index.by_id.get(reading.entry or "")
    if entry is None and _ID.fullmatch(reading.canonical.text):
        return _declined(context, reading, say("unknown_id", reading.lang), (), read_as=None)
    if entry and entry.kind is EntryKind.UNKNOWN:
        return _declined(context, reading, _absent(context.reader.questions[entry.id].lead, reading), entry.facts)
    pointed = entry is not None and entry.kind is EntryKind.FACT and reading.follow_up and not reading.candidates
    return _declined(context, reading, say("not_in_article", reading.lang), entry.facts if entry and pointed else ())


def _absent(lead: str, reading: Reading) -> str:
    """A curated “Not in the article …” with that phrase in the asker's language before the English."""
    fixed = say("not_in_article", "en")
    if reading.lang == "en" or not lead.startswith(fixed):
        return lead
    return f"{say('not_in_article', reading.lang)}{lead.removeprefix(fixed)}"


def _declined(context: Context, reading: Reading, lead: str, near: tuple[str, ...], **more: object) -> Answer:
    """Not in the article, never without a way on: what is nearest, or else what the desk can do."""
    shown, lang = near[:_NEAR], reading.lang
    offers = tuple(suggestion(context, offer, lang) for offer in _sound(context, reading, shown))
    if not shown and not offers:
        offers = tuple(command(word, lang) for word in _WAYS_ON)
    return answer(
        context,
        reading,
        Status.DECLINED,
        lead,
        near=fact_lines(context, shown, lang, lead),
        suggestions=offers,
        suggestions_title=say("next", lang),
        actions=_OPEN,
        **more,
    )


def _sound(context: Context, reading: Reading, shown: tuple[str, ...]) -> list[str]:
    """Offers that are not shown already and rest on no false premise."""
    kinds = {offer: context.reader.index.by_id[offer].kind for offer in reading.offers}
    return [offer for offer, kind in kinds.items() if offer not in shown and kind is not EntryKind.PREMISE]


_BY_OUTCOME = {
    Outcome.DIRECT: _direct,
    Outcome.CORRECT: _corrected,
    Outcome.SUGGEST: _suggested,
    Outcome.CLARIFY: _clarify,
    Outcome.DECLINE: _decline,
    Outcome.COMMAND: _which,
}
