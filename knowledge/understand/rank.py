"""Candidates for a question, each with its signals, ranked by fitted weights."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, mul, truediv
from pathlib import Path

from knowledge.understand.canonical import Canonical
from knowledge.understand.index import CANDIDATES, Entry, EntryKind, Index, likeness
from knowledge.understand.linear import Linear

WEIGHTS = Path(__file__).resolve().parent.parent / "lexicon" / "weights.json"
SIGNALS = (
    "linear",
    "linear_gap",
    "best_example",
    "second_example",
    "profile",
    "coverage",
    "text_coverage",
    "explained",
    "worst_gap",
    "actors_shared",
    "actors_missing",
    "people_missing",
    "outside_missing",
    "concepts_shared",
    "slot_agrees",
    "quantity_missing",
    "quantity_shared",
    "exact",
    "bare_name",
    "ambiguous_named",
    "is_answer",
    "is_premise",
    "is_unknown",
    "is_actor",
    "is_intent",
    "is_ambiguous",
)
_KINDS = (
    EntryKind.ANSWER,
    EntryKind.PREMISE,
    EntryKind.UNKNOWN,
    EntryKind.ACTOR,
    EntryKind.INTENT,
    EntryKind.AMBIGUOUS,
)
_IS = {one: tuple(float(one is kind) for kind in _KINDS) for one in EntryKind}
_SCORE = attrgetter("score")
# Beside a linear model fewer candidates are taken for their likeness alone; it brings those close to its best.
_NEAR, _SPOKEN, _CLOSE = 4, 5, 0.5
_KIN_MISSING, _SAME, _NO_SCORE = 0.3, 0.97, -1.0
NO_LINEAR = Linear({})
PAIR_WEIGHT = 0.2
_SPECIAL = ("#", "m:", "d:", "y:")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant, its score and the signals behind it."""

    entry: Entry
    score: float
    signals: tuple[float, ...]

    def explain(self) -> dict[str, float]:
        """The signals by name, the silent ones left out."""
        return {name: round(value, 3) for name, value in zip(SIGNALS, self.signals, strict=True) if value}


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted numbers: how much each signal counts for ranking and for confidence."""

    rank: Mapping[str, float]
    confidence: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]

    @classmethod
    def load(cls, path: Path = WEIGHTS, *, linear: bool = False) -> Weights:
        """Weights from their JSON file: those fitted with a linear model beside them, or without."""
        data = json.loads(path.read_text(encoding="utf-8"))["linear" if linear else "plain"]
        return cls(data["rank"], data["confidence"], data["thresholds"])

    def row(self) -> tuple[float, ...]:
        """Ranking weights in the order of SIGNALS."""
        return tuple(float(self.rank.get(name, 0.0)) for name in SIGNALS)


def rank(
    index: Index, found: Canonical, row: tuple[float, ...], linear: Linear = NO_LINEAR, *, most: int = CANDIDATES
) -> list[Candidate]:
    """The likeliest entries, best first."""
    vector = index.vector(found.features)
    asked = _Asked.of(index, found, vector, linear)
    most = min(most, _NEAR) if asked.scores else most
    near = [(index.entries[at], like) for at, like in index.nearest(vector, most=most)]
    candidates = []
    for entry, like in (*near, *_spoken_for(index, asked, vector, {entry.id for entry, _ in near})):
        signals = _signals(entry, asked, like)
        candidates.append(Candidate(entry, sum(map(mul, row, signals)), signals))
    candidates.sort(key=_SCORE, reverse=True)
    return candidates


def _spoken_for(
    index: Index, asked: _Asked, vector: Mapping[str, float], near: Collection[str]
) -> Iterator[tuple[Entry, float]]:
    """The entries that the linear model puts first and that are not among the near ones; with their likeness."""
    if not asked.scores:
        return
    least = asked.best - _CLOSE
    close = [(score, entry_id) for entry_id, score in zip(asked.linear, asked.scores, strict=True) if score >= least]
    close.sort(reverse=True)
    for _, entry_id in close[:_SPOKEN]:
        if entry_id not in near and (entry := index.by_id.get(entry_id)):
            yield entry, likeness(entry, vector)


def told(vector: Mapping[str, float], found: Canonical) -> dict[str, float]:
    """What the linear model is told of a text: its features, and its words in pairs."""
    return {**vector, **dict.fromkeys(found.pairs(), PAIR_WEIGHT)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what every candidate is compared against, worked out once; `terms` are feature, weight, dot."""

    found: Canonical
    terms: Sequence[tuple[str, float, float]]
    total: float
    concepts: Sequence[str]
    special: Sequence[str]
    slot: str | None
    people: frozenset[str]
    kin: Mapping[str, str]
    bare: bool
    linear: Mapping[str, int]
    scores: Sequence[float]
    best: float

    @classmethod
    def of(cls, index: Index, found: Canonical, vector: Mapping[str, float], linear: Linear) -> _Asked:
        scores = linear.row(told(vector, found)) if linear else []
        features, idf = found.features, index.idf
        return cls(
            found=found,
            terms=[(f, w, w * features[f] * idf.get(f, 0.0)) for f, w in vector.items()],
            total=sum(vector.values()) or 1.0,
            concepts=["~" + concept for concept in found.concepts],
            special=[f for f in vector if f.startswith(_SPECIAL)],
            slot="?" + found.slot if found.slot else None,
            people=index.people.intersection(found.actors),
            kin=index.kin,
            bare=len(found.actors) == 1 and not found.content and not found.concepts,
            linear=linear.places,
            scores=scores,
            best=max(scores, default=0.0),
        )

    def spoken_for(self, entry: Entry) -> tuple[float, float]:
        """The linear model's score of an entry, and how far it is from the best one."""
        if not self.scores:
            return 0.0, 0.0
        place = self.linear.get(entry.id)
        score = _NO_SCORE if place is None else self.scores[place]
        return score, score - self.best


def _signals(entry: Entry, asked: _Asked, like: float) -> tuple[float, ...]:
    found, holds, actors = asked.found, entry.profile.__contains__, asked.found.actors
    covered, in_text, weight, worst, best, second = _compared(entry, asked)
    missing, people = _missing(entry, asked)
    held = sum(map(holds, asked.special))
    return (
        *asked.spoken_for(entry),
        best,
        second,
        like,
        covered / asked.total,
        in_text / asked.total,
        min(1.0, weight / 3.0),
        worst,
        (len(actors) - missing) / len(actors) if actors else 0.5,
        min(missing, 2.0),
        float(people),
        0.0 if all(map(holds, found.outside)) else 1.0,
        sum(map(holds, asked.concepts)) / len(asked.concepts) if asked.concepts else 0.5,
        entry.profile.get(asked.slot, -0.05) * 4 if asked.slot else 0.0,
        float(held < len(asked.special)),
        float(held > 0),
        float(best > _SAME),
        float(asked.bare and entry.kind is EntryKind.ACTOR),
        float(bool(found.ambiguous) and entry.kind is EntryKind.AMBIGUOUS),
        *_IS[entry.kind],
    )


def _compared(entry: Entry, asked: _Asked) -> tuple[float, float, float, float, float, float]:
    """What the entry covers of the question, its own text covers, its profile weighs, it lacks; two likest examples."""
    profile, text, holders = entry.profile, entry.text_features, entry.asked
    covered = in_text = weight = worst = 0.0
    dots = [0.0] * len(entry.lengths)
    for feature, value, dot in asked.terms:
        own = profile.get(feature)
        if own is None:
            if value > worst:
                worst = value
            continue
        covered += value
        weight += own
        if feature in text:
            in_text += value
        for number in holders.get(feature, ()):
            dots[number] += dot
    return covered, in_text, weight, worst, *_likest(dots, entry.lengths)


def _likest(dots: list[float], lengths: Sequence[float]) -> tuple[float, float]:
    """Cosines with the two likest examples."""
    cosines = list(map(truediv, dots, lengths))
    first = max(cosines, default=0.0)
    if first == 0.0:
        return 0.0, 0.0
    cosines.remove(first)
    return first, max(cosines, default=0.0)


def _missing(entry: Entry, asked: _Asked) -> tuple[float, bool]:
    """How many actors asked about an entry lacks (a state's other bodies count a little); is a person among them."""
    missing = 0.0
    for actor in asked.found.actors:
        if actor not in entry.known_actors:
            missing += _KIN_MISSING if asked.kin.get(actor) in entry.kin else 1.0
    return missing, missing > 0 and not asked.people <= entry.known_actors


def sigmoid(x: float) -> float:
    """Logistic function, safe at both ends."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, x))))
