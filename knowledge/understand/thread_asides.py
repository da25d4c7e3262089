"""What is asked about the last answer itself: is it certain, in which words, what came next, is X one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.model import Fact, Kind, Slot
from knowledge.understand import thread
from knowledge.understand.canonical import Canonical
from knowledge.understand.reading import Frame, Outcome, Reading

if TYPE_CHECKING:
    from knowledge.understand.reader import Reader

_PLAIN = {None, Slot.WHAT}
_SHOWN = 3


def aside(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """The reading of a message that is about the last answer rather than about the story."""
    facts = thread.facts(reader, frame)
    if found.outside or found.quantities or not facts:
        return None
    return (
        _more(reader, found, frame)
        or _sure(reader, found, facts[0])
        or _quoted(reader, found, facts)
        or _next(reader, found, facts[0])
        or _which_more(reader, found, facts)
        or _among(reader, found, facts[0])
        or _same(reader, found, facts[0])
        or _said(reader, found, facts[0])
    )


def _more(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """ "More on him": the card of the one who is named or spoken of."""
    if not thread.only(reader, found, "more") or len(found.actors) > 1:
        return None
    pronouns = reader.lexicon.pronouns["person"][found.lang]
    spoken = frame.persons if not pronouns.isdisjoint(found.words) else ()
    actors = found.actors or list(spoken)
    if len(actors) != 1:
        return None
    card = reader.of_entry(found, reader.index.by_id[actors[0]])
    return replace(card, follow_up=True, reasons=("asks for more on one that was spoken of",))


def _sure(reader: Reader, found: Canonical, fact: Fact) -> Reading | None:
    """Whether it is certain: who says so."""
    if found.slot not in _PLAIN or found.actors or not thread.only(reader, found, "sure"):
        return None
    reading = reader.of_entry(found, reader.index.by_id[fact.id], Slot.SAYS_WHO)
    return replace(reading, follow_up=True, reasons=("asks how sure the last answer is",))


def _quoted(reader: Reader, found: Canonical, facts: list[Fact]) -> Reading | None:
    """The exact words of the last answer: its quotations, where it has any."""
    if found.slot not in _PLAIN or found.actors or not thread.only(reader, found, "quoted"):
        return None
    quoted = [fact.id for fact in facts[:_SHOWN] if fact.quotes] or [facts[0].id]
    reasons = ("asks for the words of the last answer",)
    return Reading(found, Outcome.COMMAND, "quote", argument=" ".join(quoted), follow_up=True, reasons=reasons)


def _next(reader: Reader, found: Canonical, fact: Fact) -> Reading | None:
    """What came next: the next event of the text with one of the same actors."""
    if found.slot not in _PLAIN or not set(found.actors) <= {*fact.agent, *fact.patient}:
        return None
    if not thread.only(reader, found, "next") or not fact.spans:
        return None
    cast = set(found.actors or (*fact.agent, *fact.patient))
    end = max(span.end for span in fact.spans)
    later = [
        (other.spans[0].start, other.id)
        for other in reader.facts.values()
        if other.kind is Kind.EVENT and other.spans and other.spans[0].start >= end and not other.embargoed
        and cast & {*other.agent, *other.patient}
    ]  # fmt: skip
    if not later:
        return None
    reading = reader.of_entry(found, reader.index.by_id[min(later)[1]])
    return replace(reading, follow_up=True, reasons=("asks what the text tells next",))


def _which_more(reader: Reader, found: Canonical, told: list[Fact]) -> Reading | None:
    """Which of the two came first or lasted longer: the desk's own comparison of the last fact with one like it."""
    compares = any(thread.is_one(reader, word, found.lang, "compared") for word in found.words)
    if not compares or found.actors or not thread.is_any(found, "identity"):
        return None
    if not thread.only(reader, found, "compared", "identity"):
        return None
    shown = {fact.id for fact in told[:_SHOWN]}
    for other in reader.facts.values():
        alike = [reader.facts[i].predicate for i in other.derived_from if i in reader.facts]
        if shown & {*other.derived_from} and len(alike) > 1 and {*alike, other.predicate} == {alike[0]}:
            reading = reader.of_entry(found, reader.index.by_id[other.id])
            return replace(reading, follow_up=True, reasons=("asks how the last answer compares",))
    return None


def _among(reader: Reader, found: Canonical, fact: Fact) -> Reading | None:
    """Whether somebody is one of those whom the last answer's fact does not name."""
    if found.slot or not found.actors or not thread.only(reader, found, "among"):
        return None
    if not thread.leaves_open(fact, Slot.WHO):
        return None
    reading = reader.of_entry(found, reader.index.by_id[fact.id], Slot.WHO)
    return replace(reading, vacant=True, follow_up=True, reasons=("asks of somebody whether the unnamed include them",))


def _same(reader: Reader, found: Canonical, fact: Fact) -> Reading | None:
    """Whether the same was said of somebody else: the article says it of those alone whom the fact names."""
    if found.slot not in _PLAIN or not any(thread.is_one(reader, word, found.lang, "same") for word in found.words):
        return None
    if not found.actors or thread.concerns(reader, fact, found.actors):
        return None
    alone = reader.decide(found)
    if alone.outcome is Outcome.CORRECT:
        return replace(alone, follow_up=True)
    reading = reader.of_entry(found, reader.index.by_id[fact.id])
    reasons = ("asks whether the last answer holds of somebody else",)
    return replace(reading, outcome=Outcome.DECLINE, follow_up=True, reasons=reasons)


def _said(reader: Reader, found: Canonical, fact: Fact) -> Reading | None:
    """What a party said of it: the one statement of theirs that is on the last answer's other party."""
    if found.slot is not Slot.WHAT or found.concepts != {"say"} or len(found.actors) != 1:
        return None
    home = reader.actors[found.actors[0]].country
    others = {a for a in fact.actors if a in reader.actors and reader.actors[a].country != home}
    told = [other for other in reader.facts.values() if _is_by(reader, other, home) and others & {*other.actors}]
    if not home or len(told) != 1:
        return None
    reading = reader.of_entry(found, reader.index.by_id[told[0].id])
    return replace(reading, follow_up=True, reasons=("asks what was said of the last answer's matter",))


def _is_by(reader: Reader, fact: Fact, home: str | None) -> bool:
    speaker = reader.actors.get(fact.speaker or "")
    return speaker is not None and speaker.country == home and not fact.embargoed
