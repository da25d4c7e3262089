"""What can be answered, indexed by how people ask: one entry a fact, curated question, actor or command."""

from __future__ import annotations

import hashlib
import heapq
import marshal
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

from knowledge.kept import keep, kept, key_of
from knowledge.model import (
    LANGUAGES,
    Actor,
    Dossier,
    Examples,
    Fact,
    Kind,
    Label,
    Lang,
    Question,
    QuestionKind,
    Slot,
    Wording,
)
from knowledge.understand.canonical import Canonicaliser

CANDIDATES = 14
_SMOOTH, _TEXT_SHARE, _OFTEN, _BYTE = 2.0, 0.25, 0.12, 256
# More than this in a large index's postings for a question, and it is worth the trouble to leave some out.
_LARGE, _MANY, _ROUNDING = 1000, 2000, 1e-9
_SECOND = itemgetter(1)
Example = tuple[Lang, tuple[str, ...], tuple[float, ...]]
Posting = tuple[tuple[int, ...], tuple[float, ...], float]
Tables = tuple[list[str], dict[str, float], dict[str, Posting], list[list[Any]], list[bytes]]
_FILE, _TABLES = "index", ("text_features", "profile", "asked", "known_actors", "kin")


class EntryKind(StrEnum):
    """What stands behind an entry."""

    FACT = "fact"
    ANSWER = "answer"
    PREMISE = "premise"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    ACTOR = "actor"
    INTENT = "intent"


@dataclass(frozen=True, slots=True)
class IntentSpec:
    """What the understanding needs of a command: name, words, ways of asking for it, what may follow the word."""

    name: str
    words: tuple[str, ...]
    examples: Mapping[str, Sequence[str]]
    argument: Literal["none", "ids", "actor", "free"] = "none"


@dataclass(slots=True)
class Entry:
    """One thing that can be answered, and everything a question can be compared with."""

    id: str
    kind: EntryKind
    title: str
    facts: tuple[str, ...]
    actors: frozenset[str]
    slots: frozenset[Slot]
    text: str
    examples: Examples
    text_features: frozenset[str] = frozenset()
    profile: dict[str, float] = field(default_factory=dict)
    asked: dict[str, Sequence[int]] = field(default_factory=dict)
    lengths: array[float] = field(default_factory=lambda: array("f"))
    known_actors: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    wordings: frozenset[str] = frozenset()


def entries_of(dossier: Dossier, intents: Sequence[IntentSpec]) -> list[Entry]:
    """Every entry of a dossier, embargoed facts left out, commands added."""
    found = [_of_fact(fact) for fact in dossier.facts if not fact.embargoed]
    found += [_of_question(question) for question in dossier.questions]
    about: dict[str, list[Fact]] = {}
    for fact in dossier.facts:
        for actor_id in dict.fromkeys(fact.actors):
            about.setdefault(actor_id, []).append(fact)
    found += [_of_actor(actor, about.get(actor.id, ())) for actor in dossier.actors]
    found += [_of_intent(spec) for spec in intents]
    _add_wordings(found, dossier.wordings)
    return found


def _add_wordings(entries: Sequence[Entry], wordings: Sequence[Wording]) -> None:
    """Readers' own wordings, after each entry's examples."""
    added: dict[str, dict[str, list[str]]] = {}
    for wording in wordings:
        added.setdefault(wording.entry, {}).setdefault(wording.lang, []).append(wording.text)
    for entry in entries:
        if more := added.get(entry.id):
            texts = {lang: (*getattr(entry.examples, lang), *more.get(lang, ())) for lang in LANGUAGES}
            entry.examples = Examples(**texts)
            entry.wordings = frozenset(text for rows in more.values() for text in rows)


def _of_fact(fact: Fact) -> Entry:
    actors = frozenset((*fact.actors, *fact.agent, *fact.patient)) | ({fact.speaker} if fact.speaker else set())
    text = " ".join((fact.title, fact.statement, *fact.slots.values()))
    return Entry(fact.id, EntryKind.FACT, fact.title, (fact.id,), actors, frozenset(fact.slots), text, fact.examples)


def _of_question(q: Question) -> Entry:
    kind = {
        QuestionKind.ANSWER: EntryKind.ANSWER,
        QuestionKind.PREMISE: EntryKind.PREMISE,
        QuestionKind.UNKNOWN: EntryKind.UNKNOWN,
        QuestionKind.AMBIGUOUS: EntryKind.AMBIGUOUS,
    }[q.kind]
    slots = frozenset({q.slot} if q.slot else set())
    return Entry(q.id, kind, q.title, q.facts, frozenset(q.actors), slots, f"{q.title} {q.lead}", q.examples)


def _of_actor(actor: Actor, about: Iterable[Fact]) -> Entry:
    facts = tuple(fact.id for fact in facts_about(actor, about))
    text = f"{actor.name} {actor.source_spelling} {actor.role}"
    return Entry(
        actor.id, EntryKind.ACTOR, actor.name, facts, frozenset({actor.id}), frozenset({Slot.WHO}), text, actor.examples
    )


def kin_of(dossier: Dossier) -> dict[str, str]:
    """The country of states, their bodies and their places: a question may name one for another."""
    return {a.id: a.country for a in dossier.actors if a.country and a.type in {"Country", "PublicBody", "Place"}}


def people_of(dossier: Dossier) -> frozenset[str]:
    """The actors that are persons."""
    return frozenset(actor.id for actor in dossier.actors if actor.type == "Person")


def facts_about(actor: Actor, facts: Iterable[Fact]) -> list[Fact]:
    """An actor's facts: first what it is, then what it does or undergoes, the most important first."""
    own = [fact for fact in facts if actor.id in fact.actors and not fact.embargoed]
    return sorted(own, key=lambda fact: (_distance(actor, fact), -fact.importance))


def _distance(actor: Actor, fact: Fact) -> int:
    if actor.id in fact.agent:
        return 0 if fact.kind is Kind.STATE and fact.label is not Label.DERIVED else 1
    return 2 if actor.id in fact.patient else 3


def _of_intent(spec: IntentSpec) -> Entry:
    examples = Examples(**{lang: tuple(spec.examples.get(lang, ())) for lang in LANGUAGES})
    return Entry(f"/{spec.name}", EntryKind.INTENT, spec.name, (), frozenset(), frozenset(), "", examples)


class Index:
    """Entries, with inverse document frequencies, profiles and postings built from their examples."""

    def __init__(
        self,
        entries: Sequence[Entry],
        canonicaliser: Canonicaliser,
        kin: Mapping[str, str],
        people: Iterable[str],
        asked: Mapping[str, Mapping[Lang, Sequence[str]]] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.entries = list(entries)
        self.by_id = {entry.id: entry for entry in self.entries}
        self._canonicaliser = canonicaliser
        self.kin = dict(kin)
        self.people = frozenset(people)
        self.unseen = math.log(len(self.entries) + 1)
        self._learned: dict[str, None] = {}
        self._same: dict[Sequence[int], Sequence[int]] = {}
        if folder is None or asked is not None:
            self._work_out(asked)
        else:
            self._restore_or_keep(folder)

    def _work_out(self, asked: Mapping[str, Mapping[Lang, Sequence[str]]] | None = None) -> None:
        examples = [self._examples(entry, asked) for entry in self.entries]
        self._texts()
        self._canonicaliser.forget()
        self.idf = _idf(self.entries, examples)
        examples.reverse()
        for entry in self.entries:
            self._build(entry, examples.pop())
        self._same.clear()
        self._postings = _postings(self.entries)

    def _restore_or_keep(self, folder: Path) -> None:
        """The tables of an earlier start, where they were made of the same dossier by the same code."""
        key = key_of(folder) + self._content()
        body = kept(folder, _FILE, key)
        if body is not None:
            self._restore(marshal.loads(body))  # noqa: S302 - sealed with the digest of all that it was made of
            return
        self._work_out()
        rows = [[getattr(entry, name) for name in _TABLES] for entry in self.entries]
        lengths = [entry.lengths.tobytes() for entry in self.entries]
        keep(folder, _FILE, key, marshal.dumps((list(self._learned), self.idf, self._postings, rows, lengths)))

    def _content(self) -> bytes:
        """A digest of what the entries say: a dossier in memory may be another one than its folder's."""
        digest = hashlib.sha256()
        for e in self.entries:
            digest.update(repr((e.id, e.kind, sorted(e.actors), e.text, e.examples)).encode())
        return digest.digest()

    def _restore(self, tables: Tables) -> None:
        learned, self.idf, self._postings, rows, lengths = tables
        for word in learned:
            self._canonicaliser.learn((word,))
        for entry, row, raw in zip(self.entries, rows, lengths, strict=True):
            for name, value in zip(_TABLES, row, strict=True):
                setattr(entry, name, value)
            entry.lengths = array("f", raw)

    def _learn(self, words: Sequence[str]) -> None:
        self._learned.update(dict.fromkeys(sorted(words)))
        self._canonicaliser.learn(words)

    def _examples(self, entry: Entry, asked: Mapping[str, Mapping[Lang, Sequence[str]]] | None) -> list[Example]:
        """Language, features and their weights of every example; its words join the vocabulary."""
        rows: list[Example] = []
        for lang in LANGUAGES:
            texts = getattr(entry.examples, lang) if asked is None else asked[entry.id].get(lang, ())
            for text in texts:
                found = self._canonicaliser.read(text, lang=lang, correct=False)
                self._learn(found.words)
                rows.append((lang, tuple(found.features), tuple(found.features.values())))
        return rows

    def _texts(self) -> None:
        for entry in self.entries:
            found = self._canonicaliser.read(entry.text, lang="en", correct=False)
            self._learn(found.words)
            entry.text_features = frozenset(found.features)

    def _build(self, entry: Entry, rows: list[Example]) -> None:
        shares = _shares(entry, rows)
        weights = {f: self.idf[f] * math.sqrt(share) for f, share in shares.items()}
        norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        entry.profile = {f: w / norm for f, w in weights.items()}
        often = {f[1:] for f, share in shares.items() if f[0] == "@" and share > _OFTEN}
        entry.known_actors = entry.actors | often
        entry.kin = frozenset(self.kin[actor] for actor in entry.known_actors if actor in self.kin)
        self._ask(entry, rows)

    def _ask(self, entry: Entry, rows: list[Example]) -> None:
        """Which examples hold a feature, and the length of each example's vector: all that a cosine needs."""
        holders: dict[str, list[int]] = {}
        for number, (_, features, times) in enumerate(rows):
            length = math.sqrt(sum((tf * self.idf[f]) ** 2 for f, tf in zip(features, times, strict=True))) or 1.0
            entry.lengths.append(length)
            for feature in features:
                holders.setdefault(feature, []).append(number)
        narrow = len(rows) <= _BYTE
        for feature, numbers in holders.items():
            held: Sequence[int] = bytes(numbers) if narrow else tuple(numbers)
            entry.asked[feature] = self._same.setdefault(held, held)

    def vector(self, features: Mapping[str, float]) -> dict[str, float]:
        """Features weighted by how telling they are, at unit length."""
        idf, unseen = self.idf, self.unseen
        weights = {f: tf * idf.get(f, unseen) for f, tf in features.items()}
        norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {f: w / norm for f, w in weights.items()}

    def nearest(self, vector: Mapping[str, float], *, most: int = CANDIDATES) -> list[tuple[int, float]]:
        """The entries whose profiles are most like the vector: (place, likeness), best first."""
        rows = [(weight, *self._postings[feature]) for feature, weight in vector.items() if feature in self._postings]
        if len(self.entries) > _LARGE and sum(len(places) for _, places, _, _ in rows) > _MANY:
            return self._likest(_contenders(rows, most), vector, most)
        scores = [0.0] * len(self.entries)
        for weight, places, others, _ in rows:
            for at, other in zip(places, others):  # noqa: B905 - of the same length, and asked for every question
                scores[at] += weight * other
        least = min(heapq.nlargest(most, scores), default=0.0)
        found = [(at, score) for at, score in enumerate(scores) if score >= least and score]
        found.sort(key=_SECOND, reverse=True)
        return found[:most]

    def _likest(self, places: Iterable[int], vector: Mapping[str, float], most: int) -> list[tuple[int, float]]:
        found = [(at, likeness(self.entries[at], vector)) for at in sorted(places)]
        found.sort(key=_SECOND, reverse=True)
        return found[:most]


def likeness(entry: Entry, vector: Mapping[str, float]) -> float:
    """How like an entry's profile is to the vector."""
    own = entry.profile.get
    return sum(weight * own(feature, 0.0) for feature, weight in vector.items())


def _contenders(rows: Iterable[tuple[float, tuple[int, ...], tuple[float, ...], float]], most: int) -> Iterable[int]:
    """Places that may be among the best: none is looked at for the sake of features too common to lift it there."""
    rows = sorted(rows, key=lambda row: len(row[1]))
    left = sum(weight * peak for weight, _, _, peak in rows)
    scores: dict[int, float] = {}
    for weight, places, others, peak in rows:
        if len(places) > len(scores) >= most:
            bar = heapq.nlargest(most, scores.values())[-1] - _ROUNDING
            if bar > left:
                return [at for at, score in scores.items() if score + left >= bar]
        left -= weight * peak
        for at, other in zip(places, others, strict=True):
            scores[at] = scores.get(at, 0.0) + weight * other
    return scores


def _shares(entry: Entry, rows: Sequence[Example]) -> dict[str, float]:
    """How much of an entry's examples hold a feature: the best share of any language, and its own text."""
    shares: dict[str, float] = {}
    for lang in LANGUAGES:
        own = [features for row_lang, features, _ in rows if row_lang == lang]
        for feature, times in Counter(f for features in own for f in features).items():
            shares[feature] = max(shares.get(feature, 0.0), times / (len(own) + _SMOOTH))
    for feature in entry.text_features:
        shares[feature] = shares.get(feature, 0.0) + _TEXT_SHARE
    return shares


def _postings(entries: Sequence[Entry]) -> dict[str, Posting]:
    """For every feature the places of the entries that have it, its weight in each, and the highest of these."""
    rows: dict[str, tuple[list[int], list[float]]] = {}
    for at, entry in enumerate(entries):
        for feature, weight in entry.profile.items():
            places, weights = rows.setdefault(feature, ([], []))
            places.append(at)
            weights.append(weight)
    return {feature: (tuple(places), tuple(weights), max(weights)) for feature, (places, weights) in rows.items()}


def _idf(entries: Sequence[Entry], examples: Sequence[list[Example]]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    for entry, rows in zip(entries, examples, strict=True):
        seen.update(entry.text_features.union(*(features for _, features, _ in rows)))
    total = len(entries)
    return {feature: math.log((total + 1) / (times + 0.5)) + 0.1 for feature, times in seen.items()}
