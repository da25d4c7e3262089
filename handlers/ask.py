"""A question about the story: answered, corrected, asked back, offered or declined."""

from __future__ import annotations

from handlers.answer import Action, Answer, Status, Suggestion
from handlers.compose import Context, answer, fact_lines, name, next_questions, suggestion
from handlers.words import say
from knowledge.model import Fact, Slot
from knowledge.understand.index import EntryKind
from knowledge.understand.reading import Outcome, Reading

_ASKED = {Slot.WHEN, Slot.WHERE, Slot.WHY, Slot.HOW_MANY, Slot.HOW_LONG, Slot.WHOM}
_NEAR = 3


def handle(context: Context, reading: Reading) -> Answer:
    """The answer to a question, by the outcome of its reading."""
    if not reading.canonical.text:
        return answer(context, reading, Status.DECLINED, say("empty", reading.lang))
    return _BY_OUTCOME[reading.outcome](context, reading)


def _direct(context: Context, reading: Reading) -> Answer:
    entry = context.reader.index.by_id[reading.entry or ""]
    if entry.kind is EntryKind.FACT:
        return _fact(context, reading, context.facts(entry.facts)[0])
    question = context.reader.questions[entry.id]
    return _told(context, reading, Status.ANSWERED, question.lead, entry.facts)


def _fact(context: Context, reading: Reading, fact: Fact) -> Answer:
    slot = reading.slot
    if slot in _ASKED and slot not in fact.slots and _never_asked(context, fact, slot):
        lead = say("no_slot", reading.lang, slot=say(f"slot_{slot.value}", reading.lang))
        return _declined(context, reading, lead, (fact.id,))
    lead = fact.slots.get(slot, fact.statement) if slot else fact.statement
    return _told(context, reading, Status.ANSWERED, lead, (fact.id,))


def _never_asked(context: Context, fact: Fact, slot: Slot) -> bool:
    return f"?{slot.value}" not in context.reader.index.by_id[fact.id].profile


def _told(context: Context, reading: Reading, status: Status, lead: str, facts: tuple[str, ...]) -> Answer:
    return answer(
        context,
        reading,
        status,
        lead,
        facts,
        suggestions=next_questions(context, facts),
        suggestions_title=say("next", reading.lang),
    )


def _corrected(context: Context, reading: Reading) -> Answer:
    entry = context.reader.index.by_id[reading.entry or ""]
    if entry.kind is EntryKind.PREMISE:
        return _told(context, reading, Status.CORRECTED, context.reader.questions[entry.id].lead, entry.facts)
    fact = context.facts(entry.facts)[0]
    first = reading.mismatches[0]
    if first.dimension == "predicate":
        lead = f"{say('mismatch_predicate', reading.lang)} {fact.statement}"
    else:
        lead = say("mismatch", reading.lang, yours=first.yours, source=first.source)
    return _told(context, reading, Status.CORRECTED, lead, (fact.id,))


def _suggested(context: Context, reading: Reading) -> Answer:
    offers = tuple(suggestion(context, entry) for entry in reading.offers)
    if not offers:
        return _decline(context, reading)
    lead = say("did_you_mean", reading.lang)
    return answer(
        context,
        reading,
        Status.SUGGESTED,
        lead,
        suggestions=offers,
        actions=(Action.EXPLAIN, Action.PROPOSE, Action.WRONG),
    )


def _clarify(context: Context, reading: Reading) -> Answer:
    if reading.people:
        return _which(context, reading)
    question = context.reader.questions[reading.entry or ""]
    options = tuple(Suggestion(id=option.entry, label=option.label, query=option.entry) for option in question.options)
    return answer(context, reading, Status.CLARIFY, question.lead, question.facts, suggestions=options)


def _which(context: Context, reading: Reading) -> Answer:
    actors = [context.reader.actors[p] for p in reading.people if p in context.reader.actors]
    names = f" {say('or', reading.lang)} ".join(name(actor, reading.lang) for actor in actors)
    options = tuple(
        Suggestion(id=a.id, label=name(a, reading.lang), query=_about(reading, a.id, a.name)) for a in actors
    )
    return answer(context, reading, Status.CLARIFY, say("which_one", reading.lang, names=names), suggestions=options)


def _about(reading: Reading, actor_id: str, actor_name: str) -> str:
    """What a button of a two-way question asks: the card for a bare name, else the question with the name put in."""
    text = reading.canonical.text
    if not reading.canonical.content and not reading.canonical.concepts:
        return actor_id
    return f"{actor_name}: {text}"


def _decline(context: Context, reading: Reading) -> Answer:
    entry = context.reader.index.by_id.get(reading.entry or "")
    if entry and entry.kind is EntryKind.UNKNOWN and reading.outcome is Outcome.DECLINE:
        lead, near = context.reader.questions[entry.id].lead, entry.facts
    else:
        lead, near = say("not_in_article", reading.lang), ()
    if reading.lang != "en" and lead.startswith("Not in the article"):
        lead = say("not_in_article", reading.lang) + lead.removeprefix("Not in the article").removeprefix(".")
    return _declined(context, reading, lead, near)


def _declined(context: Context, reading: Reading, lead: str, near: tuple[str, ...]) -> Answer:
    return answer(
        context,
        reading,
        Status.DECLINED,
        lead,
        near=fact_lines(context, near[:_NEAR], reading.lang),
        suggestions=tuple(suggestion(context, offer) for offer in reading.offers if offer not in near),
        suggestions_title=say("nearest", reading.lang),
        actions=(Action.EXPLAIN, Action.PROPOSE, Action.WRONG),
    )


_BY_OUTCOME = {
    Outcome.DIRECT: _direct,
    Outcome.CORRECT: _corrected,
    Outcome.SUGGEST: _suggested,
    Outcome.CLARIFY: _clarify,
    Outcome.DECLINE: _decline,
}
