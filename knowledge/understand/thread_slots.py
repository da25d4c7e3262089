"""A bare question word in a thread: that slot of the last answer, or of the fact beside it that holds it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.model import Fact, Kind, Slot
from knowledge.understand import thread
from knowledge.understand.canonical import Canonical
from knowledge.understand.index import Entry, EntryKind
from knowledge.understand.reading import Frame, Outcome, Reading

if TYPE_CHECKING:
    from knowledge.understand.reader import Reader

_SHORT, _GAP = 3, 1
_FILLERS = frozenset("say source why announce begin count no_comment react".split())
_BEGIN = "begin"
_COUNTED = {Slot.HOW_MANY, Slot.HOW_LONG}
_NAMED = {Slot.WHO, Slot.WHOM, Slot.WHAT}


def bare_slot(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """The reading of a message that is a question word and little else."""
    slot = found.slot
    if frame.entry is None or not _bare(reader, found, frame):
        return None
    if slot is None or slot is Slot.WHAT:
        return _which(reader, found, frame)
    people = reader.lexicon.pronouns["person"][found.lang]
    if not people.isdisjoint(found.words) and frame.persons:
        return None
    facts = thread.facts(reader, frame)
    if not facts:
        return None
    if _future(found, facts[0]):
        return None
    if found.concepts - _FILLERS and (own := _own(reader, found, frame, slot)):
        return own
    fact = _holding(reader, found, frame, facts, slot)
    reasons = (f"asks {slot.value.replace('_', ' ')} of the last answer",)
    if fact is None:
        anew = _anew(reader, found, frame, slot)
        if anew:
            return anew
        fact = facts[0]
    reading = reader.of_entry(found, reader.index.by_id[fact.id], slot)
    return replace(reading, follow_up=True, reasons=reasons, vacant=_vacant(found, fact, slot))


def _which(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """Which ones: said to be open, where the last answer's fact leaves them unnamed."""
    fact = next(iter(thread.facts(reader, frame)), None)
    if fact is None or not _asks_names(found) or len(found.words) > _SHORT + 1:
        return None
    for slot in (Slot.WHAT, Slot.WHO, Slot.WHOM):
        if _vacant(found, fact, slot):
            reading = reader.of_entry(found, reader.index.by_id[fact.id], slot)
            reasons = ("asks for names that the last answer's fact does not give",)
            return replace(reading, follow_up=True, vacant=True, reasons=reasons)
    return None


def _bare(reader: Reader, found: Canonical, frame: Frame) -> bool:
    if found.actors or found.outside or found.quantities or found.ambiguous or len(found.content) > _SHORT:
        return False
    held = _held(reader, found, frame)
    concepts = {concept for concept in found.concepts - _FILLERS if "~" + concept not in held}
    return not concepts and not any(word in found.unknown for word in found.content)


def _held(reader: Reader, found: Canonical, frame: Frame) -> Container[str]:
    """What the last answer's own words hold; where names are asked, also what readers call it by."""
    entry = reader.index.by_id.get(frame.entry or "")
    if entry is None:
        return ()
    return entry.profile if _asks_names(found) else entry.text_features


def _own(reader: Reader, found: Canonical, frame: Frame, slot: Slot) -> Reading | None:
    """What a message with a word of its own asks, where a fact surely answers it."""
    reading = reader.decide(found, thread.nearness(reader, found, frame))
    fact = reader.facts.get(reading.entry or "")
    if reading.outcome is not Outcome.DIRECT or fact is None or slot not in fact.slots or _points(fact, slot):
        return None
    return replace(reading, follow_up=True, vacant=_vacant(found, fact, slot))


def _future(found: Canonical, fact: Fact) -> bool:
    """Asked when what was only spoken of begins: no fact's own time answers that."""
    return _BEGIN in found.concepts and fact.kind is Kind.CLAIM


def _holding(reader: Reader, found: Canonical, frame: Frame, facts: Sequence[Fact], slot: Slot) -> Fact | None:
    """The fact that says what is asked: for a beginning the one derived from it, else the first that holds the slot."""
    if _BEGIN in found.concepts and slot is Slot.WHEN:
        for fact in reader.facts.values():
            if facts[0].id in fact.derived_from and fact.predicate == facts[0].predicate and slot in fact.slots:
                return fact
    whose = reader.actors.get(frame.entry or "")
    if whose and slot is Slot.WHO:
        facts = [fact for fact in facts if whose.id in fact.patient] or facts
    beside = [*facts, *(_beside(reader, facts[0]) if facts[0].kind is Kind.EVENT else ())]
    return next((fact for fact in beside if slot in fact.slots and not _points(fact, slot)), None)


def _beside(reader: Reader, first: Fact) -> list[Fact]:
    """Events told in the same breath with the same doer, the nearest first."""
    found = [first]
    for one in found:
        found += [
            other
            for other in reader.facts.values()
            if other not in found
            and other.kind is Kind.EVENT
            and not other.derived_from
            and set(one.agent) & set(other.agent)
            and _touch(one, other)
        ]
    return found[1:]


def _touch(one: Fact, other: Fact) -> bool:
    return any(a.start <= b.end + _GAP and b.start <= a.end + _GAP for a in one.spans for b in other.spans)


def _points(fact: Fact, slot: Slot) -> bool:
    """Whether the slot's words only point at another fact."""
    return any(word in fact.slots[slot].casefold() for word in thread.every_word("pointing")) and not fact.numbers


def _anew(reader: Reader, found: Canonical, frame: Frame, slot: Slot) -> Reading | None:
    """The last question asked with the new question word, where a fact holds it or the article surely does not."""
    previous = reader.canonicaliser.read(frame.question, lang=frame.lang)
    reading = reader.decide(thread.asked_anew(previous, found, slot), thread.nearness(reader, found, frame))
    fact = reader.facts.get(reading.entry or "")
    first = reader.index.by_id[frame.entry or ""].actors
    near = fact is not None and bool(previous.concepts) and bool(first & {*fact.agent, *fact.patient})
    if reading.outcome is Outcome.DIRECT and fact and near and slot in fact.slots and not _points(fact, slot):
        return replace(reading, slot=slot, follow_up=True, vacant=_vacant(found, fact, slot))
    return None


def _asks_names(found: Canonical) -> bool:
    return not thread.words("identity", found.lang).isdisjoint(found.words)


def _vacant(found: Canonical, fact: Fact, slot: Slot) -> bool:
    """Whether the slot's own words say that the article leaves open what is asked."""
    text = fact.slots.get(slot, "").casefold()
    asks = _asks_names(found) or slot is Slot.HOW_MANY
    return asks and slot in {*_NAMED, *_COUNTED} and any(phrase in text for phrase in thread.every_word("unnamed"))
