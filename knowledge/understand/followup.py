"""Follow-ups in a thread: a bare question word, a pronoun, "what about X", "the other one"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.model import Slot
from knowledge.understand.canonical import CONCEPT_WEIGHT, ENTITY_WEIGHT, SLOT_WEIGHT, Canonical
from knowledge.understand.reading import Frame, Outcome, Reading

if TYPE_CHECKING:
    from knowledge.understand.reader import Reader

_SHORT = 3
_OTHER = frozenset("other second else another 다른 나머지 الاخر الثاني الاخري diger oteki digeri obur ikinci".split())
_FIRST = frozenset("first former ilk birinci الاول 첫".split())


def read(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """The follow-up's reading, or None where the message is a full question of its own."""
    return (
        _the_other(reader, found, frame)
        or _bare_slot(reader, found, frame)
        or _what_about(reader, found, frame)
        or _pronoun(reader, found, frame)
    )


def _the_other(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    words = set(found.words)
    if len(found.words) > 5 or found.actors or found.outside or not words & (_OTHER | _FIRST):
        return None
    options = [option for option in frame.options if option != frame.entry] or [
        p for p in frame.persons if p != frame.entry
    ]
    if words & _FIRST and frame.options:
        options = list(frame.options)
    place = (
        1
        if words & {"second", "ikinci", "الثاني"} and len(frame.options) > 1 and frame.entry not in frame.options
        else 0
    )
    if len(options) <= place:
        return None
    entry = reader.index.by_id.get(options[place])
    if entry is None:
        return None
    return replace(
        reader.of_entry(found, entry, frame.slot), follow_up=True, reasons=("the other of the two that were offered",)
    )


def _bare_slot(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    concepts = found.concepts - {"say", "source", "why", "announce", "begin", "count", "no_comment"}
    if (
        not found.slot
        or found.slot is Slot.WHAT
        or found.actors
        or found.outside
        or found.quantities
        or found.ambiguous
    ):
        return None
    if (
        concepts
        or len(found.content) > _SHORT
        or _person_pronoun(reader, found)
        and len(frame.persons) > 1
        or frame.entry is None
    ):
        return None
    entry = reader.index.by_id.get(frame.entry)
    if entry is None:
        return None
    return replace(
        reader.of_entry(found, entry, found.slot),
        follow_up=True,
        reasons=(f"asks {found.slot.value} of the last answer",),
    )


def _what_about(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    named = [*found.actors, *found.outside]
    rest = found.concepts - {"say"}
    if not named or rest or len(found.content) > 2 or found.slot not in {None, Slot.WHAT} or not frame.question:
        return None
    if len(found.words) > 8 or (len(found.words) == len(named) and not frame.entry):
        return None
    previous = reader.canonicaliser.read(frame.question, lang=frame.lang)
    merged = _swap(reader, previous, found)
    return replace(reader.decide(merged), follow_up=True)


def _swap(reader: Reader, previous: Canonical, found: Canonical) -> Canonical:
    """The last question with its actor replaced by the new one; the story's own state is kept as context."""
    new = set(found.actors)
    kinds = {reader.actors[a].type for a in new}
    kept = [a for a in previous.actors if a not in new and reader.actors[a].type not in kinds and not found.outside]
    features = {f: w for f, w in previous.features.items() if not f.startswith(("@", "!")) or f[1:] in kept}
    features |= {"@" + a: ENTITY_WEIGHT for a in found.actors}
    if found.outside:
        features |= {o: ENTITY_WEIGHT for o in found.outside} | {"!": ENTITY_WEIGHT}
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
