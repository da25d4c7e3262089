"""What a thread makes likely: entries near the last answer, its actors as a background, its question asked anew."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.model import LANGUAGES, Fact, Lang, Slot
from knowledge.understand.canonical import CONCEPT_WEIGHT, ENTITY_WEIGHT, SLOT_WEIGHT, Canonical
from knowledge.understand.index import Entry, EntryKind
from knowledge.understand.lexicon import read_words, variants
from knowledge.understand.reading import Frame, Outcome, Reading
from knowledge.understand.text import fold

if TYPE_CHECKING:
    from knowledge.understand.reader import Reader

NEAR, UNSAID, FAINT, ENOUGH = 2.0, 1.5, 0.2, 0.5
_CHIEF, _FACTS = 3, 3
# How many letters of a Korean or Turkish word of a class must stand first in a longer one.
_BUILT = {"ko": 2, "tr": 4}
ANSWERS = {EntryKind.FACT, EntryKind.ANSWER}
_ABSENT = {EntryKind.UNKNOWN, EntryKind.PREMISE}
_TOPICAL = ("@", "~")


@lru_cache(maxsize=256)
def words(kind: str, lang: Lang) -> frozenset[str]:
    """A closed class of thread words in one language, folded."""
    return frozenset(
        " ".join(map(fold, phrase.split())) for phrase in read_words("follow_ups.yaml")[kind].get(lang, ())
    )


@lru_cache(maxsize=64)
def every_word(kind: str) -> frozenset[str]:
    """The same in all languages."""
    return frozenset().union(*(words(kind, lang) for lang in LANGUAGES))


def is_any(found: Canonical, kind: str) -> bool:
    """Whether a message says a word of a class."""
    return not words(kind, found.lang).isdisjoint(found.words)


def is_one(reader: Reader, word: str, lang: Lang, *kinds: str) -> bool:
    """Whether a word, endings apart, is of one of the classes; Korean and Turkish build on what stands first."""
    asked = frozenset().union(*(words(kind, lang) for kind in kinds))
    if not asked.isdisjoint(variants(word, lang)):
        return True
    return lang in _BUILT and any(len(one) >= _BUILT[lang] and word.startswith(one) for one in asked)


def is_filler(reader: Reader, word: str, lang: Lang) -> bool:
    """Whether a word says nothing of its own in a thread: a stop word, a connective, a pronoun."""
    pronouns = (reader.lexicon.pronouns[kind][lang] for kind in ("person", "thing"))
    if reader.lexicon.word(word, lang).empty or any(word in row for row in pronouns):
        return True
    return is_one(reader, word, lang, "fillers", "openers")


def only(reader: Reader, found: Canonical, *kinds: str) -> bool:
    """Whether a message says a word of these classes and, names and fillers apart, nothing else."""
    named = {at for mention in found.mentions for at in range(mention.first, mention.last + 1)}
    said = [word for at, word in enumerate(found.words) if at not in named]
    own = [word for word in said if is_one(reader, word, found.lang, *kinds)]
    return bool(own) and all(word in own or is_filler(reader, word, found.lang) for word in said)


def facts(reader: Reader, frame: Frame) -> list[Fact]:
    """The facts of the last answer that may be shown, the first one in front."""
    entry = reader.index.by_id.get(frame.entry or "")
    if entry is None:
        return []
    ids = entry.facts if entry.kind is EntryKind.FACT else frame.facts
    return [reader.facts[i] for i in ids if i in reader.facts and not reader.facts[i].embargoed]


def concerns(reader: Reader, fact: Fact, actors: Iterable[str]) -> bool:
    """Whether a fact is about all of these actors, or about their countries."""

    def side(actor: str) -> str:
        return reader.actors[actor].country or actor

    cast = {side(actor) for actor in (*fact.agent, *fact.patient, fact.speaker) if actor in reader.actors}
    return all(side(actor) in cast for actor in actors)


def leaves_open(fact: Fact, slot: Slot) -> bool:
    """Whether the slot's own words say that the article leaves it open."""
    text = fact.slots.get(slot, "").casefold()
    return any(phrase in text for phrase in every_word("unnamed"))


def nearness(reader: Reader, found: Canonical, frame: Frame) -> Callable[[Entry], float]:
    """What an entry's score gains by being near what the thread is about.

    A question word or a bare noun puts no premise, a card answers only who somebody is, and what is not in the
    article is not asked about people whom nobody has named.
    """
    asserts = found.slot is None and len(found.content) > 1
    strangers = reader.index.people.difference(found.actors, frame.actors, frame.persons)
    ids = (frame.read, frame.entry, *frame.facts[:_FACTS])
    about = [reader.index.by_id[i] for i in dict.fromkeys(ids) if i in reader.index.by_id]
    facts = {fact for entry in about for fact in entry.facts[:1]}
    topic = _unit({f: w for entry in reversed(about) for f, w in _topical(entry.profile)})

    def gain(entry: Entry) -> float:
        if entry.kind is EntryKind.INTENT or (entry.kind is EntryKind.PREMISE and not asserts):
            return 0.0
        if entry.kind is EntryKind.AMBIGUOUS or (entry.kind is EntryKind.ACTOR and found.slot is not Slot.WHO):
            return -NEAR
        if entry.kind in _ABSENT and not strangers.isdisjoint(entry.actors):
            return -NEAR
        strength = UNSAID if entry.kind is EntryKind.UNKNOWN else NEAR
        if entry.kind is not EntryKind.UNKNOWN and facts & set(entry.facts[:1]):
            return strength
        own = _unit(dict(_topical(entry.profile)))
        return strength * sum(weight * topic.get(f, 0.0) for f, weight in own.items())

    return gain


def carried(found: Canonical) -> Callable[[Entry], float]:
    """What a question carried over to a new name leads to: no card, and where only the name is said no premise."""
    unlikely = {EntryKind.ACTOR} if found.content else {EntryKind.ACTOR, EntryKind.PREMISE}
    return lambda entry: -NEAR if entry.kind in unlikely else 0.0


def lean(reader: Reader, found: Canonical, frame: Frame) -> Reading:
    """The reading of a question with the thread's weight on it: what is near needs less to be sure of."""
    reading = reader.decide(found, nearness(reader, found, frame))
    entry = reader.index.by_id.get(reading.entry or "")
    answers = entry is not None and entry.kind in ANSWERS
    if reading.outcome is Outcome.SUGGEST and answers and reading.confidence >= ENOUGH and not reading.mismatches:
        return replace(reading, outcome=Outcome.DIRECT, reasons=("close to a known question, and to the thread",))
    return reading


def _topical(profile: Mapping[str, float]) -> Iterable[tuple[str, float]]:
    return ((f, w) for f, w in profile.items() if f.startswith(_TOPICAL))


def _unit(vector: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(sum(w * w for w in vector.values())) or 1.0
    return {f: w / norm for f, w in vector.items()}


def with_people(reader: Reader, found: Canonical, people: Iterable[str], kind: str = "person") -> Canonical:
    """The question with whom a pronoun means put in, at the pronoun's place."""
    new = [person for person in people if person not in found.actors]
    pronouns = reader.lexicon.pronouns[kind][found.lang]
    at = next((i for i, word in enumerate(found.words) if word in pronouns), 0)
    place = min(_placed(reader, found, at), len(found.order))
    order = [*found.order[:place], *("@" + person for person in new), *found.order[place:]]
    features = found.features | {"@" + person: ENTITY_WEIGHT for person in new}
    return replace(found, actors=[*found.actors, *new], features=features, order=order)


def _placed(reader: Reader, found: Canonical, at: int) -> int:
    """How many of the words before a place have a place in the order of what is said."""
    before = " ".join(found.words[:at])
    return len(reader.canonicaliser.read(before, lang=found.lang, correct=False).order) if before else 0


def in_context(reader: Reader, found: Canonical, frame: Frame) -> Canonical:
    """The question with the last answer's actors and chief concepts as a faint background."""
    features = dict(found.features)
    for actor in frame.actors:
        features.setdefault("@" + actor, ENTITY_WEIGHT * FAINT)
    entry = reader.index.by_id.get(frame.entry or "")
    profile = entry.profile if entry else {}
    chief = sorted((f for f in profile if f.startswith("~")), key=lambda f: -profile[f])[:_CHIEF]
    for feature in chief:
        features.setdefault(feature, CONCEPT_WEIGHT * FAINT / 2)
    if found.slot is None and found.concepts and frame.slot and len(found.words) <= _CHIEF:
        features["?" + frame.slot] = SLOT_WEIGHT
        return replace(found, features=features, slot=frame.slot)
    return replace(found, features=features)


def asked_anew(previous: Canonical, found: Canonical, slot: Slot) -> Canonical:
    """The last question with another question word."""
    features = {f: w for f, w in previous.features.items() if not f.startswith("?")}
    features = found.features | features | {"?" + slot: SLOT_WEIGHT}
    asked = [token for token in found.order if token.startswith("?")]
    order = [*asked, *(token for token in previous.order if not token.startswith("?"))]
    concepts = previous.concepts | found.concepts
    return replace(
        previous, text=found.text, lang=found.lang, slot=slot, features=features, order=order, concepts=concepts
    )


def swapped(previous: Canonical, found: Canonical, out: Iterable[str]) -> Canonical:
    """The last question with some of its actors replaced by those of the message."""
    gone, new = set(out) - set(found.actors), list(found.actors)
    kept = [a for a in previous.actors if a not in gone and a not in new]
    features = {f: w for f, w in previous.features.items() if not f.startswith(("@", "!")) or f[1:] in kept}
    features |= {"@" + a: ENTITY_WEIGHT for a in new}
    tokens = ["@" + a for a in new]
    if found.outside:
        features |= dict.fromkeys((*found.outside, "!"), ENTITY_WEIGHT)
        tokens.append("!")
    return replace(
        previous,
        text=found.text,
        lang=found.lang,
        actors=[*new, *kept],
        outside=found.outside,
        features=features,
        order=_exchanged(previous.order, gone, tokens),
        quantities=[],
        months=[],
        weekdays=[],
    )


def _exchanged(order: list[str], gone: set[str], tokens: list[str]) -> list[str]:
    """An order of tokens in which new ones stand where the first of those that are gone stood."""
    old = {"@" + actor for actor in gone}
    at = next((i for i, token in enumerate(order) if token in old), len(order))
    rest = [token for token in order if token not in old and token not in tokens]
    return [*rest[:at], *tokens, *rest[at:]]
