"""Follow-ups in a thread: a bare question word, a pronoun, "what about X", "the other one"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.model import Slot
from knowledge.understand.canonical import CONCEPT_WEIGHT, ENTITY_WEIGHT, SLOT_WEIGHT, Canonical
from knowledge.understand.index import Entry, EntryKind
from knowledge.understand.reading import Frame, Outcome, Reading

if TYPE_CHECKING:
    from knowledge.understand.reader import Reader

_SHORT = 3
_SURE = {Outcome.DIRECT, Outcome.CORRECT}
_OTHER = frozenset("other second else another 다른 나머지 الاخر الثاني الاخري diger oteki digeri obur ikinci".split())
_SECOND = frozenset("second ikinci الثاني 두번째".split())
_ORDER = frozenset({"before", "after"})
_FILLERS = frozenset("say source why announce begin count no_comment react".split())
_FIRST = frozenset("first former ilk birinci الاول 첫".split())


def read(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """The follow-up's reading, or None where the message is a full question of its own."""
    return (
        _pick(reader, found, frame)
        or _the_other(reader, found, frame)
        or _sure_pronoun(reader, found, frame)
        or _bare_slot(reader, found, frame)
        or _what_about(reader, found, frame)
        or _pronoun(reader, found, frame)
    )


def _pick(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """A name said in reply to a question with buttons: the option that is about it."""
    if not frame.asked_back or len(found.actors) != 1 or found.concepts or found.slot or len(found.content) > 1:
        return None
    actor = found.actors[0]
    entries = [reader.index.by_id[option] for option in frame.options if option in reader.index.by_id]
    about = [entry for entry in entries if actor in entry.actors]
    if not about:
        return None
    best = min(about, key=lambda entry: (entry.id != actor, len(entry.actors)))
    return replace(reader.of_entry(found, best), follow_up=True, reasons=("picks one of the two that were offered",))


def _the_other(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    words = set(found.words)
    if len(found.words) > _SHORT + 1 or found.actors or found.outside or found.concepts - _FILLERS - _ORDER:
        return None
    if not words & (_OTHER | _FIRST):
        return None
    options = list(frame.options) if words & _FIRST else _others(frame)
    place = 1 if words & _SECOND and len(options) > 1 and frame.asked_back else 0
    entry = reader.index.by_id.get(options[place]) if options else None
    if entry is None:
        return None
    reasons = ("the other of the two that were named or offered",)
    return replace(reader.of_entry(found, entry, frame.slot), follow_up=True, reasons=reasons)


def _others(frame: Frame) -> list[str]:
    """What "the other one" may mean: the other option of a question back, else the other person of the last answer."""
    if frame.asked_back:
        return list(frame.options)
    people = [person for person in frame.people if person not in frame.named]
    return people or [option for option in frame.options if option != frame.entry]


def _sure_pronoun(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """A pronoun for a person, where the question with the name put in is surely answered."""
    if not _person_pronoun(reader, found) or len(frame.persons) != 1:
        return None
    reading = _pronoun(reader, found, frame)
    return reading if reading and reading.outcome in _SURE else None


def _bare_slot(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    if (
        not found.slot
        or found.slot is Slot.WHAT
        or found.actors
        or found.outside
        or found.quantities
        or found.ambiguous
    ):
        return None
    if found.concepts - _FILLERS or len(found.content) > _SHORT or frame.entry is None:
        return None
    if _person_pronoun(reader, found) and len(frame.persons) > 1:
        return None
    entry = _with_slot(reader, frame, found.slot)
    if entry is None:
        return None
    reasons = (f"asks {found.slot.value.replace('_', ' ')} of the last answer",)
    return replace(reader.of_entry(found, entry, found.slot), follow_up=True, reasons=reasons)


def _with_slot(reader: Reader, frame: Frame, slot: Slot) -> Entry | None:
    """The last answer's entry, or of a composite the first fact that says what is asked."""
    entry = reader.index.by_id.get(frame.entry or "")
    if entry is None or entry.kind is EntryKind.FACT:
        return entry
    holding = [fact for fact in frame.facts if fact in reader.facts and slot in reader.facts[fact].slots]
    return reader.index.by_id[holding[0]] if holding else entry


def _what_about(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    named = [*found.actors, *found.outside]
    rest = found.concepts - {"say"}
    if not named or rest or len(found.content) > 2 or found.slot not in {None, Slot.WHAT} or not frame.question:
        return None
    if len(found.words) > 8 or (len(found.words) == len(named) and not frame.entry):
        return None
    previous = reader.canonicaliser.read(frame.question, lang=frame.lang)
    reading = reader.decide(_swap(reader, previous, found))
    if reading.outcome is Outcome.DECLINE and found.actors:
        alone = reader.decide(found)
        reading = alone if alone.outcome in _SURE else reading
    return replace(reading, follow_up=True)


def _swap(reader: Reader, previous: Canonical, found: Canonical) -> Canonical:
    """The last question with its actor replaced by the new one; the story's own state is kept as context."""
    new = set(found.actors)
    kinds = {reader.actors[a].type for a in new}
    kept = [a for a in previous.actors if a not in new and reader.actors[a].type not in kinds and not found.outside]
    features = {f: w for f, w in previous.features.items() if not f.startswith(("@", "!")) or f[1:] in kept}
    features |= {"@" + a: ENTITY_WEIGHT for a in found.actors}
    if found.outside:
        features |= dict.fromkeys((*found.outside, "!"), ENTITY_WEIGHT)
    return replace(
        previous,
        text=found.text,
        lang=found.lang,
        actors=[*found.actors, *kept],
        outside=found.outside,
        features=features,
        quantities=[],
        months=[],
        weekdays=[],
    )


def _pronoun(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    if found.actors and not _person_pronoun(reader, found):
        return None
    if _person_pronoun(reader, found) and not any(reader.actors[a].type == "Person" for a in found.actors):
        if len(frame.persons) > 1:
            reasons = ("a pronoun that could be either person of the last answer",)
            return Reading(
                found,
                Outcome.CLARIFY,
                "ask",
                people=frame.persons[:2],
                slot=found.slot,
                follow_up=True,
                reasons=reasons,
            )
        if frame.persons:
            return replace(reader.decide(_with(found, frame.persons)), follow_up=True)
    things = reader.lexicon.pronouns["thing"][found.lang]
    if any(w in things for w in found.words) and not found.actors and frame.entry:
        entry = reader.index.by_id.get(frame.entry)
        if entry:
            return replace(reader.decide(_in_context(found, frame.actors, entry.profile)), follow_up=True)
    return None


def _person_pronoun(reader: Reader, found: Canonical) -> bool:
    words = reader.lexicon.pronouns["person"][found.lang]
    return any(w in words for w in found.words)


def _with(found: Canonical, people: tuple[str, ...]) -> Canonical:
    features = found.features | {"@" + person: ENTITY_WEIGHT for person in people}
    return replace(found, actors=[*found.actors, *people], features=features)


def _in_context(found: Canonical, actors: tuple[str, ...], profile: dict[str, float]) -> Canonical:
    """The question with the last answer's actors and chief concepts as a faint background."""
    features = dict(found.features)
    for actor in actors:
        features.setdefault("@" + actor, ENTITY_WEIGHT / 2)
    chief = sorted((f for f in profile if f.startswith("~")), key=lambda f: -profile[f])[:3]
    for feature in chief:
        features.setdefault(feature, CONCEPT_WEIGHT / 3)
    if found.slot:
        features["?" + found.slot] = SLOT_WEIGHT
    return replace(found, features=features)
