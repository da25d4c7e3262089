"""A bare question word in a thread: that slot of the last answer, or of the fact beside it that holds it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.model import Fact, Kind, Slot
from knowledge.understand import thread
from knowledge.understand.canonical import Canonical
from knowledge.understand.index import EntryKind
from knowledge.understand.lexicon import stem
from knowledge.understand.reading import Frame, Outcome, Reading

if TYPE_CHECKING:
    from knowledge.understand.reader import Reader

_SHORT, _TOLD = 3, 3
_FILLERS = frozenset("say source why announce begin count no_comment react before after".split())
_CARRIED = _FILLERS - {"announce"}
_BEGIN = "begin"
_COUNTED = {Slot.HOW_MANY, Slot.HOW_LONG}
_NAMED = {Slot.WHO, Slot.WHOM, Slot.WHAT}
_DETAILS = {Slot.WHEN, Slot.WHERE, Slot.WHY, Slot.HOW_MANY, Slot.HOW_LONG}
# How far apart what is told in the same breath may stand: a state's count and its exception have a comma between.
_GAP = {Kind.EVENT: 1, Kind.STATE: 2}
_NAMELESS = "Group"


def bare_slot(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """The reading of a message that is a question word and little else."""
    slot = _asked(reader, found, frame)
    if slot is None or slot is Slot.WHAT:
        return _which(reader, found, frame) if frame.entry and _bare(reader, found, frame) else None
    facts = thread.facts(reader, frame)
    return _unsaid(reader, found, frame, slot) or _told(reader, found, frame, facts, slot) if facts else None


def _asked(reader: Reader, found: Canonical, frame: Frame) -> Slot | None:
    """The slot that a bare message asks for; none where it is more than that, or asks of a person."""
    if frame.entry and found.slot in {None, Slot.WHAT} and thread.only(reader, found, "name"):
        return Slot.WHO
    people = reader.lexicon.pronouns["person"][found.lang]
    if not frame.entry or not _bare(reader, found, frame) or (frame.persons and not people.isdisjoint(found.words)):
        return None
    return found.slot


def _told(reader: Reader, found: Canonical, frame: Frame, facts: Sequence[Fact], slot: Slot) -> Reading | None:
    """That slot of the last answer's fact, of one beside it, or of the last question asked anew."""
    if _future(found, facts[0]):
        return _open(reader, found, facts[0], slot) if thread.words("until", found.lang) & set(found.words) else None
    if found.concepts - _CARRIED and (own := _own(reader, found, frame, slot)):
        return own
    fact = _holding(reader, found, frame, facts, slot)
    reasons = (f"asks {slot.value.replace('_', ' ')} of the last answer",)
    if fact is None:
        anew = _anew(reader, found, frame, slot)
        if anew:
            return anew
        fact = facts[0]
    if slot is Slot.WHO and _beyond(reader, found, fact):
        return _open(reader, found, fact, slot)
    reading = reader.of_entry(found, reader.index.by_id[fact.id], slot)
    return replace(reading, follow_up=True, reasons=reasons, vacant=_vacant(reader, found, fact, slot))


def _beyond(reader: Reader, found: Canonical, fact: Fact) -> bool:
    """Who else, of a fact that tells of one person or party alone."""
    people = {*fact.agent, *fact.patient} & reader.index.people
    return thread.is_any(found, "more_of_them") and len(people) < 2 and not thread.leaves_open(fact, Slot.WHO)


def _unsaid(reader: Reader, found: Canonical, frame: Frame, slot: Slot) -> Reading | None:
    """When, where or how much of what the article does not tell: not told either."""
    entry = reader.index.by_id.get(frame.read or "")
    if entry is None or entry.kind is not EntryKind.UNKNOWN or slot not in _DETAILS or found.concepts - _FILLERS:
        return None
    if slot is Slot.WHEN and not reader.lexicon.pronouns["thing"][found.lang].isdisjoint(found.words):
        return None
    reasons = ("asks for a detail of what the article does not tell",)
    return replace(reader.of_entry(found, entry, slot), follow_up=True, reasons=reasons)


def _open(reader: Reader, found: Canonical, fact: Fact, slot: Slot) -> Reading:
    reading = reader.of_entry(found, reader.index.by_id[fact.id], slot)
    reasons = ("asks for what the last answer's fact does not give",)
    return replace(reading, outcome=Outcome.DECLINE, follow_up=True, reasons=reasons)


def _which(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """Which ones: said to be open, where the last answer's fact or one on the same matter leaves them unnamed."""
    told = thread.facts(reader, frame)
    if not told or not thread.is_any(found, "identity") or len(found.words) > _SHORT + 1:
        return None
    for fact in (told[0], *_on(reader, found, frame)):
        for slot in (Slot.WHAT, Slot.WHO, Slot.WHOM):
            vacant = _vacant(reader, found, fact, slot)
            if vacant or (slot is Slot.WHO and thread.leaves_open(fact, slot)):
                reading = reader.of_entry(found, reader.index.by_id[fact.id], slot)
                reasons = ("asks for names that the last answer's fact leaves open",)
                return replace(reading, follow_up=True, vacant=vacant, reasons=reasons)
    return None


def _on(reader: Reader, found: Canonical, frame: Frame) -> list[Fact]:
    """Facts of the last answer that speak of what the message names, and facts about it and the same actors."""
    own = {"~" + concept for concept in found.concepts - _FILLERS}
    shown = [reader.facts[i] for i in frame.facts[:_TOLD] if i in reader.facts]
    near = [fact for fact in shown if own & reader.index.by_id[fact.id].text_features]
    cast = {*frame.actors, *(actor for fact in shown for actor in (*fact.agent, *fact.patient))}
    on_it = [fact for fact in reader.facts.values() if "~" + fact.predicate in own]
    rest = [fact for fact in on_it if cast & {*fact.agent, *fact.patient}]
    return [fact for fact in (*near, *rest) if not fact.embargoed]


def _bare(reader: Reader, found: Canonical, frame: Frame) -> bool:
    if found.actors or found.outside or found.quantities or found.ambiguous or len(found.content) > _SHORT:
        return False
    held = _held(reader, found, frame)
    own = found.concepts - _FILLERS
    strange = {concept for concept in own if "~" + concept not in held}
    # One word may stand for several concepts; where only names are asked, one of them that is held will do.
    foreign = strange == own if thread.is_any(found, "identity") and own else strange
    return not foreign and not any(_strange(reader, word, found, held) for word in found.content)


def _strange(reader: Reader, word: str, found: Canonical, held: Container[str]) -> bool:
    """Whether a word is not the base's, or an English one that means nothing there and that the answer has not."""
    if word in found.unknown:
        return True
    plain = found.lang == "en" and not reader.lexicon.concepts(word, "en") and word not in reader.lexicon.units
    return plain and "w:" + stem(word) not in held and not thread.is_filler(reader, word, "en")


def _held(reader: Reader, found: Canonical, frame: Frame) -> Container[str]:
    """What the last answer's own words hold; where names are asked, also what readers call it by."""
    entry = reader.index.by_id.get(frame.entry or "")
    if entry is None:
        return ()
    if not _asks_names(found):
        return entry.text_features
    shown = [reader.index.by_id[fact] for fact in frame.facts[:_TOLD] if fact in reader.index.by_id]
    return {feature for one in (entry, *shown) for feature in one.profile}


def _own(reader: Reader, found: Canonical, frame: Frame, slot: Slot) -> Reading | None:
    """What a message with a word of its own asks, where a fact surely answers it."""
    reading = reader.decide(found, thread.nearness(reader, found, frame))
    fact = reader.facts.get(reading.entry or "")
    if reading.outcome is not Outcome.DIRECT or fact is None or slot not in fact.slots or _points(fact, slot):
        return None
    return replace(reading, follow_up=True, vacant=_vacant(reader, found, fact, slot))


def _future(found: Canonical, fact: Fact) -> bool:
    """Asked when what was only spoken of begins or is due: no fact's own time answers that."""
    due = not thread.words("until", found.lang).isdisjoint(found.words)
    return fact.kind is Kind.CLAIM and (due or _BEGIN in found.concepts)


def _holding(reader: Reader, found: Canonical, frame: Frame, facts: Sequence[Fact], slot: Slot) -> Fact | None:
    """The fact that says what is asked: for a beginning the one derived from it, else the first that holds the slot."""
    if _BEGIN in found.concepts and slot is Slot.WHEN:
        for fact in reader.facts.values():
            if facts[0].id in fact.derived_from and fact.predicate == facts[0].predicate and slot in fact.slots:
                return fact
    whose = reader.actors.get(frame.entry or "")
    if whose and slot is Slot.WHO:
        facts = [fact for fact in facts if whose.id in fact.patient] or facts
    beside = [*facts, *(_beside(reader, facts[0]) if facts[0].kind in _GAP else ())]
    return next((fact for fact in beside if slot in fact.slots and not _points(fact, slot)), None)


def _beside(reader: Reader, first: Fact) -> list[Fact]:
    """Events, or states, told in the same breath with the same doer, the nearest first."""
    found = [first]
    for one in found:
        found += [
            other
            for other in reader.facts.values()
            if other not in found
            and other.kind is first.kind
            and not other.derived_from
            and set(one.agent) & set(other.agent)
            and _touch(one, other)
        ]
    return found[1:]


def _touch(one: Fact, other: Fact) -> bool:
    gap = _GAP[one.kind]
    return any(a.start <= b.end + gap and b.start <= a.end + gap for a in one.spans for b in other.spans)


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
        return replace(reading, slot=slot, follow_up=True, vacant=_vacant(reader, found, fact, slot))
    return None


def _asks_names(found: Canonical) -> bool:
    they = thread.is_any(found, "they") and not found.concepts - _FILLERS
    return they or thread.is_any(found, "identity") or thread.is_any(found, "more_of_them")


def _vacant(reader: Reader, found: Canonical, fact: Fact, slot: Slot) -> bool:
    """Whether the slot's own words say that the article leaves open what is asked."""
    others = thread.is_any(found, "more_of_them")
    named = [actor for actor in fact.agent if actor in reader.actors and reader.actors[actor].type != _NAMELESS]
    # One of several doers who has a name is an answer; only "which others" asks past it.
    if slot is Slot.WHO and named and len(fact.agent) > 1 and not others:
        return False
    if slot is Slot.WHERE:
        return thread.leaves_open(fact, slot) and _names_part(reader, found, fact.slots[slot])
    asks = _asks_names(found) or slot is Slot.HOW_MANY
    return asks and slot in {*_NAMED, *_COUNTED} and thread.leaves_open(fact, slot)


def _names_part(reader: Reader, found: Canonical, words: str) -> bool:
    """Whether a message asks for the very kind of place that a slot's words leave out: "which building?"."""
    said = {word for word in found.words if word not in reader.lexicon.stop[found.lang]}
    return not said.isdisjoint(words.casefold().rstrip(".").split())
